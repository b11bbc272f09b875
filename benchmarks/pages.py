"""Time of warm runs of every page, one reader."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from benchmarks.session import Session

WARM_UP, RUNS = 10, 30

# A name, a page, and the query strings that are run in turn.
VIEWS: list[tuple[str, str, list[str]]] = [
    ("Explore, nothing chosen", "", [""]),
    (
        "Explore, measures in turn",
        "",
        ["measure=population", "measure=rural_share", "measure=imd_2015_score"],
    ),
    (
        "Explore, footprints in turn",
        "",
        ["area=dorset", "area=staffordshire", "area=kent-and-medway"],
    ),
    ("Explore, hexes", "", ["view=hexes&area=dorset"]),
    ("Explore, table", "", ["view=table&area=dorset"]),
    (
        "Explore, themes in turn",
        "",
        [f"measure=priorities&theme={key}" for key in ("stroke", "cancer", "digital")],
    ),
    (
        "Priorities, themes in turn",
        "priorities",
        [f"theme={keys}" for keys in ("stroke", "cancer,stroke", "prevention,digital")],
    ),
    ("Priorities, matrix", "priorities", ["show=matrix"]),
    ("Priorities, pairs", "priorities", ["show=together"]),
    ("Priorities, most alike", "priorities", ["show=alike&area=dorset", "show=alike&area=devon"]),
    ("Priorities, key findings", "priorities", ["show=standing"]),
    ("Footprint, three in turn", "footprint", ["area=dorset", "area=devon", "area=somerset"]),
    (
        "Compare, five in turn",
        "compare",
        [
            "areas=dorset,devon,somerset,gloucestershire,greater-manchester",
            "areas=lincolnshire,staffordshire,derbyshire,nottinghamshire,dorset",
        ],
    ),
    (
        "Relate, measures in turn",
        "relate",
        ["", "x=rural_share", "x=rural_share&y=priorities&area=dorset&areas=devon,dorset"],
    ),
    ("Organisations, searches in turn", "organisations", ["q=hospital", "q=dorset", "type=ccg"]),
    ("Organisations, split councils", "organisations", ["show=councils"]),
    ("Finance, as it opens", "finance", [""]),
    ("Finance, regions in turn", "finance", ["region=london", "region=south-of-england"]),
    ("Finance, table", "finance", ["view=table"]),
    ("Finance, national", "finance", ["show=national"]),
    ("Timeline, as it opens", "timeline", [""]),
    ("Timeline, plans", "timeline", ["show=plans"]),
    ("Timeline, 44 to 42", "timeline", ["show=became"]),
    ("Evidence, claims", "evidence", [""]),
    ("Evidence, conflicts", "evidence", ["view=conflicts"]),
    ("Evidence, coverage", "evidence", ["view=coverage"]),
    ("Evidence, sources", "evidence", ["view=sources", "view=sources&page=2"]),
    ("Data, downloads", "data", [""]),
    ("Data, methods", "data", ["show=methods"]),
]


@dataclass(frozen=True)
class Warm:
    """Warm runs of one view: the whole page."""

    name: str
    milliseconds: float
    """Median."""
    size: int
    """Bytes of the largest answer."""


def warm(port: int, name: str, page: str, queries: list[str]) -> Warm:
    """Run a view until it is warm, then measure."""
    with Session(port) as session:
        for number in range(WARM_UP):
            session.run(queries[number % len(queries)], page)
        runs = [session.run(queries[number % len(queries)], page) for number in range(RUNS)]
    seconds = statistics.median(seconds for seconds, _ in runs)
    return Warm(name, 1000 * seconds, max(size for _, size in runs))
