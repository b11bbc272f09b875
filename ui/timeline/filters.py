"""What the address of the Timeline page asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, FilterError, Query, lenient
from stp_data.history import events, publication_dates, successor_bodies, waves
from stp_data.history.events import Event
from ui.parts import address, controls

SHOW = Choice(
    "show", "part of this page",
    lambda _: {
        "events": "Events",
        "plans": "Publication of plans",
        "waves": "Integrated care",
        "became": "Successor bodies",
    },
    default="events",
)  # fmt: skip
VIEW = Choice("view", "view", lambda _: {"chart": "Chart", "table": "Table"}, default="chart")
FLOWS = Choice(
    "flows", "choice of footprints", lambda _: {"changed": "Split or merged", "all": "All 44"},
    default="changed",
)  # fmt: skip
MARKS: dict[str, Callable[[Atlas], Mapping[str, Any]]] = {
    "events": events.by_mark,
    "plans": publication_dates.all_releases,
    "waves": lambda atlas: {
        f"{wave.when}:{code}": (wave, event)
        for wave in waves.WAVES
        for code, event in waves.members(atlas, wave).items()
    },
    "became": lambda atlas: {flow.key: flow for flow in successor_bodies.flows(atlas)},
}
"""What each part of the page has marks for, by the key of the mark."""
AT_ONCE = 25
"""Events on a page of the list."""


@dataclass(frozen=True)
class TimelineFilters:
    """Everything that the page shows depends on this and the data alone."""

    query: Query
    found: tuple[Event, ...]
    """The events asked for."""
    page: int
    """Of their list, from 1."""
    mark: str
    """Key of the mark whose sources are open; empty for none."""
    notices: tuple[str, ...] = ()

    @property
    def of_files(self) -> Query:
        """The choices that the CSV of events takes as well."""
        names = [one.name for one in events.FILTERS]
        return {name: word for name, word in self.query.items() if name in names}


def read(params: Mapping[str, str], atlas: Atlas) -> TimelineFilters:
    """Return the choices of an address, and a sentence for each that cannot be had."""
    place = address.read_place(params, atlas)
    params = {**params, "area": place.footprint.slug if place.footprint else ""}
    query, notices = lenient(atlas, (SHOW, VIEW, FLOWS, *events.FILTERS), params)
    notices = [*place.notices, *notices]
    try:
        events.check_years(atlas, query)
    except FilterError as error:
        notices.append(error.notice)
        query = {name: word for name, word in query.items() if name not in ("from", "to")}
    mark = Choice("mark", "mark", MARKS[SHOW.word(query)], instead="the chart without it")
    chosen, more = lenient(atlas, [mark], params)
    notices += more
    found = events.find(atlas, query)
    page = address.read_page(params, notices, controls.pages_of(len(found), AT_ONCE))
    return TimelineFilters(query, found, page, chosen.get("mark", ""), tuple(notices))
