"""All documents as one small file that a browser fetches once and then looks them up in."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from stp_data.core import sources
from stp_data.core.atlas import Atlas


@cache
def numbers(atlas: Atlas) -> dict[str, int]:
    """Place of each source in the file, counted from 0."""
    return {key: place for place, key in enumerate(atlas.sources["source"])}


@cache
def content(atlas: Atlas) -> str:
    """JSON: a list of [title, publisher and date, address or "", 1 if official else 0, key]."""
    listed = []
    for key in numbers(atlas):
        found = sources.source(atlas, key)
        said = sources.short_citation(found)
        listed.append([found.title, said, found.url, int(found.official), key])
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


@cache
def version(atlas: Atlas) -> str:
    """Changes whenever the content does."""
    return hashlib.sha256(content(atlas).encode()).hexdigest()[:10]
