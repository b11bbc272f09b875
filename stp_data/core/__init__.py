"""Reading and checking the tables; sources, dates and numbers in words."""
