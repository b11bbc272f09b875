"""Money other than the gaps, for all footprints: savings, capital and financial regimes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts
from stp_data.history import regimes
from stp_data.money import gaps, sums
from stp_data.money.sums import Sum
from stp_data.places.footprints import Footprint
from ui.parts import html
from ui.parts.cells import SOURCE, footprint_link, line, part, proof

NONE_FOUND = line("We found none in the sources we read. That doesn't mean there were none.")
NEVER_ADDED = "Don't add these up: some sums include others."


def finding(atlas: Atlas, region: str | None) -> str:
    """What the awards of July 2017 show, as a headline."""
    awarded = sums.awarded_in_2017(atlas, region)
    with_amount = sum(any(one.value is not None for one in said) for _, said in awarded)
    number = wording.count(len(awarded), "footprint was", "footprints were")
    return (
        f"{number}{wording.in_region(region)} chosen for capital in July 2017; an amount was "
        f"found for {with_amount}"
    )


@lru_cache(maxsize=16)
def sections(atlas: Atlas, region: str | None) -> str:
    """Capital, savings and regimes, each with its table of the footprints of the region."""
    later = [
        (place, one)
        for place, one in sums.across(atlas, sums.GIVEN, region)
        if not sums.in_round_of_2017(one)
    ]
    listed = {
        "Capital asked for, or said to be needed": sums.across(atlas, sums.WANTED, region),
        "Capital awarded at other times, or refused": later,
        "Savings": sums.across(atlas, ("saving",), region),
    }
    among = len(gaps.places_in(atlas, region))
    return "".join(
        [
            part("Capital awarded in July 2017"),
            _round_of_2017(atlas, region),
            *(part(title) + _listed(atlas, found, among) for title, found in listed.items()),
            *(_regime(atlas, key, region, among) for key in regimes.REGIMES),
        ]
    )


def _round_of_2017(atlas: Atlas, region: str | None) -> str:
    awarded = sums.awarded_in_2017(atlas, region)
    if not awarded:
        return NONE_FOUND
    named = [one for _, said in awarded for one in said if one.value is None]
    cited = html.cite_all(atlas, dict.fromkeys(key for one in named for key in one.sources))
    rows = [
        (place, one)
        for place, said in awarded
        for one in ([one for one in said if one.value is not None] or said)
    ]
    return line(f"Source of the list: {cited}. {NEVER_ADDED}") + _table(
        atlas, "Footprints chosen in July 2017, and the amounts that sources give", rows
    )


def _listed(atlas: Atlas, found: Iterable[tuple[Footprint, Sum]], among: int) -> str:
    number = len({place.code for place, _ in found})
    if not number:
        return NONE_FOUND
    words = f"Found for {number} of {among} footprints; others may have some too. {NEVER_ADDED}"
    return line(words) + _table(atlas, f"As stated, for {number} of {among} footprints", found)


def _table(atlas: Atlas, caption: str, found: Iterable[tuple[Footprint, Sum]]) -> str:
    return html.table(
        caption,
        ["Footprint", "Sum", "What for", "As of", SOURCE],
        [
            [
                footprint_link(place.slug, place.name, "money"),
                f'<span class="stp-sum">{escape(sums.sum_of_money(one))}<br>'
                f"<small>{one.kind}</small></span>"
                + html.differs(conflicts.of_words(atlas, "capital", place.code, one.purpose)),
                escape(one.purpose),
                wording.as_of(one.as_of),
                proof(atlas, one.sources, one.confidence, one.note),
            ]
            for place, one in found
        ],
    )


def _regime(atlas: Atlas, key: str, region: str | None, among: int) -> str:
    found = regimes.under(atlas, key, region)
    title = regimes.REGIMES[key]
    if not found:
        return part(title) + NONE_FOUND
    number = len({place.code for place, _ in found})
    rows = [
        [
            footprint_link(place.slug, place.name, "money"),
            escape(event.summary),
            wording.as_of(event.date) + html.differs(conflicts.of_event(atlas, event.happening)),
            proof(atlas, event.sources, event.confidence, event.note),
        ]
        for place, event in found
    ]
    return (
        part(title)
        + line(f"At least {number} of {among} footprints, in whole or in part.")
        + html.table(
            f"{title}: {number} of {among} footprints",
            ["Footprint", "What is said", "When", SOURCE],
            rows,
        )
    )
