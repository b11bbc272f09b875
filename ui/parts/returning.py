"""Readers whose server went away come back to a page that works."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

# The browser keeps it as a timer, which holds at most 24 days.
SELDOM = timedelta(days=1)


@st.fragment(run_every=SELDOM)
def draw_again_after_a_break() -> None:
    """Draw nothing, and have the browser ask for the whole page when it is connected again.

    Streamlit's browser side (1.67) asks for it only after an interaction, or when a part of the
    page renews itself. Otherwise a server that is new, or another one, knows no part of the page,
    and ignores every click on it without a word. Look again at each new version.
    """
