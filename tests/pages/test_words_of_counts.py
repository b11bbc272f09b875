"""Every page about themes: counts of naming are lower bounds, and no absence is a finding."""

from __future__ import annotations

from typing import Any

import page_reader as page
from each import EXTREMES, each
from words import faults

THEMES = [row["theme"] for row in page.rows("themes")]
PRIORITIES: list[dict[str, str]] = [
    {},
    *({"theme": theme} for theme in THEMES),
    {"theme": "stroke,cancer"},
    {"theme": "stroke,cancer", "match": "any", "area": "dorset"},
    {"theme": "stroke,cardiovascular,respiratory", "firm": "set-out", "evidence": "two"},
    {"theme": "change_management", "region": "london", "firm": "any"},
    *(
        {"show": show, "firm": firm, "evidence": evidence, "area": "somerset"}
        for show in ("answer", "matrix", "together", "alike", "standing")
        for firm, evidence in (("intended", "any"), ("set-out", "two"), ("any", "official"))
    ),
    {"show": "matrix", "cell": "E54000019:stroke", "order": "alike"},
    {"show": "matrix", "cell": "E54000019:change_management"},
    {"show": "alike"},
]


def said(at: Any) -> str:
    """All that a page says, in what it draws by script too, sentence after sentence."""
    assert page.is_fine(at)
    drawn = [str(e.proto.json) for e in page.elements(at) if e.type == "bidi_component"]
    return ". ".join([*map(page.source_of, page.elements(at)), *drawn])


@each("query", PRIORITIES)
def test_priorities_counts_at_least(query: dict[str, str]):
    assert faults(said(page.page("priorities", **query)), about_themes=True) == []


VIEWS = [
    *(("explore", {"measure": "priorities", "area": "dorset", **more})
      for more in ({}, {"theme": "stroke"}, {"view": "table"}, {"region": "london"})),
    *(("footprint", {"area": name}) for name in EXTREMES),
    *(("compare", {"areas": areas}) for areas in ("somerset,dorset", ",".join(EXTREMES[:5]))),
    *(("relate", {"x": "priorities", "y": "rural_share", "area": area, "areas": area})
      for area in ("dorset", "somerset")),
    ("evidence", {"view": "coverage"}),
    ("evidence", {"view": "coverage", "area": "dorset"}),
    ("evidence", {"view": "conflicts"}),
]  # fmt: skip


@each(("name", "query"), VIEWS)
def test_other_pages_count_at_least(name: str, query: dict[str, str]):
    text = said(page.explore(**query) if name == "explore" else page.page(name, **query))
    assert faults(text) == []
    assert "unusual" not in text
    assert name not in ("explore", "relate") or "at least" in text.lower()
