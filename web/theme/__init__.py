"""``/theme/…``: what was found on a theme on one or two sheets of paper, for the press."""
