"""What an answer holds: bytes with a fingerprint, each encoding of them worked out once."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable

import brotli

SMALLEST = 1000
"""Bytes below which compressing is not worth the header."""

REFUSAL = re.compile(r"q=0(\.0*)?")

Compressor = Callable[[bytes], bytes]

FAST: dict[str, Compressor] = {
    "br": lambda content: brotli.compress(content, quality=5),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}
"""For answers made on the spot: about 25 ms a megabyte."""

SMALL: dict[str, Compressor] = {
    "br": lambda content: brotli.compress(content, quality=9),
    "gzip": lambda content: gzip.compress(content, 9, mtime=0),
}
"""For files that many readers fetch and that never change."""


class Body:
    """Content, its fingerprint, and the encodings that were asked for so far."""

    def __init__(
        self,
        content: str | bytes,
        *,
        compressors: dict[str, Compressor] = FAST,
    ) -> None:
        self.content = content.encode("utf-8") if isinstance(content, str) else content
        self.compressors = compressors if len(self.content) >= SMALLEST else {}
        self._tag = hashlib.sha256(self.content).hexdigest()[:20]
        self._encoded = {"": self.content}

    def etag(self, encoding: str) -> str:
        """A strong ETag is of bytes, so each encoding has its own."""
        return f'"{self._tag}-{encoding}"' if encoding else f'"{self._tag}"'

    def encoded(self, encoding: str) -> bytes:
        """The content in ``encoding``, which is one of the compressors or "" for none."""
        if encoding not in self._encoded:
            self._encoded[encoding] = self.compressors[encoding](self.content)
        return self._encoded[encoding]

    def has_best(self, accept_encoding: str) -> bool:
        """Whether the encoding for this browser was worked out before."""
        return self.best(accept_encoding) in self._encoded

    def best(self, accept_encoding: str) -> str:
        """The smallest encoding that the browser takes: br, gzip, or "" for none."""
        taken = accepted(accept_encoding)
        return next((encoding for encoding in self.compressors if encoding in taken), "")


def accepted(header: str) -> set[str]:
    """Encodings that an Accept-Encoding header names and does not refuse with q=0."""
    found = set()
    for part in header.lower().split(","):
        name, _, weight = part.partition(";")
        if not REFUSAL.fullmatch(weight.strip()):
            found.add(name.strip())
    return found
