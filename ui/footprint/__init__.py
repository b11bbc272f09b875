"""The parts of the Footprint page."""
