"""The one door: the dashboard, and beside it the plain-HTTP side.

Start with ``streamlit run app.py`` (or ``make run``).
"""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

import stp_data
import ui
from web import journal, settings
from web.bounds import Bounds
from web.bundles import Bundles
from web.headers import Headers
from web.icon_font import IconFont
from web.lifespan import lifespan
from web.routes import routes
from web.whole_first import WholeFirst

try:
    chosen = settings.read(os.environ)
    stp_data.load()
except (settings.SettingError, stp_data.DataError) as error:
    # One line and a non-zero exit: nobody is served from damaged data.
    print(f"STP Atlas cannot start. {error}", file=sys.stderr)
    sys.exit(1)

# What pages draw with is loaded now, not by the first reader, so that it is there when the lifespan
# freezes what stays: Streamlit looks through everything else after every run of a page.
for module in pkgutil.walk_packages(ui.__path__, "ui."):
    importlib.import_module(module.name)

# Streamlit would take the folder pages/ for its older kind of navigation, until the first run of
# the dashboard, and show a reader who opens /footprint first a page without its frame.
PagesManager.uses_pages_directory = False

journal.start(chosen.log)

app = st.App(
    Path(__file__).parent / "dashboard.py",
    routes=routes,
    lifespan=lifespan,
    middleware=[
        Middleware(Headers),
        Middleware(journal.Journal, routes=routes),
        Middleware(Bounds, per_minute=chosen.per_minute),
        Middleware(IconFont),
        Middleware(Bundles),
        Middleware(WholeFirst),
    ],
)
