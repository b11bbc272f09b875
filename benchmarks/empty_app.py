"""The floor with our start-up: an empty page behind the same door as the atlas."""

from pathlib import Path

import streamlit as st

from web.lifespan import lifespan

app = st.App(Path(__file__).parent / "empty_page.py", lifespan=lifespan)
