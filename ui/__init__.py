"""All that draws in Streamlit."""
