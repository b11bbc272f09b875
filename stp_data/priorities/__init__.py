"""Which plans name which themes, how firmly, and what is often named together."""
