"""Addresses of our own style sheets and scripts.

They are fetched once and kept by the browser; sent through Streamlit they would travel again at
every interaction. The plain-HTTP side serves them below /assets/.
"""

from __future__ import annotations

import hashlib
from functools import cache

from stp_data.core import paths


@cache
def address(name: str, *with_it: str) -> str:
    """Address of static/<name>, with a hash, so that a new version is fetched at once.

    The hash covers the files that the first one fetches ``with_it``, too.
    """
    content = b"".join((paths.STATIC / file).read_bytes() for file in (name, *with_it))
    return f"assets/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"
