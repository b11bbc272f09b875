"""Where things were read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.atlas import Atlas
from stp_data.checks import OFFICIAL_PUBLISHERS
from stp_data.records import records

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
