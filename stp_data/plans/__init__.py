"""What a plan was called, who led it, and what it said, proposed and stated."""
