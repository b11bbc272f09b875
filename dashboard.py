"""Page chrome and navigation; Streamlit runs this at every interaction."""

import streamlit as st

pages = [
    st.Page("pages/explore.py", title="Explore", url_path="explore", default=True),
    st.Page("pages/priorities.py", title="Priorities", url_path="priorities"),
    st.Page("pages/footprint.py", title="Footprint", url_path="footprint"),
    st.Page("pages/compare.py", title="Compare", url_path="compare"),
    st.Page("pages/relate.py", title="Relate two measures", url_path="relate"),
    st.Page("pages/organisations.py", title="Organisations", url_path="organisations"),
    st.Page("pages/finance.py", title="Finance", url_path="finance"),
    st.Page("pages/timeline.py", title="Timeline", url_path="timeline"),
    st.Page("pages/evidence.py", title="Evidence", url_path="evidence"),
    st.Page("pages/data.py", title="Data and methods", url_path="data"),
]
st.navigation(pages, position="top").run()
