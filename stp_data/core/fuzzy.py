"""How near a name comes to what somebody typed.

Names are compared in plain form: lower case, plain letters, without the small words that people
leave out. A name that says what kind of body it is (Council, Hospital, ICB, STP) is also known
without those words; a query that has them asks for that kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

SAME = 100.0
"""Score of a name that is just what was typed."""
WITHIN = 96.0
"""Score of a name that has all the words typed, and more."""
CERTAIN = 95
"""Score (0 to 100) from which a name counts as typed, not guessed."""
BEGUN = 90.0
"""Score of a name that has all the words typed, the last of them as the beginning of a word."""
LIKE_WORDS = 82.0
"""Score of a name that has, for every word typed, one like it."""
NEAR = 0.79
"""How alike two spellings must be, 1 less the share of letters to change (optimal string
alignment): one letter in five to nine, two in ten to fourteen."""

_SMALL_WORDS = frozenset({"and", "the", "of", "nhs", "foundation", "ccg", "in"})
_FULL_WORDS = {"st": "saint", "st.": "saint"}

COUNCIL, HOSPITAL, BOARD, SYSTEM, TRUST = "council", "hospital", "board", "system", "trust"
_KINDS = {
    COUNCIL: re.compile(
        r"\b(council|city|borough|county|district|metropolitan|royal borough|london borough)\b"
    ),
    HOSPITAL: re.compile(r"\b(hospitals?)\b"),
    BOARD: re.compile(r"\b(integrated care board|icb)\b"),
    SYSTEM: re.compile(
        r"\b(integrated care system|ics|stp|sustainability transformation (plan|partnership))\b"
    ),
    TRUST: re.compile(r"\btrust\b"),
}
_GENERAL = frozenset(
    {
        "royal", "city", "general", "community", "county", "memorial", "district", "university",
        "house", "unit", "centre", "hospital", "hospitals", "council", "borough", "trust", "stp",
        "icb", "ics", "care", "plan", "sustainability", "transformation", "partnership",
    }
)  # fmt: skip
"""Words that say what kind of body is meant, not which."""


class Form(NamedTuple):
    """A spelling under which a name is found, in plain form."""

    text: str
    kind: str
    """COUNCIL, HOSPITAL, BOARD, SYSTEM or TRUST if words that say so were left out, else empty."""


class Names(NamedTuple):
    """Names in plain form that can be searched."""

    names: list[str]
    known: frozenset[str]
    """The same names."""
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
    return Names(listed, frozenset(listed), words, sorted(words))


def plain(text: str) -> str:
    """Lower case, plain letters, without words that people leave out."""
    words = all_words(text)
    kept = [word for word in words if word not in _SMALL_WORDS]
    return " ".join(kept or words)


def all_words(text: str) -> list[str]:
    """The same, as words and with the small ones."""
    bare = unicodedata.normalize("NFKD", text.lower()).replace("&", " and ")
    bare = re.sub(r"clinical commissioning group|['’\u0300-\u036f]", "", bare)
    return [_FULL_WORDS.get(word, word) for word in re.findall(r"\w+", bare)]


def forms(text: str) -> list[Form]:
    """The plain form of a name, and those without the words that say what kind of body it is."""
    whole = plain(text)
    found, rest = [Form(whole, "")], whole
    for kind, words in _KINDS.items():
        for longer in dict.fromkeys((whole, rest)):
            bare = " ".join(words.sub(" ", longer).split())
            if bare != longer and len(bare) > 2 and not _GENERAL.issuperset(bare.split()):
                found.append(Form(bare, kind))
                rest = bare
    return found


def is_general(text: str) -> bool:
    """Whether all words of a query say only what kind of body is meant, not which."""
    return _GENERAL.issuperset(plain(text).split())


def scores(index: Names, wanted: str) -> dict[str, float]:
    """Names that ``wanted`` (in plain form) may mean, each with how near it comes, 0 to 100.

    Likeness is asked only where no name has the words as typed.
    """
    same = {wanted: SAME} if wanted in index.known else {}
    if " " not in wanted and any(character.isdigit() for character in wanted):
        # Codes are right or wrong: the next one along is somewhere else.
        return same
    words = wanted.split()
    found = _with_words(index, words) if len(wanted) > 3 and max(map(len, words)) > 2 else {}
    return found | same or _alike(index, wanted)


def _with_words(index: Names, wanted: list[str]) -> dict[str, float]:
    """Names that have every word typed; of the last word, a beginning will do."""
    *before, last = wanted
    having = set(index.names) if not before else set.intersection(
        *(index.words.get(word, set()) for word in before)
    )  # fmt: skip
    found: dict[str, float] = {}
    if having and len(last) >= 3:
        for word in index.vocabulary:
            if word.startswith(last):
                found |= dict.fromkeys(having & index.words[word], BEGUN)
    return found | dict.fromkeys(having & index.words.get(last, set()), WITHIN)


def _alike(index: Names, wanted: str) -> dict[str, float]:
    """Names that are spelled nearly so, whole or word by word."""
    if len(wanted) < 4:
        return {}
    found = dict.fromkeys(_with_like_words(index, wanted.split()), LIKE_WORDS)
    for name, likeness, _ in _like(wanted, index.names):
        found[name] = max(100 * likeness, found.get(name, 0))
    return {name: min(score, CERTAIN - 1) for name, score in found.items()}


def _with_like_words(index: Names, wanted: list[str]) -> set[str]:
    found: set[str] | None = None
    for word in set(wanted):
        # Short words are like too many others.
        likes = [like for like, _, _ in _like(word, index.vocabulary)] if len(word) > 3 else [word]
        having = set[str]().union(*(index.words.get(like, set()) for like in likes))
        found = having if found is None else found & having
        if not found:
            return set()
    return found if found and max(map(len, wanted)) > 3 else set()


def _like(wanted: str, among: list[str]) -> list[tuple[str, float, int]]:
    """Spellings that come near, of those that begin alike: hardly anybody mistypes that."""
    found = process.extract(
        wanted, among, scorer=OSA.normalized_similarity, score_cutoff=NEAR, limit=40
    )
    return [one for one in found if one[0][0] == wanted[0]]
