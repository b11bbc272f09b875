"""``/briefing/…``: a footprint's essence on two sheets of paper, as a page and as a document."""
