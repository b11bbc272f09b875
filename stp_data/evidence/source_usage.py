"""What each source is used for: every row of every table that names it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from stp_data.core import sources, wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import records
from stp_data.core.sources import Source
from stp_data.evidence.rivals import ENGLAND
from stp_data.money import sums
from stp_data.places import measures
from stp_data.plans import stated_figures
from stp_data.priorities import themes_named

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
        if table == "measured":
            for name, number in Counter(row["measure"] for row in rows).items():
                label = measures.measure(atlas, name).label
                text = f"{label}: {number} figures (each footprint, and England)"
                found.append(Use(table, "", text))
        elif table == "memberships":
            for code, number in Counter(row["code"] for row in rows).items():
                text = wording.count(number, "member listed", "members listed")
                found.append(Use(table, code, text))
        else:
            found += [
                Use(table, row.get("code", ENGLAND), _text(atlas, table, row)) for row in rows
            ]
    return tuple(found)


def _text(atlas: Atlas, table: str, row: dict[str, Any]) -> str:
    if table in _TEMPLATES:
        return _TEMPLATES[table].format_map(row)
    return _TEXTS[table](atlas, row)


_TEMPLATES = {
    "plan_names": "Name of the {kind}: {name}",
    "leads": "{name}, {role}",
    "counts_by_others": "{who} counted: {what}",
    "proposals": "{summary}",
    "ratings": "Rated {rating}",
    "statements": "{summary}",
    "stated_members": "{org_name}, {role}",
    "claims": "{statement}",
    "readings": "Read for its priorities and service changes",
}
"""Table -> what a row of it says, by names of columns."""


def _stated(atlas: Atlas, row: dict[str, Any]) -> str:
    key = (row["measure"], row["facts"].split()[0])
    figures = stated_figures.stated(atlas, row["code"])
    figure = next(one for one in figures if (one.measure, one.key) == key)
    text = f"{measures.measure(atlas, figure.measure).label}: {stated_figures.amount(figure)}"
    if figure.measure != "population_stated":
        text += f", {stated_figures.SCOPES[figure.scope]}"
    return text + (" (figure we use)" if figure.preferred else "")


def _sum(atlas: Atlas, row: dict[str, Any]) -> str:
    one = next(one for one in sums.sums(atlas, row["code"]) if one.purpose == row["summary"])
    return f"{one.kind.capitalize()}: {sums.sum_in_sentence(one)}"


def _plan(_atlas: Atlas, row: dict[str, Any]) -> str:
    title = row["plan_name"] and f"Title shown: {row['plan_name']}"
    date = row["published"] and f"Date shown: {wording.date(row['published'])}"
    return "; ".join(filter(None, (title, date)))


def _national(atlas: Atlas, row: dict[str, Any]) -> str:
    series = records(atlas.series[atlas.series["series"] == row["series"]])[0]
    return f"{series['label']}, {row['period']}: {row['value']:,g} {series['unit']}"


def _priority(atlas: Atlas, row: dict[str, Any]) -> str:
    return f"Names {themes_named.themes(atlas)[row['theme']].label.lower()}"


_TEXTS: dict[str, Callable[[Atlas, dict[str, Any]], str]] = {
    "stated": _stated,
    "plan_sums": _sum,
    "plans": _plan,
    "national": _national,
    "priorities": _priority,
    "publications": lambda _, row: f"Public from {wording.date(row['published'])}",
    "events": lambda _, row: f"{wording.date(row['date']) or 'Not dated'}: {row['summary']}",
    "successors": lambda _, row: (
        f"{row['successor_name']}: {wording.share(row['population_share'])}"
    ),
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
