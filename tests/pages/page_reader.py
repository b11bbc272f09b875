"""Opens pages without a browser and reads them: what the page tests share."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "stp_data" / "tables"

SEARCH, MEASURE, REGION, VIEW = "Find a footprint", "Measure", "NHS region", "View"


def rows(table: str) -> list[dict[str, str]]:
    """A table as the csv module reads it: by other means than the product's."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def explore(**query: Any) -> AppTest:
    """The home page at an address."""
    at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def page(name: str, **query: Any) -> AppTest:
    """The page of pages/<name>.py at an address."""
    at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    # Before the first run, so that Explore is not drawn for nothing: addresses are names of files.
    at.switch_page(f"pages/{name}.py")
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def footprint(**query: Any) -> AppTest:
    """The page Footprint at an address."""
    return page("footprint", **query)


def drawn(at: AppTest, kind: str) -> dict[str, Any]:
    """What the component of ours was given to draw: hexes, table, matrix or listing."""
    found = [
        data
        for element in elements(at)
        if element.type == "bidi_component"
        and (data := json.loads(element.proto.json or "null"))
        and data.get("kind") == kind
    ]
    assert len(found) == 1, f"{len(found)} components draw {kind!r}"
    return found[0]


def elements(at: AppTest) -> Iterator[Any]:
    """Everything drawn in the main part, in order."""
    waiting = [at.main]
    while waiting:
        node = waiting.pop(0)
        children = list(getattr(node, "children", {}).values())
        if children:
            waiting = children + waiting
        elif getattr(node, "proto", None) is not None:
            yield node


def widget(at: AppTest, label: str) -> Any:
    """The one widget with this label."""
    found = [e for e in elements(at) if getattr(e.proto, "label", None) == label]
    assert len(found) == 1, f"{len(found)} widgets are labelled {label!r}"
    return found[0]


def search_box(at: AppTest) -> tuple[str, dict[str, Any]]:
    """The search box: its id, and what its script was given to draw."""
    found = [
        (element.proto.id, data)
        for element in elements(at)
        if element.type == "bidi_component"
        and (data := json.loads(element.proto.json or "null"))
        and data.get("label") == SEARCH
    ]
    assert len(found) == 1, f"{len(found)} boxes are labelled {SEARCH!r}"
    return found[0]


def search(at: AppTest, text: str, footprints: list[int] | None = None) -> AppTest:
    """Send what the search box sends: a text, and the footprints of a suggestion chosen.

    AppTest knows no components, so the message of the browser is put together here.
    """
    sent = {"event": "searched", "value": {"text": text, "footprints": footprints or []}}
    states = at._tree.get_widget_states()
    box, _ = search_box(at)
    states.widgets.add(id=_make_trigger_id(box, "events"), json_trigger_value=json.dumps([sent]))
    return at._run(states)


def choose(at: AppTest, label: str, option: str) -> AppTest:
    """Choose, in the widget with this label, the one option whose text ends with ``option``."""
    box = widget(at, label)
    found = [i for i, text in enumerate(box.options) if text.split(": ", 1)[-1] == option]
    found = found or [i for i, text in enumerate(box.options) if text.endswith(option)]
    assert len(found) == 1, f"{len(found)} options of {label!r} are {option!r}: {box.options}"
    if hasattr(box, "select_index"):
        return box.select_index(found[0]).run()
    return box.select(box.options[found[0]]).run()


def address(at: AppTest) -> dict[str, str]:
    """The query string as a dictionary; a repeated parameter fails."""
    found = {}
    for name, value in dict(at.query_params).items():
        values = value if isinstance(value, list) else [value]
        assert len(values) == 1, f"{name} stands in the address {len(values)} times"
        found[name] = values[0]
    return found


def source_of(element: Any) -> str:
    """What an element was given to draw: HTML, Markdown or a label."""
    for field in ("body", "label", "text"):
        if text := getattr(element.proto, field, ""):
            return str(text)
    return ""


def plain(source: str) -> str:
    """HTML or Markdown as a reader sees it: without tags, stars and doubled spaces."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", source)).replace("**", "")
    return re.sub(r"\s+", " ", text).strip()


def text_of(at: AppTest) -> str:
    """All text of the page."""
    return " \n ".join(plain(source_of(element)) for element in elements(at))


def sections(at: AppTest) -> dict[str, list[str]]:
    """Under each heading of the page, what was drawn there; under "" what comes before."""
    found: dict[str, list[str]] = {"": []}
    under = ""
    for element in elements(at):
        if element.type in ("header", "subheader"):
            under = element.value
            found[under] = []
        elif source := source_of(element):
            found[under].append(source)
    return found


def notices(at: AppTest) -> list[str]:
    """The sentences that tell a reader what could not be followed."""
    return [element.value for element in at.info]


def headline(at: AppTest) -> str:
    """The finding above the map."""
    assert len(at.header) == 1, [element.value for element in at.header]
    return str(at.header[0].value)


def chosen(at: AppTest) -> str | None:
    """Name of the footprint that the panel on the home page is about."""
    heads = [
        plain(found[1])
        for element in elements(at)
        if (found := re.search(r"<h2[^>]*>(.*?)</h2>", source_of(element)))
    ]
    assert len(heads) <= 1, heads
    return heads[0] if heads else None


def is_fine(at: AppTest) -> bool:
    """Whether the page ran to its end: no exception, no error box, and the footer is there."""
    assert [e.message for e in at.exception] == []
    assert [e.value for e in at.error] == []
    assert "not an NHS service" in text_of(at), "the page ends before its footer"
    return True


LINK = re.compile(r'<a href="footprint\?area=([a-z0-9-]+)" target="_self">([^<]+)</a>')


def page_links(at: AppTest) -> dict[str, str]:
    """Links to footprints' pages, in every piece of HTML of the page: text -> slug."""
    bodies = [element.proto.body for element in at.get("html")]
    return {html.unescape(text): slug for body in bodies for slug, text in LINK.findall(body)}
