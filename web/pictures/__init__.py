"""Pictures: of charts, of where a footprint lies, and beside a shared link."""
