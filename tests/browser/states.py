"""Every page of the dashboard in every view: its path and its query."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.reader import Reader

LONGEST = "durham-darlington-teesside-hambleton-richmondshire-and-whitby"
GAP = "F0006"
STATES: dict[str, tuple[str, dict[str, str]]] = {
    "map": ("/", {"area": "dorset"}),
    "hexes": ("/", {"view": "hexes", "area": LONGEST}),
    "table": ("/", {"view": "table", "measure": "gap_per_head_nhs", "region": "london"}),
    "table with gaps and a notice": (
        "/",
        {"view": "table", "area": "dorset", "measure": "gap_per_head_nhs", "region": "x"},
    ),
    "theme on hexes": ("/", {"view": "hexes", "measure": "priorities", "theme": "stroke"}),
    "hexes in a frame": ("/", {"view": "hexes", "embed": "true"}),
    "who names": ("/priorities", {"theme": "stroke,cancer", "view": "hexes"}),
    "matrix": ("/priorities", {"show": "matrix", "cell": "E54000019:stroke"}),
    "pairs": ("/priorities", {"show": "together"}),
    "alike": ("/priorities", {"show": "alike", "area": "dorset"}),
    "standing": ("/priorities", {"show": "standing"}),
    "footprint": ("/footprint", {"area": LONGEST}),
    "chooser": ("/footprint", {}),
    "compared": ("/compare", {"areas": f"{LONGEST},south-yorkshire-and-bassetlaw,dorset"}),
    "nothing compared": ("/compare", {}),
    "related": ("/relate", {"area": "dorset", "areas": f"{LONGEST},devon"}),
    "nothing to relate": ("/relate", {"x": "gap_per_head_nhs", "y": "gap_per_head_nhs_care"}),
    "bodies": ("/organisations", {}),
    "in several footprints": ("/organisations", {"show": "several"}),
    "councils": ("/organisations", {"show": "councils"}),
    "counts": ("/organisations", {"show": "counts"}),
    "one body": ("/organisations", {"body": "RYA"}),
    "no body": ("/organisations", {"q": "xyzzyq", "type": "nonsense"}),
    "gaps": ("/finance", {}),
    "one gap": ("/finance", {"figure": GAP, "unit": "head", "sort": "size"}),
    "table of gaps": ("/finance", {"view": "table", "scope": "nhs-care"}),
    "hexes of gaps": ("/finance", {"view": "hexes", "scope": "not-stated"}),
    "no such gap": ("/finance", {"scope": "nonsense", "figure": "nonsense"}),
    "other money": ("/finance", {"show": "other"}),
    "national frame": ("/finance", {"show": "national"}),
    "events": ("/timeline", {}),
    "one event": ("/timeline", {"mark": "1"}),
    "no such event": ("/timeline", {"who": "nonsense"}),
    "plans": ("/timeline", {"show": "plans"}),
    "one plan": ("/timeline", {"show": "plans", "mark": "E54000017:2016-10-24:by_council"}),
    "table of plans": ("/timeline", {"show": "plans", "view": "table"}),
    "waves": ("/timeline", {"show": "waves", "mark": "2017-06:E54000014"}),
    "44 to 42": ("/timeline", {"show": "became"}),
    "claims": ("/evidence", {}),
    "conflicts": ("/evidence", {"view": "conflicts"}),
    "counts by others": ("/evidence", {"view": "others"}),
    "one conflict": ("/evidence", {"conflict": "stated:E54000008:finance_gap_2020_21"}),
    "coverage": ("/evidence", {"view": "coverage", "area": "dorset"}),
    "sources": ("/evidence", {"view": "sources"}),
    "one source": ("/evidence", {"source": "hsj-2016-03-1"}),
    "exclusions": ("/evidence", {"view": "exclusions"}),
    "corrections": ("/evidence", {"view": "corrections"}),
    "downloads": ("/data", {}),
    "dictionary": ("/data", {"show": "dictionary", "table": "stated"}),
    "methods": ("/data", {"show": "methods"}),
    "licences": ("/data", {"show": "licences"}),
    "corrections of the data": ("/data", {"show": "corrections"}),
    "accessibility": ("/data", {"show": "accessibility"}),
    "about": ("/data", {"show": "about"}),
    "new here": ("/data", {"show": "new-here"}),
    "glossary": ("/data", {"show": "glossary"}),
}
AT_EACH_CHANGE = (
    "hexes", "table with gaps and a notice", "hexes in a frame",
    "who names", "matrix", "footprint", "chooser", "compared", "related",
    "bodies", "counts", "gaps", "national frame", "events", "one plan", "44 to 42",
    "claims", "one conflict", "coverage", "one source", "dictionary",
)  # fmt: skip
"""Of each page, those most likely to break; test_using_the_map.py looks at the map."""
IN_THE_DARK = ("hexes", "matrix", "compared")
NO_BRIEFING = "/briefing/dorsett"
PLAIN = (
    f"/briefing/{LONGEST}", "/briefing/staffordshire", "/briefing/", NO_BRIEFING,
    "/theme/", "/theme/stroke",
    "/download/", "/api/",
)  # fmt: skip
"""Pages without scripts."""


def show(reader: Reader, state: str) -> None:
    """Open a page in a view, and wait until what it shows is there."""
    path, query = STATES[state]
    if "embed" in query:
        reader.page.goto(f"{reader.server}{path}?view=hexes&embed=true")
        reader.cells.first.wait_for()
        return
    reader.open(path, **query)
    main = reader.page.get_by_test_id("stMain")
    if query.get("view") == "hexes":
        reader.cells.first.wait_for()
    elif state == "map":
        reader.canvas.wait_for()
    elif path in ("/data", "/organisations"):
        expect(main.get_by_role("heading", level=2).first).to_be_visible()
    elif state not in ("chooser", "nothing compared", "nothing to relate"):
        drawn = main.locator(
            "table, article, dl, svg.chart, .js-plotly-plot .main-svg, .stp-prose, ul.stp-findings"
        )
        expect(drawn.first).to_be_attached()
