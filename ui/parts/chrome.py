"""What every page has: title, style, what this is, and the choices written to the address."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from stp_data.core import paths, wording
from ui.parts import assets

# A file of ours: Streamlit would fetch a named icon from another host.
_ICON = paths.STATIC / "icon.svg"
_LOGO = paths.STATIC / "logo.svg"


def start(title: str) -> None:
    """Title of the browser's tab, and the style sheet."""
    st.set_page_config(page_title=f"{title} · STP Atlas", page_icon=_ICON, layout="wide")
    st.logo(_LOGO, size="large")
    st.html(f'<style>@import url("{assets.address("style.css")}")</style>')
    if embedded():
        # The way back stands at the end instead.
        st.html(
            "<style>header.stAppHeader,[data-testid=stSidebar]{display:none}"
            "[data-testid=stMainBlockContainer]{padding:1rem}</style>"
        )


def notices(texts: Iterable[str]) -> None:
    """Plain sentences about an address that could not be followed."""
    for text in texts:
        st.info(text, icon=":material/info:")


def embedded() -> bool:
    """Whether the page stands in a frame of another site (``?embed=true``).

    Then the figure is what counts: no controls, and a way back to the whole page.
    """
    return bool(st.context.is_embedded)


def title(words: str) -> None:
    """Heading of a page; in a frame, where the finding is heading enough, for screen readers."""
    if embedded():
        st.html(f'<h1 class="stp-unseen">{escape(words)}</h1>')
    else:
        st.title(words, anchor=False)


def footer() -> None:
    """What this is not, and whose data it is; in a frame, the way back."""
    if embedded():
        whole = {name: value for name, value in st.query_params.items() if name != "embed"}
        here = urlsplit(st.context.url or "").path.rpartition("/")[2]
        st.html(
            f'<p class="stp-note"><a href="{escape(f"./{here}?{urlencode(whole)}")}" '
            f'target="_blank">Open in STP Atlas</a>. {wording.WHAT_THIS_IS}</p>'
        )
        return
    st.divider()
    st.caption(
        f"{wording.WHAT_THIS_IS} Contains public sector information of the Office for National "
        "Statistics, the Ministry of Housing, Communities and Local Government and NHS Digital "
        "under the Open Government Licence v3.0. Contains National Statistics data and OS data "
        "© Crown copyright and database right 2017 and 2026. Contains Royal Mail data © Royal Mail "
        "copyright and database right 2026."
    )


def write(**choices: str | None) -> None:
    """Put choices into the address; None takes one out."""
    for name, value in choices.items():
        if value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value


def is_dark() -> bool:
    """Whether the reader's theme is dark."""
    return st.context.theme.type == "dark"
