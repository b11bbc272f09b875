"""One word in, a footprint out."""
