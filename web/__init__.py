"""All that answers plain HTTP."""
