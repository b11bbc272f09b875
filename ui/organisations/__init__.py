"""The parts of the Organisations page."""
