"""Raw reference files to tables and geometry; run with python -m stp_data.build."""
