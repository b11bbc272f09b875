"""What somebody stated of a footprint: its money, people and beds, with scope and source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.records import rows_as

GAP = "finance_gap_2020_21"
BEDS = "beds_change_2014_15_to_2017_18"

SCOPES = {
    "NHS": "NHS only",
    "NHS and social care": "NHS and social care",
    "social care": "social care only",
    "not stated": "scope not stated",
}
"""What a figure covers, as in the table -> on screen."""

PREFERENCE = (
    "Where there are several figures, we use an official document before press, a later version "
    "before a draft, a figure that says what it covers before one that doesn't, NHS and social "
    "care before NHS only, an exact figure before a rounded one; never one of low confidence."
)
NONE_PREFERRED = "Sources don't settle on a figure, so we use none."


@dataclass(frozen=True)
class Stated:
    """One figure that one document states."""

    code: str
    measure: str
    value: float
    value_to: float | None
    """Upper end, when the document gives a range."""
    qualifier: str
    unit: str
    as_of: str
    """When it was said."""
    period: str
    """Financial year that it describes, where that is another than the measure's own."""
    scope: str
    source: str
    confidence: str
    preferred: bool
    note: str
    key: str
    """Id of the first raw row that it rests on: no two figures of one measure share it."""

    def per_head(self, people: float) -> float:
        """Pounds for each of ``people``; for a range, of its lower end."""
        return self.value * 1e6 / people


@cache
def stated(atlas: Atlas, code: str) -> list[Stated]:
    """All figures stated for a footprint: by measure, the preferred one first."""
    rows = atlas.stated[atlas.stated["code"] == code]
    found = rows_as(
        Stated,
        rows.assign(preferred=rows["preferred"] == "yes", key=rows["facts"].str.split().str[0]),
    )
    order = list(atlas.measures["measure"])
    return sorted(found, key=lambda s: (order.index(s.measure), not s.preferred))


@cache
def stating(atlas: Atlas, measure: str) -> list[Stated]:
    """Every figure of ``measure`` that somebody stated, by footprint, the preferred one first."""
    codes = atlas.stated.loc[atlas.stated["measure"] == measure, "code"].unique()
    return [figure for code in sorted(codes) for figure in of_measure(stated(atlas, code), measure)]


@cache
def preferred_gaps(atlas: Atlas) -> dict[str, Stated]:
    """The preferred yearly gap in 2020/21 of each footprint that has one, by code."""
    gaps = atlas.stated[(atlas.stated["measure"] == GAP) & (atlas.stated["preferred"] == "yes")]
    return {
        code: next(s for s in stated(atlas, code) if s.measure == GAP and s.preferred)
        for code in gaps["code"]
    }


def of_measure(figures: list[Stated], measure: str) -> list[Stated]:
    """Those of ``figures`` that state ``measure``, in the same order."""
    return [figure for figure in figures if figure.measure == measure]


def _people(count: float) -> str:
    if count >= 1e6 and (count / 1e4).is_integer():
        return f"{count / 1e6:g} million people"
    return f"{count:,.0f} people"


def _change(per_cent: float) -> str:
    # A sign for a rise too, or a reader takes it for a share.
    return f"{per_cent:+,.10g}%".replace("-", "\u2212")


_IN_UNIT = {"GBP million": wording.pounds, "persons": _people, "per cent": _change}
"""Unit of a stated figure -> how it is written."""


def amount(figure: Stated) -> str:
    """A stated figure as stated: £131.4m, about £1bn, £400m to £500m, 1.8 million people, +22%."""
    return wording.as_stated(_IN_UNIT[figure.unit], figure.value, figure.value_to, figure.qualifier)
