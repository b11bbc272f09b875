"""What each source is used for: every row of every table that names it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.core.sources import Source
from stp_data.money import sums
from stp_data.places import measures
from stp_data.plans import stated_figures

ENGLAND = "ENG"
TABLES = {
    "measured": ("measured figure", "measured figures"),
    "stated": ("stated figure", "stated figures"),
    "plan_sums": ("figure for capital or savings", "figures for capital or savings"),
    "plan_names": ("name", "names"),
    "publications": ("publication date", "publication dates"),
    "plans": ("title or date we use", "titles or dates we use"),
    "leads": ("lead", "leads"),
    "priorities": ("priority", "priorities"),
    "counts_by_others": ("published count", "published counts"),
    "proposals": ("service change", "service changes"),
    "ratings": ("rating", "ratings"),
    "events": ("event", "events"),
    "statements": ("statement", "statements"),
    "memberships": ("membership", "memberships"),
    "stated_members": ("member named in a document", "members named in documents"),
    "successors": ("successor", "successors"),
    "national": ("national figure", "national figures"),
    "claims": ("checked claim", "checked claims"),
    "readings": ("footprint it was read for", "footprints it was read for"),
}
"""Tables whose rows name a source, with what a row is."""
WHOLE_TABLES = {
    sources.NAMES: (
        "Names and codes of the 44, and the districts in each (tables footprints and places)",
    ),
    sources.REGIONS: ("NHS regions of the 44 (table footprints)",),
    sources.OUTLINES: ("Outlines, areas and borders of the 44 (footprints and neighbours)",),
    sources.PEOPLE: ("People of each district in a footprint (table places)",),
    sources.POSTCODES: ("Where each postcode lies, for the search (the list of postcodes)",),
    "ons-lad-county-2017": ("Counties of the districts (table places)",),
}
"""What derived tables without a column for the source were made from."""
_COLUMNS = ("source", "name_source", "also", "sources")


@dataclass(frozen=True)
class Use:
    """One row that uses a source, or several alike."""

    table: str
    code: str
    """Footprint, ENG, or empty for several."""
    text: str
    """The figure or statement, in words."""


def cited(table: str, row: Mapping[str, Any]) -> set[str]:
    """Keys of all sources that a row of ``table`` names."""
    # In readings, the column says what kind of document it is.
    columns = (*_COLUMNS, "document") if table == "claims" else _COLUMNS
    return {key for column in columns for key in str(row.get(column, "")).split()}


@cache
def counts(atlas: Atlas) -> dict[str, Counter[str]]:
    """How many rows of each table use each source, by its key."""
    found: dict[str, Counter[str]] = {key: Counter() for key in atlas.sources["source"]}
    for table in TABLES:
        for row in records(getattr(atlas, table)):
            for key in cited(table, row):
                found[key][table] += 1
    return found


def row_count(atlas: Atlas, key: str) -> int:
    """How many rows use a source; that it was read for a footprint does not count."""
    return sum(number for table, number in counts(atlas)[key].items() if table != "readings")


def in_words(atlas: Atlas, key: str) -> str:
    """What a source is used for, table by table: 12 priorities, 2 stated figures."""
    found = counts(atlas)[key]
    parts = [
        wording.count(found[table], *names)
        for table, names in TABLES.items()
        if found[table] and table != "readings"
    ]
    parts += ["whole tables"] if key in WHOLE_TABLES else []
    return ", ".join(parts) or "nothing yet (read for priorities and service changes)"


@cache
def uses(atlas: Atlas, key: str) -> tuple[Use, ...]:
    """Every row that uses a source, those of one kind together.

    Measured figures are one line a measure, and members one line a footprint: a data set gives
    hundreds of them.
    """
    found: list[Use] = [Use("footprints", "", text) for text in WHOLE_TABLES.get(key, ())]
    for table in TABLES:
        rows = [row for row in records(getattr(atlas, table)) if key in cited(table, row)]
        found += _GROUPED[table](atlas, rows) if table in _GROUPED else _each(atlas, table, rows)
    return tuple(found)


def _each(atlas: Atlas, table: str, rows: list[dict[str, Any]]) -> Iterable[Use]:
    return (Use(table, row.get("code", ENGLAND), _TEXTS[table](atlas, row)) for row in rows)


def _measured(atlas: Atlas, rows: list[dict[str, Any]]) -> Iterable[Use]:
    for key, number in Counter(row["measure"] for row in rows).items():
        label = measures.measure(atlas, key).label
        yield Use("measured", "", f"{label}: {number} figures (each footprint, and England)")


def _members(_atlas: Atlas, rows: list[dict[str, Any]]) -> Iterable[Use]:
    for code, number in Counter(row["code"] for row in rows).items():
        yield Use(
            "memberships",
            code,
            wording.count(number, "member organisation listed", "member organisations listed"),
        )


_GROUPED = {"measured": _measured, "memberships": _members}


def _stated(atlas: Atlas, row: dict[str, Any]) -> str:
    figure = next(
        one
        for one in stated_figures.stated(atlas, row["code"])
        if (one.measure, one.value, one.scope, one.source)
        == (row["measure"], row["value"], row["scope"], row["source"])
    )
    label = measures.measure(atlas, figure.measure).label
    text = f"{label}: {stated_figures.amount(figure)}"
    if figure.measure != "population_stated":
        text += f", {stated_figures.SCOPES[figure.scope]}"
    return text + (" (figure we use)" if figure.preferred else "")


def _sum(atlas: Atlas, row: dict[str, Any]) -> str:
    one = next(one for one in sums.sums(atlas, row["code"]) if one.purpose == row["summary"])
    return f"{one.kind.capitalize()}: {sums.sum_in_sentence(one)}"


def _national(atlas: Atlas, row: dict[str, Any]) -> str:
    series = records(atlas.series[atlas.series["series"] == row["series"]])[0]
    return f"{series['label']}, {row['period']}: {row['value']:,g} {series['unit']}"


_TEXTS: dict[str, Callable[[Atlas, dict[str, Any]], str]] = {
    "stated": _stated,
    "plan_sums": _sum,
    "plan_names": lambda _, row: f"Name of the {row['kind']}: {row['name']}",
    "publications": lambda _, row: f"Public from {wording.date(row['published'])}",
    "plans": lambda _, row: "; ".join(
        part
        for part in (
            row["plan_name"] and f"Title shown: {row['plan_name']}",
            row["published"] and f"Date shown: {wording.date(row['published'])}",
        )
        if part
    ),
    "leads": lambda _, row: f"{row['name']}, {row['role']}",
    "priorities": lambda atlas, row: (
        "Names "
        + dict(zip(atlas.themes["theme"], atlas.themes["label"], strict=True))[row["theme"]].lower()
    ),
    "counts_by_others": lambda _, row: f"{row['who']} counted: {row['what']}",
    "proposals": lambda _, row: row["summary"],
    "ratings": lambda _, row: f"Rated {row['rating']}",
    "events": lambda _, row: f"{wording.date(row['date']) or 'Not dated'}: {row['summary']}",
    "statements": lambda _, row: row["summary"],
    "stated_members": lambda _, row: f"{row['org_name']}, {row['role']}",
    "successors": lambda _, row: (
        f"{row['successor_name']}: {wording.share(row['population_share'])}"
    ),
    "national": _national,
    "claims": lambda _, row: row["statement"],
    "readings": lambda *_: "Read for its priorities and service changes",
}


# --- the list ------------------------------------------------------------------------------------


@cache
def publisher_types(atlas: Atlas) -> dict[str, str]:
    """Publisher types by their name in an address, those with most sources first."""
    found = Counter(atlas.sources["publisher_type"])
    return {kind.replace(" ", "-"): kind for kind, _ in found.most_common()}


def find(atlas: Atlas, search: str = "", publisher_type: str | None = None) -> tuple[Source, ...]:
    """Sources of the type whose title, publisher or address has every word; most used first."""
    words = search.casefold().split()
    return tuple(
        one
        for one in _by_use(atlas)
        if publisher_type in (None, one.publisher_type)
        and all(word in f"{one.title} {one.publisher} {one.url}".casefold() for word in words)
    )


@cache
def _by_use(atlas: Atlas) -> tuple[Source, ...]:
    everyone = [sources.source(atlas, key) for key in atlas.sources["source"]]
    return tuple(sorted(everyone, key=lambda one: (-row_count(atlas, one.key), one.key)))


KINDS = {
    "official": ("nhs", "council", "government"),
    "parliament": ("parliament",),
    "press": ("trade press", "national press", "local press"),
    "think tank, professional": ("think tank", "professional body", "university", "healthwatch"),
    "campaign, other": (
        "campaign", "politician", "voluntary", "company", "encyclopaedia", "other",
    ),
}  # fmt: skip
"""Kinds of source that a reader weighs differently, and the publisher types in each."""
KIND_OF = {kind: name for name, kinds in KINDS.items() for kind in kinds}
