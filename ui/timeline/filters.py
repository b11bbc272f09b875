"""What the address of the Timeline page asks, read with care as in ui/parts/address.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core.atlas import Atlas
from stp_data.history import publication_dates, reported_events, successor_bodies, waves
from stp_data.history.reported_events import Happening, Wanted
from stp_data.places.footprints import Footprint
from ui.parts import address

SECTIONS = {
    "events": "What happened",
    "plans": "When the plans came out",
    "waves": "Integrated care",
    "became": "44 to 42",
}
VIEWS = {"chart": "Chart", "table": "Table"}
FLOWS = {"changed": "Split or merged", "all": "All 44"}
"""Which footprints the diagram of 44 to 42 shows; the first is the default."""
AT_ONCE = 25
"""Events of a list that are shown at once; the others follow on further pages."""


@dataclass(frozen=True)
class AskedTimeline:
    """Everything that the Timeline page shows depends on this and the data alone."""

    show: str
    view: str
    flows: str
    """A key of FLOWS."""
    wanted: Wanted
    footprint: Footprint | None
    kind: str | None
    """Key of a kind as it stands in the address."""
    found: tuple[Happening, ...]
    page: int
    """Of the list, from 1."""
    mark: str
    """Key of the mark of a chart whose sources are open; empty for none."""
    notices: tuple[str, ...] = ()


def read(params: Mapping[str, str], atlas: Atlas) -> AskedTimeline:
    """Read the parameters of the page: those of this name in AskedTimeline, and the filters."""
    place = address.read_place(params, atlas)
    notices = list(place.notices)
    show = _word(params, "show", SECTIONS, "a part of this page", notices)
    view = _word(params, "view", VIEWS, "a view", notices)
    flows = _word(params, "flows", FLOWS, "footprints", notices)
    who = _word(params, "who", reported_events.WHO, "a choice of national and local", notices)
    kind = params.get("kind")
    if kind is not None and kind not in reported_events.kinds(atlas):
        kind = None
        notices.append("The address names a kind of event that is not here. These are all kinds.")
    since, until = (_year(params, name, atlas, notices) for name in ("from", "to"))
    if since and until and since > until:
        since = until = None
        notices.append("The years of the address end before they begin. These are all years.")
    wanted = Wanted(
        who,
        place.footprint.code if place.footprint else None,
        None if kind is None else reported_events.kinds(atlas)[kind],
        since,
        until,
    )
    found = reported_events.find(atlas, wanted)
    page = address.read_page(params, notices, pages_of(len(found)))
    mark = _mark(params, show, atlas, notices)
    return AskedTimeline(
        show, view, flows, wanted, place.footprint, kind, found, page, mark, tuple(notices)
    )


def pages_of(number: int) -> int:
    """How many pages a list of so many events has."""
    return max(1, -(-number // AT_ONCE))


def marks(atlas: Atlas, show: str) -> frozenset[str]:
    """Keys of the marks of the chart of a section."""
    match show:
        case "events":
            found = set(reported_events.by_mark(atlas))
        case "plans":
            found = {
                one.key for code in publication_dates.in_order(atlas)
                for one in publication_dates.releases(atlas, code)
            }  # fmt: skip
        case "waves":
            found = {
                f"{wave.key}:{code}" for wave in waves.WAVES for code in waves.members(atlas, wave)
            }
        case _:
            found = {f"{flow.code}:{flow.board}" for flow in successor_bodies.flows(atlas)}
    return frozenset(found)


def _word(
    params: Mapping[str, str], name: str, words: Mapping[str, str], what: str, notices: list[str]
) -> str:
    default = next(iter(words))
    asked = params.get(name, default)
    if asked in words:
        return asked
    notices.append(
        f"The address asks for {what} that is not here. Taken instead: {words[default].lower()}."
    )
    return default


def _year(params: Mapping[str, str], name: str, atlas: Atlas, notices: list[str]) -> int | None:
    years = {str(year): year for year in reported_events.years(atlas)}
    asked = params.get(name)
    if asked is None:
        return None
    if asked not in years:
        first, last = min(years), max(years)
        notices.append(
            f"The address names a year that is not here: the events are of {first} to {last}."
        )
        return None
    return years[asked]


def _mark(params: Mapping[str, str], show: str, atlas: Atlas, notices: list[str]) -> str:
    asked = params.get("mark", "")
    if asked and asked not in marks(atlas, show):
        notices.append("The address names a mark of the chart that is not here.")
        return ""
    return asked
