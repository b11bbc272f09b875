"""The parts of the page Relate two measures."""
