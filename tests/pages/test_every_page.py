"""Every page in its main views runs to its end: the quick look before each commit."""

from __future__ import annotations

import page_reader as page
from each import each

ADDRESSES = [
    ("explore", {"view": "hexes", "area": "dorset"}),
    ("explore", {"view": "table", "measure": "gap_per_head_nhs"}),
    ("explore", {"measure": "priorities", "theme": "stroke"}),
    ("priorities", {"theme": "stroke,cancer"}),
    ("priorities", {"show": "matrix", "cell": "E54000019:stroke"}),
    ("priorities", {"show": "together"}),
    ("priorities", {"show": "alike", "area": "dorset"}),
    ("priorities", {"show": "standing"}),
    ("footprint", {"area": "norfolk-and-waveney"}),
    ("footprint", {}),
    ("compare", {"areas": "dorset,devon,somerset"}),
    ("relate", {}),
    ("relate", {"x": "priorities", "y": "rural_share", "area": "dorset", "areas": "devon,dorset"}),
    ("organisations", {"q": "ambulance"}),
    ("organisations", {"show": "councils"}),
    ("finance", {}),
    ("finance", {"show": "other"}),
    ("finance", {"show": "national"}),
    ("timeline", {}),
    ("timeline", {"show": "plans"}),
    ("timeline", {"show": "waves"}),
    ("timeline", {"show": "became"}),
    ("evidence", {}),
    ("evidence", {"view": "conflicts"}),
    ("evidence", {"view": "coverage"}),
    ("evidence", {"view": "sources"}),
    ("data", {}),
    ("data", {"show": "dictionary"}),
    ("data", {"show": "methods"}),
]


@each("name, query", ADDRESSES)
def test_page_runs_to_its_end_and_understands_its_address(name: str, query: dict[str, str]):
    at = page.page(name, **query)
    assert page.is_fine(at)
    assert page.notices(at) == []
    assert len(page.text_of(at)) > 500
