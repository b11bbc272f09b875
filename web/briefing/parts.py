"""What a briefing is made of, before it becomes a page or a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from stp_data.core import sources
from stp_data.core.atlas import Atlas
from stp_data.core.sources import Source

OWN = "stp-atlas"


@dataclass(frozen=True)
class Run:
    """A piece of text and the numbers of the notes that it rests on."""

    text: str
    notes: tuple[int, ...] = ()
    style: str = ""
    """bold, small or nothing"""
    more: int = 0
    """Further sources that are not cited here, only on the footprint's page."""


Text = tuple[Run, ...]
MOST_CITED = 3
"""Sources cited for one statement; paper has room for two pages only."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    text: Text
    kind: str = "paragraph"


@dataclass(frozen=True)
class Listing:
    """A list; short items run on in one paragraph on paper."""

    title: str
    items: tuple[Text, ...]
    runs_on: bool = True
    notes: tuple[int, ...] = ()
    """What every item rests on."""
    kind: str = "listing"


@dataclass(frozen=True)
class Strip:
    """The 44 as dots on a line from the lowest to the highest, 0 to 1."""

    dots: tuple[float, ...]
    here: float
    england: float


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    figures: frozenset[int] = frozenset()
    """Columns set to the right."""
    marked: frozenset[int] = frozenset()
    """Rows in bold."""
    strips: tuple[Strip, ...] = ()
    """One for each row, or none."""
    kind: str = "table"


Block = Paragraph | Listing | Table


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; never nothing."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Note:
    """A numbered source."""

    number: int
    text: str
    address: str
    """Absolute, or from the root of this site; empty when there is none."""
    mark: str = ""
    """Where the atlas shows all that rests on it, from the root; empty for tables of our own."""


@dataclass(frozen=True)
class Link:
    """Words and where they lead, from the root of this site."""

    text: str
    address: str


@dataclass(frozen=True)
class Briefing:
    """All that the page and the document say."""

    name: str
    slug: str
    """Its address below /briefing/."""
    codes: tuple[str, ...]
    kicker: str
    portraits: tuple[Text, ...]
    description: str
    """The portrait as plain text, for previews."""
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    uncited: str
    """Where the sources are named that have no number; empty when there are none."""
    differing: tuple[Link, ...]
    """On how many facts sources differ, and where that is set side by side; a footprint each."""
    data: str
    """Which data, as of when."""


@dataclass
class Notes:
    """Numbers sources in the order in which they are first cited."""

    atlas: Atlas
    listed: dict[str, Note] = field(default_factory=dict)
    uncited: int = 0
    """Sources left without a number so far."""

    def cite(self, *keys: str) -> tuple[int, ...]:
        """Numbers of sources by key, lowest first, each once."""
        return tuple(sorted({self._number(key) for key in keys if key}))

    def cited(self, words: str, keys: Iterable[str], style: str = "") -> Run:
        """A run that cites the first few of its sources and counts the others."""
        each = list(dict.fromkeys(keys))
        few = self.cite(*each[:MOST_CITED])
        more = max(0, len(each) - MOST_CITED)
        self.uncited += more
        return Run(words, few, style, more)

    def own(self, table: str, title: str) -> tuple[int, ...]:
        """Number of one of the atlas's own tables, for what is counted from it."""
        key = f"{OWN}:{table}"
        if key not in self.listed:
            version = self.atlas.package["version"]
            text = f"STP Atlas: {title}, data version {version}"
            number = len(self.listed) + 1
            self.listed[key] = Note(number, text, f"/download/{table}.csv")
        return (self.listed[key].number,)

    def _number(self, key: str) -> int:
        if key not in self.listed:
            found = sources.source(self.atlas, key)
            number = len(self.listed) + 1
            self.listed[key] = Note(
                number, sources.reference(found), found.url, f"/evidence?source={key}"
            )
        return self.listed[key].number

    def newest(self) -> Source | None:
        """The cited source with the latest date."""
        cited = [sources.source(self.atlas, key) for key in self.listed if OWN not in key]
        return max(cited, key=lambda source: source.date, default=None)

    def where_uncited(self, page: str) -> str:
        """Says where the sources are that have no number; empty when there are none."""
        return f"{page} in the atlas names those sources too." if self.uncited else ""

    def all(self) -> tuple[Note, ...]:
        """The notes by number."""
        return tuple(self.listed.values())


def listing(title: str, items: Iterable[tuple[str, tuple[int, ...]]]) -> Listing:
    """A list of words with notes; notes that all have in common stand at the title."""
    given = list(items)
    common = set.intersection(*(set(notes) for _, notes in given))
    return Listing(
        title,
        tuple(
            text(Run(words, tuple(note for note in notes if note not in common)))
            for words, notes in given
        ),
        notes=tuple(sorted(common)),
    )


def text(*runs: Run | str) -> Text:
    """Runs in a row; plain strings cite nothing."""
    return tuple(Run(run) if isinstance(run, str) else run for run in runs)


def bold(content: str, notes: Iterable[int] = ()) -> Run:
    """A bold run."""
    return Run(content, tuple(notes), "bold")


def small(content: str, notes: Iterable[int] = ()) -> Run:
    """A run in small type."""
    return Run(content, tuple(notes), "small")


def plain(written: Text) -> str:
    """The words alone."""
    return "".join(run.text for run in written)
