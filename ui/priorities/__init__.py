"""The parts of the Priorities page."""
