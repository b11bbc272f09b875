"""What a map of the 44 shows: one measure, one theme, or how many themes each plan names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice, Query
from stp_data.overview.shading import Shading, naming, shading
from stp_data.places import filters, measures
from stp_data.places.filters import REGION
from stp_data.priorities import sharing, themes_named
from stp_data.priorities.themes_named import Question

PRIORITIES = "priorities"
"""Stands among the measures for the themes that plans name."""
PRIORITIES_LABEL = "Priorities and enablers found"


def _measures(atlas: Atlas) -> dict[str, str]:
    known = measures.mapped(atlas)
    return {key: one.label for key, one in known.items()} | {PRIORITIES: PRIORITIES_LABEL}


MEASURE = Choice("measure", "measure", _measures, default=measures.DEFAULT)
THEME = Choice("theme", "theme", themes_named.themes, instead="all themes")
FILTERS = (MEASURE, THEME, REGION)
"""What may be asked of a map."""


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


def subject(atlas: Atlas, query: Query, *, dark: bool = False) -> Subject:
    """What a query that FILTERS have checked asks; a theme counts with PRIORITIES only."""
    region = filters.region(atlas, query)
    measure = MEASURE.word(query)
    if measure == PRIORITIES:
        asked = (query["theme"],) if "theme" in query else ()
        return subject_of(atlas, Question(asked, region=region), dark=dark)
    found = measures.values(atlas, measure)
    return Subject(
        finding=measures.headline(atlas, found, region),
        subtitle=measures.subtitle(found),
        explanation=found.measure.description,
        label=found.measure.label,
        figures=found.by_code,
        shading=shading(atlas, measure, query.get("region"), dark),
        sources=found.sources,
    )


def subject_of(atlas: Atlas, question: Question, *, dark: bool = False) -> Subject:
    """Who names the themes of a question; without themes, how many were found in each plan."""
    rules, named = question.rules, themes_named.named(atlas, question.rules)
    if question.themes:
        asked = [themes_named.themes(atlas)[theme] for theme in question.themes]
        finding = sharing.sentence(atlas, question)
        explanation = " ".join(theme.description for theme in asked)
        label = wording.listed([theme.label for theme in asked])
        figures = {
            code: sum(
                len(themes_named.counting_for(atlas, code, theme, rules))
                for theme in question.themes
            )
            for code in named
        }
    else:
        finding, label = sharing.breadth(atlas, question), PRIORITIES_LABEL
        explanation = (
            "Themes that at least one source shows the plan to name. What was not read cannot be "
            "found: see how many documents were read."
        )
        figures = {code: len(has) for code, has in named.items()}
    return Subject(
        finding=finding,
        subtitle=sharing.counted(rules),
        explanation=explanation,
        label=label,
        figures=figures,
        shading=naming(atlas, question, dark),
        sources=(),
    )
