"""Content with a fingerprint, compressed once for each encoding that a browser takes."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable

import brotli

SMALLEST = 1000
"""Bytes below which compressing is not worth the header."""

REFUSAL = re.compile(r"q=0(\.0*)?")

Compressors = dict[str, Callable[[bytes], bytes]]
"""By the name that the header Content-Encoding gives them, the best first."""

FAST: Compressors = {
    "br": lambda content: brotli.compress(content, quality=5),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}
"""For answers made on the spot: about 25 ms a megabyte."""

SMALL: Compressors = {
    "br": lambda content: brotli.compress(content, quality=9),
    "gzip": lambda content: gzip.compress(content, 9, mtime=0),
}
"""For files that many readers fetch and that never change."""

PACKED: Compressors = {}
"""For what is compressed already: pictures, Word, zip."""


class CachedContent:
    """Bytes, their ETags, and the encodings that were asked for so far."""

    def __init__(self, content: str | bytes, compressors: Compressors = FAST) -> None:
        self.content = content.encode("utf-8") if isinstance(content, str) else content
        self.compressors = compressors if len(self.content) >= SMALLEST else PACKED
        self._tag = hashlib.sha256(self.content).hexdigest()[:20]
        self._encoded = {"": self.content}

    def etag(self, encoding: str) -> str:
        """Return the ETag of one encoding: a strong ETag is of bytes, so each has its own."""
        return f'"{self._tag}-{encoding}"' if encoding else f'"{self._tag}"'

    def encoded(self, encoding: str) -> bytes:
        """Return the content in ``encoding``: one of the compressors, or "" for none."""
        if encoding not in self._encoded:
            self._encoded[encoding] = self.compressors[encoding](self.content)
        return self._encoded[encoding]

    def is_encoded(self, encoding: str) -> bool:
        """Whether this encoding was asked for before."""
        return encoding in self._encoded

    def best_encoding(self, accept_encoding: str) -> str:
        """Return the smallest encoding that the browser takes: br, gzip, or "" for none."""
        taken = accepted(accept_encoding)
        return next((encoding for encoding in self.compressors if encoding in taken), "")


def accepted(header: str) -> set[str]:
    """Return the encodings that an Accept-Encoding header names and does not refuse with q=0."""
    found = set()
    for part in header.lower().split(","):
        name, _, weight = part.partition(";")
        if not REFUSAL.fullmatch(weight.strip()):
            found.add(name.strip())
    return found
