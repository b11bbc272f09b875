"""``/api/``: the data for programs, and how to ask for it."""
