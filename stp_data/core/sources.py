"""Where things were read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.checks import OFFICIAL_PUBLISHERS
from stp_data.core.records import records

NAMES = "ons-lookup-2017"
REGIONS = "ons-ccg-region-2017"
OUTLINES = "ons-lsoa-boundaries-2011"
PEOPLE = "ons-population-mid-2017"
POSTCODES = "ons-postcode-directory-2026"
"""What tables without a column for the source were derived from (LICENCE-DATA.md)."""


@dataclass(frozen=True)
class Source:
    """A document, page or data set."""

    key: str
    title: str
    publisher: str
    publisher_type: str
    url: str
    date: str
    via: str

    @property
    def official(self) -> bool:
        """Whether it speaks for the NHS, a council or the government."""
        return self.publisher_type in OFFICIAL_PUBLISHERS


@cache
def _by_key(atlas: Atlas) -> dict[str, Source]:
    columns = ["source", "title", "publisher", "publisher_type", "url", "date", "via"]
    return {
        row["source"]: Source(*(row[name] for name in columns)) for row in records(atlas.sources)
    }


def source(atlas: Atlas, key: str) -> Source:
    """The source of that key; KeyError when there is none (the schema rules that out)."""
    return _by_key(atlas)[key]


def citation(source: Source) -> str:
    """Publisher, title, date and where it was read, on one line."""
    via = f", read at {source.via}" if source.via and "quoting" not in source.via else ""
    return f"{reference(source)}{via}"


def reference(source: Source) -> str:
    """Publisher, title and date, to stand beside the address."""
    when = dated(source)
    title = source.title if source.title.endswith(when) else f"{source.title}, {when}"
    return f"{_publisher(source)}: {title}"


def publisher_type(source: Source) -> str:
    """What kind of publisher it is: NHS, council, local press."""
    return "NHS" if source.publisher_type == "nhs" else source.publisher_type.replace("_", " ")


def short_citation(source: Source) -> str:
    """Publisher and date."""
    return f"{_publisher(source)}, {dated(source)}"


def _publisher(source: Source) -> str:
    return source.publisher + (f" ({source.via})" if "quoting" in source.via else "")


def dated(source: Source) -> str:
    """Date of a source, or that it has none."""
    return wording.as_of(source.date)
