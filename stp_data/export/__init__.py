"""Tables as CSV, workbook and archive, and their dictionary."""
