"""Documents of the repository, drawn on a page: headings one level down, links that lead."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from stp_data.core.texts import Text
from stp_data.places.footprints import slugify

WIDTH = 760
"""Pixels; longer lines are hard to read."""
LONG = 6
"""Parts from which a list of them helps to find one."""

PAGES = {
    "methods.md": "data?show=methods",
    "corrections.md": "data?show=corrections",
    "accessibility.md": "data?show=accessibility",
    "about.md": "data?show=about",
    "new-here.md": "data?show=new-here",
    "glossary.md": "data?show=glossary",
    "LICENCE-DATA.md": "data?show=licences",
    "LICENSE": "data?show=licences#licence-of-the-code",
}
"""Where a document is on the dashboard; others are only in the repository."""
_LINK = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<target>[^)\s]+)\)")
_PAGE = re.compile(r"(\.\./)?pages/(?P<page>[a-z]+)\.py")
_TABLE = re.compile(r"(\.\./)?stp_data/tables/(?P<file>\w+\.csv|datapackage\.json)")


def draw(text: Text) -> None:
    """The whole document below the page's title."""
    st.header(text.title, anchor=False)
    if len(text.parts) >= LONG:
        st.html(contents(text))
    _markdown(text.opening)
    for heading, below in text.parts:
        st.subheader(heading, anchor=slugify(heading))
        _markdown(below)


def contents(text: Text) -> str:
    """Links to the parts."""
    items = "".join(
        f'<li><a href="#{slugify(heading)}">{escape(heading)}</a></li>' for heading, _ in text.parts
    )
    return f'<nav aria-label="Parts of this text"><ul class="stp-links">{items}</ul></nav>'


def _markdown(body: str) -> None:
    if body:
        # The texts are our own files; HTML is only what linked() makes.
        st.markdown(linked(body), unsafe_allow_html=True, width=WIDTH)


def linked(body: str) -> str:
    """The Markdown with links that lead on this site; to a file not on it, the text alone."""
    return _LINK.sub(_link, body)


def _link(found: re.Match[str]) -> str:
    text, target = found["text"], found["target"]
    if target.startswith("https://"):
        return found[0]
    name, _, anchor = target.partition("#")
    address = _address(name) if name else ""
    if address is None:
        return text
    after = f"#{anchor}" if anchor else ""
    return f'<a href="{escape(address + after)}" target="_self">{text}</a>'


def _address(name: str) -> str | None:
    """Where on this site a file of the repository is to be had; None when nowhere."""
    if table := _TABLE.fullmatch(name):
        return f"download/{table['file']}"
    if page := _PAGE.fullmatch(name):
        # The home page has the address of the site itself.
        return page["page"] if page["page"] != "explore" else "./"
    return PAGES.get(name.rpartition("/")[2])
