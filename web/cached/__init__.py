"""Content that is made and compressed once, and sent to each reader who does not have it."""

from web.cached.answers import CACHE, CSV, FOREVER, OWN_BROWSER_ONLY, with_etag
from web.cached.content import FAST, PACKED, SMALL, CachedContent

__all__ = [
    "CACHE",
    "CSV",
    "FAST",
    "FOREVER",
    "OWN_BROWSER_ONLY",
    "PACKED",
    "SMALL",
    "CachedContent",
    "with_etag",
]
