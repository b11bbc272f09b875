"""Money beside the gaps, all footprints at once: savings, capital, and who was under a regime."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.evidence import conflicts
from stp_data.history import regimes
from stp_data.money import sums
from stp_data.money.sums import Sum
from stp_data.places.footprints import Footprint
from ui.parts import html
from ui.parts.cells import SOURCE, footprint_link, line, part, proof

NOT_A_NO = "The others: not found in the sources read, which is not a no."
NEVER_ADDED = "Parts and wholes stand side by side as stated: never to be added up."


@lru_cache(maxsize=16)
def others(atlas: Atlas, region: str | None, among: int) -> str:
    """All of the view; ``among`` is how many footprints the region has."""
    later = tuple(
        (place, one)
        for place, one in sums.across(atlas, sums.GIVEN, region)
        if not sums.in_round_of_2017(one)
    )
    return "".join(
        [
            part("Capital awarded in July 2017"),
            _round_of_2017(atlas, region),
            part("Capital asked for, or said to be needed"),
            _listed(atlas, sums.across(atlas, sums.WANTED, region), among),
            part("Capital awarded at other times, or refused"),
            _listed(atlas, later, among),
            part("Savings"),
            _listed(atlas, sums.across(atlas, ("saving",), region), among),
            *(_regime(atlas, key, region, among) for key in regimes.REGIMES),
        ]
    )


def finding(atlas: Atlas, region: str | None) -> str:
    """What the awards of July 2017 show, as a headline."""
    chosen = sums.awarded_in_2017(atlas, region)
    with_amount = sum(any(one.value is not None for one in said) for _, said in chosen)
    number = wording.count(len(chosen), "footprint was", "footprints were")
    return (
        f"{number}{wording.in_region(region)} chosen for capital in July 2017; an amount was "
        f"found for {with_amount}"
    )


def _round_of_2017(atlas: Atlas, region: str | None) -> str:
    chosen = sums.awarded_in_2017(atlas, region)
    if not chosen:
        return line("No award of that month was found in the sources read; that is not a no.")
    named = [one for _, said in chosen for one in said if one.value is None]
    cited = html.cite_all(atlas, dict.fromkeys(key for one in named for key in one.sources))
    rows = [
        (place, one)
        for place, said in chosen
        for one in ([one for one in said if one.value is not None] or said)
    ]
    return line(f"Who was chosen: {cited}. {NEVER_ADDED}") + _table(
        atlas, "Footprints chosen in July 2017, and the amounts that sources give", rows
    )


def _listed(atlas: Atlas, found: tuple[tuple[Footprint, Sum], ...], among: int) -> str:
    if not found:
        return line("None was found in the sources read; that is not a no.")
    number = len({place.code for place, _ in found})
    words = f"Found for {number} of {among} footprints. {NOT_A_NO} {NEVER_ADDED}"
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
    head = part(regimes.REGIMES[key])
    if not found:
        return head + line("Nobody was found under it in the sources read; that is not a no.")
    number = len({place.code for place, _ in found})
    return (
        head
        + line(f"Named for {number} of {among} footprints, in whole or in part. {NOT_A_NO}")
        + html.table(
            f"{regimes.REGIMES[key]}: {number} of {among} footprints",
            ["Footprint", "What is said", "When", SOURCE],
            [
                [
                    footprint_link(place.slug, place.name, "money"),
                    escape(event.summary),
                    wording.as_of(event.date)
                    + html.differs(conflicts.of_event(atlas, event.happening)),
                    proof(atlas, event.sources, event.confidence, event.note),
                ]
                for place, event in found
            ],
        )
    )
