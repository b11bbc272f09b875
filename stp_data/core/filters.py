"""What an address may ask: each parameter declared once, for pages and for files.

A **query** is a dictionary of parameters and words, checked, in their shortest form and without
defaults, so that one question has one address, one file and one place in a cache. Pages read an
address leniently: a bad value gives a sentence and the default. Files read it strictly: a bad
value is refused with what could be asked instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from stp_data.core import wording
from stp_data.core.atlas import Atlas

LONGEST_VALUE = 200
"""Longer values name nothing here and are not looked at."""
Query = dict[str, str]


class FilterError(ValueError):
    """A value that cannot be had: the text says what could be asked, ``notice`` what is shown.

    ``kept`` is the part of the value that can be had, for a page.
    """

    def __init__(self, allowed: str, notice: str, kept: str = "") -> None:
        super().__init__(allowed)
        self.notice, self.kept = notice, kept


class Filter(Protocol):
    """One parameter of an address."""

    @property
    def name(self) -> str:
        """As it stands in the address."""

    @property
    def about(self) -> str:
        """What it chooses, for the description of the API."""

    def words(self, atlas: Atlas) -> Sequence[str] | None:
        """All words that it takes, the default first; None where they cannot be listed."""

    def read(self, atlas: Atlas, text: str) -> str:
        """The value in its shortest form, empty for the default; FilterError for a bad one."""


@dataclass(frozen=True)
class Choice:
    """One word of a few."""

    name: str
    noun: str
    """What it chooses, as in "that region"."""
    options: Callable[[Atlas], Mapping[str, object]]
    """Each word -> what it is called or stands for."""
    default: str = ""
    """The word that an address leaves out; empty where leaving it out chooses nothing."""
    instead: str = ""
    """What is shown when the value is unknown: "all of England"; else the default's name."""
    otherwise: str = ""
    """The clause that is said instead where nothing is shown: "none is selected"."""

    @property
    def about(self) -> str:
        """What it chooses."""
        return f"The {self.noun}." + (f" Default: {self.default}." if self.default else "")

    def words(self, atlas: Atlas) -> tuple[str, ...]:
        """The default comes first."""
        return tuple(self.options(atlas))

    def read(self, atlas: Atlas, text: str) -> str:
        """The word, or nothing for the default."""
        options = self.options(atlas)
        if text in options:
            return "" if text == self.default else text
        raise FilterError(
            f"{self.name} is one of: {', '.join(options)}.",
            f"We don't recognise that {self.noun}, so "
            f"{self.otherwise or f'this shows {self._shown(options)}'}.",
        )

    def _shown(self, options: Mapping[str, object]) -> str:
        if self.instead:
            return self.instead
        chosen = options.get(self.default, "everything")
        label = str(getattr(chosen, "label", chosen))
        return label if label.isupper() else f"{label[0].lower()}{label[1:]}"

    def word(self, query: Mapping[str, str]) -> str:
        """The word that a query has, or the default."""
        return query.get(self.name, self.default)


@dataclass(frozen=True)
class Text:
    """Words of the reader's own."""

    name: str
    noun: str
    """What is searched for: "name"."""
    longest: int = 100

    @property
    def about(self) -> str:
        """What may be typed."""
        return f"Text to search for, at most {self.longest} characters."

    def words(self, atlas: Atlas) -> None:
        """Anything can be typed."""

    def read(self, atlas: Atlas, text: str) -> str:  # noqa: ARG002
        """The text without spaces around it."""
        if len(text.strip()) > self.longest:
            raise FilterError(
                f"{self.name} has at most {self.longest} characters.",
                f"That search is longer than any {self.noun} here, so it is left out.",
            )
        return text.strip()


def strict(atlas: Atlas, filters: Sequence[Filter], params: Mapping[str, str]) -> Query:
    """The query; FilterError for a parameter that is not known, and for a bad value."""
    known = {one.name: one for one in filters}
    if not set(params) <= set(known):
        takes = wording.listed(list(known)) if known else "no parameters"
        raise FilterError(f"This address takes {takes}.", "")
    found = {name: known[name].read(atlas, text) for name, text in params.items()}
    return {name: found[name] for name in known if found.get(name)}


def lenient(
    atlas: Atlas, filters: Sequence[Filter], params: Mapping[str, str]
) -> tuple[Query, list[str]]:
    """The query, and a sentence for each value that cannot be had; other parameters are ignored."""
    query: Query = {}
    notices: list[str] = []
    for one in filters:
        text = params.get(one.name, "")
        if not text:
            continue
        try:
            value = one.read(atlas, text)
        except FilterError as error:
            notices.append(error.notice)
            value = error.kept
        query |= {one.name: value} if value else {}
    return query, notices
