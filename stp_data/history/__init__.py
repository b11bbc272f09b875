"""Events, publication of the plans, integrated care, and successor bodies."""
