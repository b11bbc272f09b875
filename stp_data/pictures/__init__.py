"""Drawings that need no browser: maps, hexes, the matrix."""
