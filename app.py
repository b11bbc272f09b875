"""The entry point: the dashboard, and beside it the plain-HTTP side.

Start with ``streamlit run app.py`` (or ``make run``).
"""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

import stp_data
import ui
from web import settings, streamlit_patches
from web.cached.files import CompressedFiles
from web.lifespan import lifespan
from web.middleware import request_log
from web.middleware.bounds import Bounds
from web.middleware.headers import Headers
from web.routes import routes

try:
    chosen = settings.read(os.environ)
    stp_data.load()
except (settings.SettingError, stp_data.DataError) as error:
    # One line and a non-zero exit: nobody is served from damaged data.
    print(f"STP Atlas cannot start. {error}", file=sys.stderr)
    sys.exit(1)

# What pages draw with is loaded now, not by the first reader, so that it is there when the lifespan
# leaves what stays out of garbage collection.
for module in pkgutil.walk_packages(ui.__path__, "ui."):
    importlib.import_module(module.name)

streamlit_patches.hide_pages_folder()
request_log.start(chosen.log)

app = st.App(
    Path(__file__).parent / "dashboard.py",
    routes=routes,
    lifespan=lifespan,
    middleware=[
        Middleware(Headers),
        Middleware(request_log.RequestLog, routes=routes),
        Middleware(Bounds, per_minute=chosen.per_minute),
        Middleware(CompressedFiles),
        Middleware(streamlit_patches.FullRerunOnConnect),
    ],
)
