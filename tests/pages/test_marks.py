"""Every table row with a figure leads to its source: by a mark of its own or a note below."""

from __future__ import annotations

import re
from typing import Any

import page_reader as page
from each import each

MARK = re.compile(r"href=\"?evidence\?source=[a-z0-9-]+")
TABLE = re.compile(
    r"<caption>(.*?)</caption><thead>.*?<tbody>(.*?)</tbody>(.*?)(?=<h3|$)", re.DOTALL
)
"""Caption, rows, and what follows up to the next part, other tables among it."""
ROW = re.compile(r"<tr.*?</tr>", re.DOTALL)
BESIDE = re.compile(r"<table.*?</table>", re.DOTALL)
NOTHING_FOUND = re.compile(r"not found in|no such figure found|sources read")
COUNTED_HERE = {
    "Clinical priorities": 'href="priorities?theme=',
    "Enablers": 'href="priorities?theme=',
    "pairs furthest from chance": 'href="priorities?theme=',
    "Similar plans, by the themes found": 'href="compare?areas=',
    "longest border first": 'href="compare?areas=',
    "England: the figures we use, added up": 'href="finance?view=table"',
}
"""What the atlas counted itself, by words of the caption: the link to what was counted."""
VIEWS: list[tuple[str, dict[str, str]]] = [
    ("explore", {"area": "norfolk-and-waveney"}),
    ("footprint", {"area": "norfolk-and-waveney"}),
    ("compare", {"areas": "norfolk-and-waveney,birmingham-and-solihull,dorset"}),
    ("relate", {"x": "rural_share", "y": "gap_per_head_nhs", "areas": "dorset,devon"}),
    ("priorities", {}),
    ("priorities", {"show": "matrix", "cell": "E54000022:cancer"}),
    ("priorities", {"show": "together"}),
    ("priorities", {"show": "alike", "area": "dorset"}),
    ("organisations", {}),
    ("organisations", {"body": "RW4"}),
    ("organisations", {"show": "several"}),
    ("organisations", {"show": "councils"}),
    ("organisations", {"show": "counts"}),
    ("finance", {"view": "table"}),
    ("finance", {"view": "table", "sort": "size"}),
    ("finance", {"show": "other"}),
    ("finance", {"show": "national"}),
    ("timeline", {}),
    ("timeline", {"show": "plans", "view": "table"}),
    ("timeline", {"show": "waves", "view": "table"}),
    ("timeline", {"show": "became", "view": "table"}),
    ("evidence", {"view": "conflicts", "area": "norfolk-and-waveney"}),
]


@each(("name", "query"), VIEWS)
def test_every_row_with_a_figure_leads_to_its_source(name: str, query: dict[str, Any]):
    at = page.explore(**query) if name == "explore" else page.page(name, **query)
    assert page.is_fine(at)
    rows, bare = 0, []
    for block in (element.proto.body for element in at.get("html")):
        for table in re.finditer(r"<caption>", block):
            found = TABLE.match(block, table.start())
            assert found
            caption, body, rest = found.groups()
            noted = MARK.search(BESIDE.sub("", rest))
            for row in ROW.findall(body):
                rows += 1
                counted = any(
                    words in page.plain(caption) and link in block
                    for words, link in COUNTED_HERE.items()
                )
                if MARK.search(row) or noted or counted or NOTHING_FOUND.search(row):
                    continue
                if re.search(r"\d", page.plain(row)):
                    bare.append(f"{page.plain(caption)[:60]}: {page.plain(row)[:100]}")
    assert rows, "no table was read"
    assert bare == []
