"""Abbreviations that a rule makes of a name: BNSSG, UCLH, BHRUT.

The first letters of the words, with and without the small ones, with and without what says what
kind of body it is. Those that no rule gives are in the table nicknames.
"""

from __future__ import annotations

import re

LONGEST = 8
SMALL = {"and", "of", "the", "on", "upon", "in", "with", "for"}
_BODY = re.compile(
    r"(?i)\b(clinical commissioning group|ccg|(integrated )?care (board|system|partnership)"
    r"|stp|sustainability and transformation (plan|partnership))\b.*"
)
_TRUST = re.compile(r"(?i)\b(nhs )?(foundation )?trust\b.*")
TRUSTS = ("", "T", "FT", "NHST", "NHSFT")
"""What people write after the initials of a trust."""


def of(name: str) -> list[str]:
    """The abbreviations of a name, of two to LONGEST capitals, each once."""
    plain = re.sub(r"[’']", "", name).replace("&", " and ")
    is_trust = bool(_TRUST.search(plain))
    bare = _BODY.sub("", _TRUST.sub("", plain))
    found = []
    for words in (_words(bare), _words(re.sub(r"(?i)\bNHS\b", "", bare))):
        for kept in (words, [word for word in words if word.lower() not in SMALL]):
            found.append(_join(kept))
            if is_trust:
                # Hull and East Yorkshire Hospitals NHS Trust is HEY, and Barking, Havering and
                # Redbridge University Hospitals NHS Trust BHRUT.
                fewer = [word for word in kept if word.lower() not in {"hospital", "hospitals"}]
                found += [_join(some) + tail for some in (kept, fewer) for tail in TRUSTS]
    return [letters for letters in dict.fromkeys(found) if 2 <= len(letters) <= LONGEST]


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", text)


def _join(words: list[str]) -> str:
    return "".join(word[0] for word in words).upper()
