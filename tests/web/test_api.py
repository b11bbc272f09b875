"""The JSON of /api/v1/ against the tables, its description, and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any
from urllib.parse import quote

import openapi_spec_validator
import pytest
from each import each
from jsonschema import Draft202012Validator
from plain_http import Answer, ask
from raw import CODES, COUNCILS_AND_NHS, FOOTPRINTS, SOURCES, rows

MEASURES = {row["measure"]: row for row in rows("measures")}
THEMES = [row["theme"] for row in rows("themes")]
MEASURED = {(row["measure"], row["code"]): row for row in rows("measured")}
READ: dict[str, int] = {}
for reading in rows("readings"):
    READ[reading["code"]] = READ.get(reading["code"], 0) + 1


def get(server: str, path: str) -> Any:
    answer = ask(server, f"/api/v1/{path}")
    assert (answer.status, answer.media_type) == (200, "application/json"), answer.text
    return json.loads(answer.text)


@pytest.fixture(scope="module")
def described(server: str) -> dict[str, Any]:
    return get(server, "openapi.json")


def fits(described: dict[str, Any], schema: str, content: Any) -> None:
    whole = {"$ref": f"#/components/schemas/{schema}", "components": described["components"]}
    errors = [error.message for error in Draft202012Validator(whole).iter_errors(content)]
    assert errors == []


def is_source(found: dict[str, Any], key: str) -> None:
    row = SOURCES[key]
    assert found["key"] == key
    for field in ("title", "publisher", "publisher_type"):
        assert found[field] == row[field]
    for field in ("url", "date", "via"):
        assert found[field] == (row[field] or None)
    assert found["official"] == (row["publisher_type"] in COUNCILS_AND_NHS)


def is_measured(found: dict[str, Any], measure: str, code: str) -> None:
    row = MEASURED[measure, code]
    assert found["value"] == float(row["value"])
    assert found["unit"] == MEASURES[measure]["unit"]
    assert found["as_of"] == row["as_of"]
    assert found["scope"] is None
    is_source(found["source"], row["source"])


# The description


def test_description_is_valid_openapi_3_1(described: dict[str, Any]):
    assert described["openapi"].startswith("3.1")
    openapi_spec_validator.validate(described)


def test_every_address_described_answers_and_is_on_the_page_for_people(
    server: str, described: dict[str, Any]
):
    page = ask(server, "/api/")
    assert (page.status, page.media_type) == (200, "text/html")
    assert "<script" not in page.text
    assert "src=" not in page.text
    for path, methods in described["paths"].items():
        assert f"GET {path}" in page.text
        for parameter in methods["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page.text
    examples = re.findall(r'Example: <a href="\.\.([^"]+)"', page.text)
    assert len(examples) == len(described["paths"])
    for example in examples:
        assert ask(server, example.replace("&amp;", "&")).status == 200, example


# Footprints


def test_list_has_the_44_with_people_and_area_of_the_tables(server: str, described: dict[str, Any]):
    found = get(server, "footprints")
    fits(described, "Footprints", found)
    assert [place["code"] for place in found["footprints"]] == CODES
    assert found["count"] == len(CODES)
    for place in found["footprints"]:
        row = FOOTPRINTS[place["code"]]
        for field in ("slug", "name", "nhs_region"):
            assert place[field] == row[field]
        assert place["area"]["value"] == float(row["area_km2"])
        assert place["hex"] == {"q": int(row["hex_q"]), "r": int(row["hex_r"])}
        is_measured(place["people"], "population", place["code"])
        assert place["sources_read"] == READ[place["code"]]


@each("code", CODES)
def test_footprint_has_what_every_table_says_of_it(
    server: str, described: dict[str, Any], code: str
):
    found = get(server, f"footprints/{code}")
    fits(described, "Footprint", found)
    assert found == get(server, f"footprints/{FOOTPRINTS[code]['slug']}")

    measured = {item["measure"]: item for item in found["measures"] if item["kind"] == "measured"}
    assert set(measured) == {m for m, row in MEASURES.items() if row["kind"] == "measured"}
    for key, item in measured.items():
        is_measured(item, key, code)
        assert item["england"] == float(MEASURED[key, "ENG"]["value"])
        higher = [c for c in CODES if float(MEASURED[key, c]["value"]) > item["value"]]
        assert item["rank"] == 1 + len(higher)

    named = [{**item, "theme": item["key"], **proof} for item in found["priorities"]
             for proof in item["evidence"]]  # fmt: skip
    seats = [
        {"org": item["id"], **proof} for item in found["members"] for proof in item["evidence"]
    ]
    for table, given, columns in (
        ("stated", found["stated"], "measure value value_to scope as_of confidence preferred note"),
        ("priorities", named, "theme how as_of confidence note"),
        ("memberships", seats, "org as_of note"),
        ("leads", found["leads"], "name title role organisation from to as_of confidence note"),
        ("proposals", found["proposals"], "summary service as_of confidence note"),
        ("plan_sums", found["capital_and_savings"],
         "kind summary:purpose value:amount value_to:amount_to as_of confidence note"),
        ("ratings", [found["rating"]] * bool(found["rating"]), "rating as_of confidence note"),
        ("events", found["events"], "date kind summary confidence note"),
        ("statements", found["statements"], "topic summary as_of confidence note"),
        ("plan_names", found["plan"]["names"], "name kind as_of note"),
        ("publications", found["plan"]["publications"], "published version how published_by note"),
        ("successors", found["successors"], "successor:code successor_name:name population_share"),
        ("neighbours", found["neighbours"], "neighbour:code"),
        ("places", found["councils"], "lad:code lad_name:name share:share_of_council"),
    ):  # fmt: skip
        same(table, code, given, columns.split())
    for item in found["stated"]:
        is_source(item["source"], item["source"]["key"])
    assert {c["people"]["value"] for c in found["councils"]} == {
        int(row["population"]) for row in rows("places") if row["code"] == code
    }
    for conflict in found["conflicts"]:
        assert conflict["links"]["page"] == f"/evidence?conflict={conflict['key']}"
    differ = {c["about"] for c in found["conflicts"] if c["kind"] == "title"}
    titles = {name["name"] for name in found["plan"]["names"] if name["kind"] == "plan"}
    assert bool(differ) == (len(titles) > 1)
    (plan,) = (row for row in rows("plans") if row["code"] == code)
    assert found["plan"]["title"] == (plan["plan_name"] or None)
    assert found["plan"]["published"] == (plan["published"] or None)
    missing = {gap["what"] for gap in found["not_found"]}
    assert ("title of the plan" in missing) == (plan["plan_name"] == "")
    assert ("date of publication" in missing) == (plan["published"] == "")
    assert ("proposals" in missing) == (found["proposals"] == [])
    status = f"not found in the {READ[code]} documents read"
    assert all(gap["status"] == status for gap in found["not_found"])


def same(table: str, code: str, given: list[dict[str, Any]], columns: list[str]) -> None:
    """Answers have the rows of a footprint, with the same in these columns and the same sources.

    A column that has another name in the answer is written ``column:name``.
    """
    pairs = [(column.partition(":")[0], column.rpartition(":")[2]) for column in columns]

    def text(value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else ""
        try:
            return str(float(value))
        except (TypeError, ValueError):
            return value or ""

    def cited(item: dict[str, Any]) -> list[str]:
        if "sources" in item:
            return [source["key"] for source in item["sources"]]
        return [item["source"]["key"]] if "source" in item else []

    expected = [row for row in rows(table) if row["code"] == code]
    assert sorted([*(text(item[name]) for _, name in pairs), *cited(item)] for item in given) == (
        sorted(
            [*(text(row[column]) for column, _ in pairs),
             *f"{row.get('source', '')} {row.get('also', '')}".split()]
            for row in expected
        )
    ), table  # fmt: skip


def test_every_figure_anywhere_has_its_date_scope_and_source(server: str):
    def walk(content: Any) -> int:
        if isinstance(content, list):
            return sum(map(walk, content))
        if not isinstance(content, dict):
            return 0
        if "value" in content:
            assert {"unit", "as_of", "scope", "source"} <= set(content)
            assert content["source"]["title"]
            assert content["source"]["publisher"]
            assert "url" in content["source"]
        return ("value" in content) + sum(map(walk, content.values()))

    assert walk(get(server, "footprints")) == 2 * len(CODES)
    assert all(walk(get(server, f"footprints/{code}")) > 20 for code in CODES)


# Measures


def test_measures_are_those_of_the_table(server: str, described: dict[str, Any]):
    found = get(server, "measures")
    fits(described, "Measures", found)
    assert [item["key"] for item in found["measures"]] == list(MEASURES)
    for item in found["measures"]:
        row = MEASURES[item["key"]]
        for field in ("label", "aim", "kind", "unit", "direction", "description", "method"):
            assert item[field] == row[field]


@each("measure", MEASURES)
def test_measure_has_the_figures_of_the_table_and_says_who_has_none(
    server: str, described: dict[str, Any], measure: str
):
    found = get(server, f"measures/{measure}")
    fits(described, "MeasureFigures", found)
    assert found["count"] == len(found["figures"])
    with_figure = [item["code"] for item in found["figures"]]
    assert {place["code"] for place in found["without"]} == set(CODES) - set(with_figure)
    for place in found["without"]:
        assert f"not found in the {READ[place['code']]} documents read" in place["status"]
    kind = MEASURES[measure]["kind"]
    if kind == "measured":
        assert with_figure == CODES
        assert found["england"] == float(MEASURED[measure, "ENG"]["value"])
        for item in found["figures"]:
            is_measured(item, measure, item["code"])
        return
    assert found["england"] is None
    scope = {"gap_per_head_nhs_care": "NHS and social care", "gap_per_head_nhs": "NHS"}.get(
        measure, "not stated"
    )
    wanted = (measure,) if kind == "stated" else ("finance_gap_2020_21", "yes", scope)
    expected = [
        (row["code"], value, row["scope"], row["as_of"] or None, row["source"])
        for row in rows("stated")
        if (row["measure"], row["preferred"], row["scope"])[: len(wanted)] == wanted
        for people in [float(MEASURED["population", row["code"]]["value"])]
        for value in [float(row["value"]) * (1 if kind == "stated" else 1e6 / people)]
    ]
    given = [
        (item["code"], item["value"], item["scope"], item["as_of"], item["source"]["key"])
        for item in found["figures"]
    ]

    def rounded(rows: list[tuple[Any, ...]]) -> list[str]:
        return sorted(str((code, round(float(value), 2), *rest)) for code, value, *rest in rows)

    assert rounded(given) == rounded(expected)


# Priorities


SET_OUT = {"priority", "workstream", "programme"}
INTENDED = SET_OUT | {"aim", "proposal"}


def naming(
    theme: str, ways: Collection[str] = INTENDED, *, official=False, several=False, later=False
) -> set[str]:
    """Codes whose plans name the theme, counted from the raw table."""
    found: dict[str, list[str]] = {}
    for row in rows("priorities"):
        read_in = SOURCES[row["source"]]
        is_later = row["later"] == "yes" or (row["as_of"] or read_in["date"]) >= "2018"
        if row["theme"] != theme or (is_later and not later) or row["how"] not in ways:
            continue
        found.setdefault(row["code"], []).append(read_in["publisher_type"])
    return {
        code
        for code, kinds in found.items()
        if (not official or set(kinds) & set(COUNCILS_AND_NHS)) and (not several or len(kinds) > 1)
    }


@each(
    ("query", "expected"),
    [
        ("theme=stroke,cancer", naming("stroke") & naming("cancer")),
        ("theme=stroke,cancer&match=any", naming("stroke") | naming("cancer")),
        ("theme=stroke&evidence=official", naming("stroke", official=True)),
        ("theme=maternity&evidence=two", naming("maternity", several=True)),
        ("theme=primary_care&years=all", naming("primary_care", later=True)),
        ("theme=stroke&firm=set-out", naming("stroke", SET_OUT)),
        ("theme=stroke&firm=any", naming("stroke", INTENDED | {"mention"})),
        (
            "theme=cancer&region=london",
            {c for c in naming("cancer") if FOOTPRINTS[c]["nhs_region"] == "London"},
        ),
    ],
)
def test_priorities_are_counted_as_in_the_table(
    server: str, described: dict[str, Any], query: str, expected: set[str]
):
    found = get(server, f"priorities?{query}")
    fits(described, "Priorities", found)
    assert {place["code"] for place in found["found"]} == expected
    assert found["count"] == len(expected) > 0
    whole = f"All {found['of']} plans"
    bound = whole if len(expected) == found["of"] else f"At least {len(expected)} of {found['of']}"
    assert found["sentence"].startswith(bound)
    asked = found["found"] + found["not_found"]
    assert found["of"] == len({place["code"] for place in asked})
    for place in asked:
        statuses = {theme["status"] for theme in place["themes"]}
        assert place["code"] in expected or statuses - {"named"}
        for theme in place["themes"]:
            counts = [proof for proof in theme["evidence"] if proof["counts"]]
            assert bool(counts) == (theme["status"] == "named")


def test_every_source_for_a_theme_is_given_and_says_how(server: str):
    found = get(server, "priorities?theme=stroke&evidence=official&firm=set-out")
    given = {
        (place["code"], proof["source"]["key"]): proof
        for place in found["found"] + found["not_found"]
        for theme in place["themes"]
        for proof in theme["evidence"]
    }
    expected = {(r["code"], r["source"]): r for r in rows("priorities") if r["theme"] == "stroke"}
    assert set(given) == set(expected)
    for key, row in expected.items():
        proof, read_in = given[key], SOURCES[row["source"]]
        assert (proof["how"], proof["note"]) == (row["how"], row["note"])
        assert proof["official"] == (read_in["publisher_type"] in COUNCILS_AND_NHS)
        later = row["later"] == "yes" or (row["as_of"] or read_in["date"]) >= "2018"
        assert proof["later"] == later
        assert proof["counts"] == (row["how"] in SET_OUT and proof["official"] and not later)


def test_priorities_and_the_csv_of_the_page_count_the_same(server: str):
    query = "theme=cancer,workforce&match=all&evidence=official&years=all"
    found = get(server, f"priorities?{query}")
    line = ask(server, f"/download/shared.csv?{query}").text.splitlines()[0]
    assert found["sentence"] in line
    assert found["rules"] in line


# Search


@pytest.mark.parametrize(
    ("query", "code"),
    [("Dorset", "E54000041"), ("E54000011", "E54000011"), ("wakefield", "E54000005")],
)
def test_find_names_the_footprint_and_why(
    server: str, described: dict[str, Any], query: str, code: str
):
    found = get(server, f"find?q={quote(query)}")
    fits(described, "Found", found)
    assert found["matches"][0]["code"] == code
    assert found["matches"][0]["why"]
    assert found["count"] == len(found["matches"])
    # What was searched for is kept by no cache but the reader's own.
    cache = ask(server, f"/api/v1/find?q={quote(query)}").headers["cache-control"]
    assert "private" in cache
    assert "public" not in cache


def test_find_takes_a_postcode_and_says_when_it_is_outside_england(
    server: str, described: dict[str, Any]
):
    here, abroad = get(server, "find?q=WR1+2PS"), get(server, "find?q=CF10+1AA")
    fits(described, "Found", here)
    fits(described, "Found", abroad)
    assert [match["code"] for match in here["matches"]] == ["E54000019"]
    assert abroad["matches"] == []
    assert "Wales" in abroad["note"]
    for found in (here, abroad):
        (source,) = found["sources"]
        is_source(source, "ons-postcode-directory-2026")
    # Of Northern Ireland no postcode is listed, and a name is not placed by the directory.
    assert get(server, "find?q=BT1+1AA")["sources"] == []
    assert get(server, "find?q=dorset")["sources"] == []
    assert here["is_certain"]
    assert not abroad["is_certain"]
    (named,) = get(server, "find?q=Scunthorpe")["sources"]
    is_source(named, "geonames")


# Refusals


def refused(answer: Answer, status: int, described: dict[str, Any]) -> str:
    assert (answer.status, answer.media_type) == (status, "application/json"), answer.text
    content = json.loads(answer.text)
    fits(described, "Refusal", content)
    assert content["status"] == status
    return content["detail"]


@each(
    ("path", "status", "hint"),
    [
        ("footprints/atlantis", 404, "E54000005"),
        ("footprints/%3Cscript%3E", 404, "E54000005"),
        ("measures/atlantis", 404, "population"),
        ("nonsense", 404, "/api/v1/footprints"),
        ("", 404, "/api/v1/footprints"),
        ("priorities?theme=atlantis", 400, "stroke"),
        ("priorities?theme=stroke&region=atlantis", 400, "london"),
        ("priorities", 400, "stroke"),
        ("priorities?theme=,,,", 400, "stroke"),
        ("priorities?theme=stroke&match=none", 400, "any"),
        ("priorities?theme=stroke&evidence=hearsay", 400, "official"),
        ("priorities?theme=stroke&firm=set_out", 400, "set-out"),
        ("priorities?theme=stroke&theme=cancer", 400, "once"),
        ("priorities?theme=stroke&regoin=london", 400, "region"),
        ("footprints?region=london", 400, "no parameters"),
        ("footprints/dorset?x=1", 400, "no parameters"),
        ("find", 400, "q"),
        ("find?q=%20%20%20", 400, "q"),
        (f"find?q={'x' * 151}", 400, "150"),
        (f"priorities?theme={'stroke,' * 1000}", 400, "2,000"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_hint(
    server: str, described: dict[str, Any], path: str, status: int, hint: str
):
    detail = refused(ask(server, f"/api/v1/{path}"), status, described)
    assert hint in detail
    for sent in ("atlantis", "script", "regoin", "xxx", "hearsay"):
        assert sent not in detail


@each("path", ["footprints", "footprints/dorset", "find?q=dorset", "measures"])
def test_other_methods_are_refused(server: str, described: dict[str, Any], path: str):
    for method in ("POST", "DELETE"):
        answer = ask(server, f"/api/v1/{path}", method)
        refused(answer, 405, described)
        assert "GET" in answer.headers["allow"]
