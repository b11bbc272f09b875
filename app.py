"""The one door: the dashboard, and beside it the plain-HTTP side.

Start with ``streamlit run app.py`` (or ``make run``).
"""

import importlib
import pkgutil
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

import stp_data
import ui
from web.bundles import Bundles
from web.lifespan import lifespan
from web.routes import routes

try:
    stp_data.load()
except stp_data.DataError as error:
    # One line and a non-zero exit: nobody is served from damaged data.
    print(f"STP Atlas cannot start. {error}", file=sys.stderr)
    sys.exit(1)

# What pages draw with is loaded now, not by the first reader, so that it is there when the lifespan
# freezes what stays: Streamlit looks through everything else after every run of a page.
for module in pkgutil.iter_modules(ui.__path__):
    importlib.import_module(f"ui.{module.name}")

# Streamlit would take the folder pages/ for its older kind of navigation, until the first run of
# the dashboard, and show a reader who opens /footprint first a page without its frame.
PagesManager.uses_pages_directory = False

app = st.App(
    Path(__file__).parent / "dashboard.py",
    routes=routes,
    lifespan=lifespan,
    middleware=[Middleware(Bundles)],
)
