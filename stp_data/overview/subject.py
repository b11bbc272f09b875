"""What a map of the 44 shows: one measure, one theme, or how many themes each plan names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.overview.shading import Shading, naming, shading
from stp_data.places import footprints, measures
from stp_data.priorities import sharing, themes_named
from stp_data.priorities.themes_named import Question

PRIORITIES = "priorities"
"""Stands among the measures for the themes that plans name."""


@dataclass(frozen=True)
class Subject:
    """All that map, hexes and table need, and the words around them."""

    finding: str
    subtitle: str
    explanation: str
    label: str
    """What the figures are called."""
    figures: Mapping[str, float]
    """What a table is sorted by."""
    shading: Shading
    sources: tuple[str, ...]
    """Keys; empty where each figure has documents of its own."""


def subject(
    atlas: Atlas, measure: str, theme: str | None, region: str | None, *, dark: bool
) -> Subject:
    """What is asked for.

    ``measure`` is the key of a mapped one or PRIORITIES; ``theme`` narrows the latter to one
    theme; ``region`` is the key of an NHS region.
    """
    if measure == PRIORITIES:
        where = _region(atlas, region)
        return subject_of(
            atlas, Question((theme,) if theme else (), "all", region=where), dark=dark
        )
    found = measures.values(atlas, measure)
    return Subject(
        finding=measures.headline(atlas, found, _region(atlas, region)),
        subtitle=measures.subtitle(found),
        explanation=found.measure.description,
        label=found.measure.label,
        figures=found.by_code,
        shading=shading(atlas, measure, region, dark),
        sources=found.sources,
    )


def _region(atlas: Atlas, key: str | None) -> str | None:
    return None if key is None else footprints.regions(atlas)[key]


def subject_of(atlas: Atlas, question: Question, *, dark: bool) -> Subject:
    """Who names the themes of a question; without themes, how many were found in each plan."""
    named = themes_named.named(atlas, question.rules)
    if question.themes:
        proofs = themes_named.evidence(atlas, later=True)
        figures = {
            code: sum(
                len(themes_named.counting(proofs.get((code, theme), ()), question.rules))
                for theme in question.themes
            )
            for code in named
        }
        asked = [themes_named.themes(atlas)[theme] for theme in question.themes]
        finding = sharing.sentence(atlas, question)
        explanation = " ".join(theme.description for theme in asked)
        label = wording.listed([theme.label for theme in asked])
    else:
        figures = {code: len(has) for code, has in named.items()}
        finding, explanation, label = (
            sharing.breadth(atlas, question), sharing.HOW_MANY, "Priorities and enablers found",
        )  # fmt: skip
    return Subject(
        finding=finding,
        subtitle=sharing.counted(question.rules),
        explanation=explanation,
        label=label,
        figures=figures,
        shading=naming(atlas, question, dark),
        sources=(),
    )
