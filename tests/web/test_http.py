"""The plain-HTTP side against a running server."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from each import each
from plain_http import ask
from raw import CODES, RESOURCES, ROOT, TABLES, rows

NAMES = sorted(file.stem for file in TABLES.glob("*.csv"))
SOURCE_CODE = ("import ", "def ", "root:", "[server]")
MISSING = "[x]"
REGION = {row["code"]: row["nhs_region"] for row in rows("footprints")}
MEASURES = {row["measure"]: row for row in rows("measures") if row["mapped"] == "yes"}
MEASURED = [key for key, row in MEASURES.items() if row["kind"] == "measured"]
SCOPES = {
    "gap_per_head_nhs_care": "NHS and social care",
    "gap_per_head_nhs": "NHS",
    "gap_per_head_not_stated": "not stated",
}


def measured(measure: str) -> dict[str, float]:
    return {
        row["code"]: float(row["value"])
        for row in rows("measured")
        if row["measure"] == measure and row["code"] in CODES
    }


def gaps_per_head(scope: str) -> dict[str, float]:
    people = measured("population")
    return {
        row["code"]: float(row["value"]) * 1e6 / people[row["code"]]
        for row in rows("stated")
        if row["measure"] == "finance_gap_2020_21"
        and row["preferred"] == "yes"
        and row["scope"] == scope
    }


def view(server: str, query: str) -> list[dict[str, str]]:
    answer = ask(server, f"/download/view.csv?{query}")
    assert answer.status == 200
    assert answer.media_type == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


# Tables


def test_there_is_a_table_for_every_file_and_a_file_for_every_table():
    assert sorted(RESOURCES) == NAMES


@each("name", NAMES)
def test_table_is_served_byte_for_byte(server: str, name: str):
    answer = ask(server, f"/download/{name}.csv")
    assert answer.status == 200
    assert answer.media_type == "text/csv"
    assert answer.body == (TABLES / f"{name}.csv").read_bytes()
    assert re.fullmatch(
        rf'attachment; filename="[\w-]*{name}\.csv"', answer.headers["content-disposition"]
    )


def test_unknown_table_gets_404_and_the_names_of_those_there_are(server: str):
    answer = ask(server, "/download/nonsense.csv")
    assert answer.status == 404
    assert answer.media_type == "text/plain"
    assert all(name in answer.text for name in NAMES)


@each(
    "path",
    [
        "/download/../app.py", "/download/../../app.py", "/download/%2e%2e/app.py",
        "/download/%2e%2e%2fapp.py", "/download/..%2f..%2fapp.csv", "/download/..%5c..%5capp.csv",
        "/download/%252e%252e%252fapp.csv", "/download//etc/passwd",
        "/download/%2fetc%2fpasswd.csv", "/download/%2fetc%2fpasswd",
        "/download/footprints.csv%00.py", "/download/../tables/footprints.csv",
        "/download/../schema.csv", "/assets/../app.py", "/assets/%2e%2e%2fapp.py",
        "/assets/..%2f..%2fetc%2fpasswd", "/assets/..%2f.streamlit%2fconfig.toml",
        "/locator/../app.svg", "/locator/%2e%2e%2f%2e%2e%2fapp.svg", "/app/static/../app.py",
        "/app/static/%2e%2e/app.py", "/app/static/%2e%2e%2f.streamlit%2fconfig.toml",
        "/app/static//etc/passwd",
    ],
)  # fmt: skip
def test_path_tricks_never_leave_the_data(server: str, path: str):
    answer = ask(server, path)
    # Streamlit answers unknown pages with its own empty frame, which is no file of ours.
    own_frame = answer.status == 200 and answer.media_type == "text/html"
    assert answer.status in (400, 403, 404) or own_frame
    assert not any(mark in answer.text for mark in SOURCE_CODE)
    assert "E54000005" not in answer.text or answer.status == 404


# The view on the home page


@each("measure", MEASURED)
def test_view_has_the_figures_of_the_raw_table(server: str, measure: str):
    expected, found = measured(measure), view(server, f"measure={measure}")
    assert [row["code"] for row in found] == CODES
    half = 0.5 * 10.0 ** -(int(MEASURES[measure]["decimals"]) + 2)
    for row in found:
        assert float(row["value"]) == pytest.approx(expected[row["code"]], rel=0, abs=half * 1.01)
        assert row["measure"] == MEASURES[measure]["label"]
        assert row["unit"] == MEASURES[measure]["unit"]
        assert row["source"]
        assert row["as_of"]


@pytest.mark.parametrize("measure", SCOPES)
def test_view_of_gaps_is_worked_out_from_preferred_figures_of_one_scope(server: str, measure: str):
    expected, found = gaps_per_head(SCOPES[measure]), view(server, f"measure={measure}")
    assert 0 < len(expected) < len(CODES)
    assert [row["code"] for row in found] == CODES
    for row in found:
        if row["code"] in expected:
            assert float(row["value"]) == pytest.approx(expected[row["code"]], rel=0, abs=0.006)
            assert row["source"]
        else:
            assert row["value"] == MISSING
            assert row["source"] == ""


@pytest.mark.parametrize("region", sorted(set(REGION.values())))
def test_view_of_a_region_has_its_footprints_only(server: str, region: str):
    found = view(server, f"measure=population&region={region.lower().replace(' ', '-')}")
    assert [row["code"] for row in found] == [code for code in CODES if REGION[code] == region]
    expected = measured("population")
    assert [float(row["value"]) for row in found] == [expected[row["code"]] for row in found]


def test_view_without_a_measure_is_of_the_default_one(server: str):
    assert {row["measure"] for row in view(server, "")} == {"Share of people aged 65 and over"}


def test_view_is_named_after_its_measure_and_region(server: str):
    answer = ask(server, "/download/view.csv?measure=density&region=london")
    assert "density-london.csv" in answer.headers["content-disposition"]


@each(
    ("query", "hint"),
    [
        ("measure=nonsense", "population"),
        ("measure=", "population"),
        ("measure=population_stated", "population"),
        ("measure=%3Cscript%3E", "population"),
        ("measure=density%0d%0aSet-Cookie:%20a=b", "population"),
        (f"measure={'x' * 1_500}", "population"),
        ("region=nonsense", "london"),
        ("region=", "london"),
        ("measure=density&region=../..", "london"),
    ],
)
def test_unknown_measure_or_region_gets_those_there_are(server: str, query: str, hint: str):
    answer = ask(server, f"/download/view.csv?{query}")
    assert answer.status == 400
    assert answer.media_type == "text/plain"
    assert hint in answer.text
    assert "script" not in answer.text
    assert "xxxxxx" not in answer.text
    assert "set-cookie" not in answer.headers


# Outlines and locator maps


def test_outlines_are_geojson_of_the_44(server: str):
    answer = ask(server, "/download/footprints.geojson")
    assert answer.status == 200
    assert answer.media_type == "application/geo+json"
    features = json.loads(answer.text)["features"]
    assert [feature["properties"]["code"] for feature in features] == CODES
    for feature in features:
        assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
        lon, lat = first_point(feature["geometry"]["coordinates"])
        assert -7 < lon < 2
        assert 49 < lat < 56


def first_point(coordinates: list) -> list[float]:
    return coordinates if isinstance(coordinates[0], float) else first_point(coordinates[0])


@each("code", CODES)
def test_locator_is_well_formed_svg_named_after_the_footprint(server: str, code: str):
    answer = ask(server, f"/locator/{code}.svg")
    assert answer.status == 200
    assert answer.media_type == "image/svg+xml"
    root = ET.fromstring(answer.body)  # noqa: S314  from our own server
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    (name,) = [row["name"] for row in rows("footprints") if row["code"] == code]
    assert name in root.findtext("{http://www.w3.org/2000/svg}title", "")
    drawn = [path.get("d", "") for path in root.iter("{http://www.w3.org/2000/svg}path")]
    assert drawn
    assert all(drawn), "a part of the map has no line"


@each("code", ["E54000049", "E54000004", "nonsense", "%3Cscript%3E", "x" * 5000])
def test_unknown_locator_gets_404_and_the_codes_there_are(server: str, code: str):
    answer = ask(server, f"/locator/{code}.svg")
    assert answer.status == 404
    assert answer.media_type == "text/plain"
    assert "E54000005" in answer.text
    assert "<script" not in answer.text


# Scripts and style sheets


@each(
    ("name", "media_type"),
    [("picker.js", "text/javascript"), ("picker.css", "text/css"), ("style.css", "text/css")],
)
def test_asset_has_its_type_and_a_long_life(server: str, name: str, media_type: str):
    answer = ask(server, f"/assets/{name}?v=0123456789")
    assert (answer.status, answer.media_type) == (200, media_type)
    assert answer.body == (ROOT / "static" / name).read_bytes()
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@each(
    "name", ["nonsense.js", "icon.svg", "blank-light.json", "app.py", "picker.JS", "picker.js%20"]
)
def test_other_assets_get_404(server: str, name: str):
    assert ask(server, f"/assets/{name}").status == 404


# The rest


def test_a_known_etag_in_any_form_gets_304_without_a_body(server: str):
    path = "/locator/E54000005.svg"
    etag = ask(server, path).headers["etag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}'):
        again = ask(server, path, if_none_match=known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
        assert "max-age" in again.headers["cache-control"]
    assert ask(server, path, if_none_match='"other"').status == 200


@each("method", ["POST", "PUT", "DELETE"])
@each("path", ["/download/footprints.csv", "/locator/E54000005.svg", "/assets/picker.js"])
def test_nothing_can_be_written(server: str, path: str, method: str):
    answer = ask(server, path, method)
    assert answer.status == 405
    assert "GET" in answer.headers["allow"]


def test_pages_of_the_dashboard_answer_beside_it(server: str):
    assert ask(server, "/_stcore/health").text == "ok"
    for path in ("/", "/footprint", "/footprint?area=dorset"):
        answer = ask(server, path)
        assert (answer.status, answer.media_type) == (200, "text/html")


# Starting


def start(argument: str) -> tuple[int, str, str]:
    """Exit code, output and errors of ``python tools/start.py argument``."""
    process = subprocess.Popen(
        [sys.executable, "tools/start.py", argument],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        # It serves instead of refusing: end it with the server that it started.
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        pytest.fail(f"tools/start.py {argument} did not end")
    return process.returncode, out, err


def refused_naming(argument: str) -> None:
    code, out, err = start(argument)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert argument in err


@each("address", ["127.0.0.1", "0.0.0.0"])  # noqa: S104  that is the test
def test_used_port_is_refused_in_one_line_that_names_it(address: str):
    with socket.socket() as taken:
        taken.bind((address, 0))
        taken.listen()
        refused_naming(str(taken.getsockname()[1]))


@each("argument", ["notaport", "80", "70000", "-1", "", "85 01", "8501.0", "²"])
def test_what_is_no_port_is_refused_in_one_line_that_names_it(argument: str):
    refused_naming(argument)
