"""Stated gaps, other sums, and the national series beside them."""
