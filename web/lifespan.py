"""What happens once, when the server starts."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import stp_data
from stp_data import find, summary


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """Load the data, answer the slowest questions once, and freeze what will never be freed.

    Streamlit collects garbage after every script run; frozen objects are not looked at again,
    which makes a rerun many times faster.
    """
    atlas = stp_data.load()
    find.find(atlas, "warm up")
    for code in atlas.footprints["code"]:
        summary.summary(atlas, code)
    gc.collect()
    gc.freeze()
    yield None
