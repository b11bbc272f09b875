"""The 44 footprints, the councils in them, and their measures."""
