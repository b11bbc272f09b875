"""Claims, conflicts between sources, coverage, and what rests on each source."""
