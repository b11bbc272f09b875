"""The 44 on a map and as hexes, and the summary beside it."""
