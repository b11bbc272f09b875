"""Whatever an address says: a page, sentences that do not repeat it, and soon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from anything import MARK, VALUE, WORD, same_each_run, within
from each import each
from hypothesis import given
from hypothesis import strategies as st
from page_reader import elements, explore, is_fine, page, source_of

import stp_data
from stp_data.core.filters import lenient
from stp_data.organisations import organisations
from stp_data.priorities.themes_named import question, themes
from stp_data.search import find
from ui.data import parts as data_parts
from ui.evidence import filters as evidence_filters
from ui.finance import filters as finance_filters
from ui.map import filters as explore_filters
from ui.organisations import filters as organisations_filters
from ui.parts import address
from ui.priorities import filters as priorities_filters
from ui.relate import filters as relate_filters
from ui.timeline import filters as timeline_filters

ROOT = Path(__file__).resolve().parents[2]
NAMES = [
    "area", "areas", "measure", "theme", "view", "region", "cell", "show", "match", "evidence",
    "years", "order", "pairs", "q", "type", "body", "page", "embed", "embed_options", "",
    "scope", "sort", "unit", "figure", "kind", "who", "from", "to", "mark", "verdict", "topic",
    "document", "claim", "conflict", "source", "x", "y", "section", "table",
]  # fmt: skip
QUERY = st.dictionaries(st.sampled_from(NAMES), VALUE, max_size=8)
READERS = {
    "explore": explore_filters.read,
    "footprint": address.read_place,
    "compare": address.read_areas,
    "relate": relate_filters.read,
    "priorities": priorities_filters.read,
    "organisations": organisations_filters.read,
    "finance": finance_filters.read,
    "timeline": timeline_filters.read,
    "evidence": evidence_filters.read,
    "data": lambda params, atlas: lenient(atlas, (data_parts.SHOW, data_parts.TABLE), params),
}
"""What reads the address of each page."""


def test_every_page_is_here():
    assert set(READERS) == {file.stem for file in (ROOT / "pages").glob("[a-z]*.py")}


def _notices(found: Any) -> tuple[str, ...]:
    """The sentences for the reader: an attribute, or the last of several."""
    return found[-1] if isinstance(found, tuple) else found.notices


@each("name", READERS)
@same_each_run(80)
@given(query=QUERY)
def test_any_address_is_read(atlas: stp_data.Atlas, name: str, query: dict[str, str]):
    with within(2):
        found = READERS[name](query, atlas)
    notices = _notices(found)
    for notice in notices:
        assert MARK not in notice
        assert len(notice) < 200
        assert notice.endswith((".", "?"))
    assert len(notices) <= len(query) * 3


@same_each_run(80)
@given(query=QUERY)
def test_what_is_read_is_something_that_exists(atlas: stp_data.Atlas, query: dict[str, str]):
    choice, _ = explore_filters.read(query, atlas)
    assert explore_filters.VIEW.word(choice) in explore_filters.VIEWS
    codes, _ = address.read_areas(query, atlas)
    assert len(set(codes)) == len(codes) <= 5
    wanted, _ = priorities_filters.read(query, atlas)
    for one in priorities_filters.FILTERS:
        words = one.words(atlas)
        assert words is None or wanted.get(one.name, words[0]) in words
    assert set(question(atlas, wanted).themes) <= set(themes(atlas))
    view = organisations_filters.read(query, atlas)
    assert 1 <= view.page <= organisations_filters.pages_of(view.found)


@same_each_run(150)
@given(text=st.one_of(VALUE, WORD))
def test_any_search_is_answered(atlas: stp_data.Atlas, text: str):
    with within(1):
        answer = find.search(atlas, text)
    assert len(answer.matches) <= find.MOST
    assert MARK not in answer.note
    for match in answer.matches:
        assert match.footprint.code in set(atlas.footprints["code"])
        assert MARK not in match.why
        assert 0 <= match.score <= 100


@same_each_run(60)
@given(text=st.one_of(VALUE, WORD))
def test_any_search_for_an_organisation_is_answered(atlas: stp_data.Atlas, text: str):
    typed = text[: organisations.SEARCH.longest].strip()
    query = {"q": typed} if typed else {}
    with within(1):
        found = organisations.find(atlas, query)
        organisations.sentence(atlas, query, found)
    assert len(found.organisations) <= len(organisations.organisations(atlas))


@each("name", READERS)
@same_each_run(3)
@given(query=st.dictionaries(st.sampled_from(NAMES[:-1]), VALUE, min_size=3, max_size=8))
def test_any_address_draws_a_whole_page_and_none_of_its_markup(name: str, query: dict[str, str]):
    at = explore(**query) if name == "explore" else page(name, **query)
    is_fine(at)
    for element in elements(at):
        # A text box holds what was typed, as text; everything else was drawn by us.
        if element.type in ("html", "markdown", "info", "caption", "header"):
            assert MARK not in source_of(element), element.type
