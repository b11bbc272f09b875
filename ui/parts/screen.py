"""Whether the reader's screen is narrow, which only the browser knows."""

from __future__ import annotations

import streamlit as st

KEY = "screen"
# The first guess is a wide screen; only a narrow one costs a second run. On a busy machine that
# run can be lost among the first ones of a page, so it is asked for until the page has drawn it.
_JS = """export default ({ setStateValue, data, parentElement }) => {
const query = parentElement.screen ??= matchMedia("(max-width: 640px)")
const tell = () => { if (query.matches != data.narrow) setStateValue("narrow", query.matches) }
clearInterval(query.again)
query.again = setInterval(tell, 2000)
query.onchange = tell
tell()
return () => clearInterval(query.again)
}"""


def is_narrow() -> bool:
    """True on a phone; mounts the small component that finds out."""
    narrow = bool(st.session_state.get(KEY, {}).get("narrow", False))
    component = st.components.v2.component("stp_screen", js=_JS)
    component(key=KEY, data={"narrow": narrow}, on_narrow_change=lambda: None, height=1)
    return narrow
