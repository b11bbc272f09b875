"""What every request passes: headers, the log, bounds."""
