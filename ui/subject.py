"""What the map of Explore shows: one measure, one theme, or how many themes each plan names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data import footprints, measures, priorities, sharing, wording
from stp_data.atlas import Atlas
from stp_data.priorities import Question
from ui import html
from ui.address import PRIORITIES, Choice
from ui.shading import Shading, naming, shading


@dataclass(frozen=True)
class Subject:
    """All that map, hexes and table need, and the words around them."""

    finding: str
    subtitle: str
    explanation: str
    """Opens beside the subtitle."""
    label: str
    """Head of the table's column."""
    figures: Mapping[str, float]
    """What the table is sorted by."""
    shading: Shading
    source: str
    """HTML."""
    file: str
    """Address of the CSV of what is shown."""


def subject(atlas: Atlas, choice: Choice, dark: bool) -> Subject:
    """What a choice asks to see."""
    region = None if choice.region is None else footprints.regions(atlas)[choice.region]
    if choice.measure == PRIORITIES:
        return _themes(atlas, choice, region, dark)
    found = measures.values(atlas, choice.measure)
    return Subject(
        finding=wording.headline(atlas, found, region),
        subtitle=wording.subtitle(found),
        explanation=found.measure.description,
        label=found.measure.label,
        figures=found.by_code,
        shading=shading(atlas, choice.measure, choice.region, dark),
        source=f"Source: {html.cite_few(atlas, found.sources)}."
        + html.checked(atlas, f"measure:{choice.measure}", measures.ENGLAND),
        file=f"view.csv?measure={choice.measure}{_region(choice)}",
    )


def _region(choice: Choice) -> str:
    return "" if choice.region is None else f"&region={choice.region}"


def _themes(atlas: Atlas, choice: Choice, region: str | None, dark: bool) -> Subject:
    question = Question((choice.theme,) if choice.theme else (), "all", region=region)
    named = priorities.named(atlas, question.rules)
    if choice.theme:
        theme = priorities.themes(atlas)[choice.theme]
        proofs = priorities.evidence(atlas, later=False)
        figures = {code: len(proofs.get((code, choice.theme), ())) for code in named}
        finding, explanation, label = (
            sharing.sentence(atlas, question), theme.description, theme.label,
        )  # fmt: skip
        file = f"shared.csv?theme={choice.theme}{_region(choice)}"
    else:
        figures = {code: len(has) for code, has in named.items()}
        finding, explanation, label = (
            sharing.longest(atlas, question), sharing.HOW_MANY, "Priorities and enablers found",
        )  # fmt: skip
        file = "matrix.csv"
    listed = f"priorities?theme={choice.theme or ''}{_region(choice)}"
    return Subject(
        finding=finding,
        subtitle=sharing.counted(question.rules),
        explanation=explanation,
        label=label,
        figures=figures,
        shading=naming(atlas, question, dark),
        source=f'Each source is on the <a href="{listed}" target="_self">Priorities page</a>.',
        file=file,
    )
