"""How near a name comes to what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz, process

from stp_data.footprints import slugify

CERTAIN = 95
"""Score (0 to 100) from which a spelling counts as the same name."""
POSSIBLE = 78
"""Score below which a spelling is no match at all."""

_SMALL_WORDS = frozenset({"and", "the", "of", "nhs", "foundation", "ccg", "in"})
_FULL_WORDS = {"st": "saint", "st.": "saint"}
_COUNCIL_WORDS = frozenset({"council", "city", "borough", "county", "district", "metropolitan"})


class Names(NamedTuple):
    """Names in plain form that can be searched."""

    names: list[str]
    words: dict[str, set[str]]
    """Word -> names that have it."""
    vocabulary: list[str]


def names(plain_names: Iterable[str]) -> Names:
    """Make names, given in plain form, ready to be searched."""
    listed = list(dict.fromkeys(plain_names))
    words: dict[str, set[str]] = {}
    for name in listed:
        for word in name.split():
            words.setdefault(word, set()).add(name)
    return Names(listed, words, list(words))


def plain(text: str) -> str:
    """Lower case, plain letters, without words that people leave out."""
    words = all_words(text)
    kept = [word for word in words if word not in _SMALL_WORDS]
    return " ".join(kept or words)


def all_words(text: str) -> list[str]:
    """The same, as words and with the small ones."""
    bare = re.sub(r"(?i)clinical commissioning group|['’]", "", text)
    return [_FULL_WORDS.get(word, word) for word in slugify(bare).split("-")]


def scores(index: Names, wanted: str) -> dict[str, float]:
    """Names that come near ``wanted`` (in plain form), each with how near, 0 to 100.

    100 for the same words in any order; a name that begins with the query comes close.
    """
    same = (wanted, _without_council(wanted))
    exact = {name: 100.0 for name in index.names if name in same}
    if any(character.isdigit() for character in wanted):
        # Codes are right or wrong: the next one along is somewhere else.
        return exact
    found = dict.fromkeys(_with_like_words(index, wanted), 82.0)
    likes = process.extract(
        wanted, index.names, scorer=fuzz.token_sort_ratio, score_cutoff=POSSIBLE, limit=40
    )
    for name, score, _ in likes:
        found[name] = max(score, found.get(name, 0))
    if len(wanted) >= 4:
        for name in index.names:
            if f" {wanted}" in f" {name}":
                part = 96.0 if f" {wanted} " in f" {name} " else 90.0
                found[name] = max(part, found.get(name, 0))
    return found | exact


def _with_like_words(index: Names, wanted: str) -> set[str]:
    """Names that have, for every word of the query, one like it: for misspelled parts of names."""
    found: set[str] | None = None
    for word in set(wanted.split()):
        # Short words are like too many others.
        likes = (
            process.extract(word, index.vocabulary, scorer=fuzz.ratio, score_cutoff=80, limit=None)
            if len(word) >= 4
            else [(word, 100, word)]
        )
        having = set[str]().union(*(index.words.get(like[0], set()) for like in likes))
        found = having if found is None else found & having
        if not found:
            return set()
    return found if found and max(map(len, wanted.split())) >= 4 else set()


def _without_council(plain_name: str) -> str:
    """Of a council's full name, what districts and counties go by; of anything else, nothing."""
    words = plain_name.split()
    if "council" not in words:
        return ""
    return " ".join(word for word in words if word not in _COUNCIL_WORDS)
