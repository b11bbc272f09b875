"""The parts of the Finance page."""
