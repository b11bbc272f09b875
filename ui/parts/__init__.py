"""What several pages share: controls, search, page frame, HTML."""
