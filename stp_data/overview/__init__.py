"""What is said of one footprint, or of several side by side."""
