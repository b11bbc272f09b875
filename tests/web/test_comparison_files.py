"""The CSV files of Relate and of Compare, against the raw tables."""

from __future__ import annotations

import csv
import io
import re
import statistics

import pytest
from each import each
from plain_http import Answer, ask
from raw import FOOTPRINTS, rows

RELATE, COMPARE = "/download/relate.csv", "/download/compare.csv"
MEASURED: dict[str, dict[str, float]] = {}
for row in rows("measured"):
    MEASURED.setdefault(row["measure"], {})[row["code"]] = float(row["value"])


def read(answer: Answer) -> tuple[str, list[dict[str, str]]]:
    assert answer.status == 200
    assert answer.media_type == "text/csv"
    note, _, table = answer.text.partition("\n")
    assert note.startswith("# ")
    return note, list(csv.DictReader(io.StringIO(table, newline="")))


def test_two_measures_with_their_sources(server: str):
    note, found = read(ask(server, f"{RELATE}?x=rural_share&y=life_years_lost"))
    assert re.search(r"Spearman's rank correlation: −?0\.\d\d \(n = 44\)", note)
    assert "doesn't show that one causes the other" in note
    assert {row["code"] for row in found} == set(FOOTPRINTS)
    for row in found:
        assert float(row["x_value"]) == pytest.approx(MEASURED["rural_share"][row["code"]])
        assert float(row["y_value"]) == pytest.approx(MEASURED["life_years_lost"][row["code"]])
        assert row["x_source_title"]
        assert row["y_url"].startswith("http")


def test_absent_figure_is_blank_and_noted_and_the_selected_stand_alone(server: str):
    _, found = read(ask(server, f"{RELATE}?x=gap_per_head_nhs&y=population"))
    absent = [row for row in found if not row["x_value"]]
    assert 0 < len(absent) < 44
    assert all(row["note"].startswith("no figure for stated gap") for row in absent)
    assert all(not row["note"] for row in found if row["x_value"])
    _, selected = read(ask(server, f"{RELATE}?areas=dorset,devon"))
    assert {row["footprint"] for row in selected} == {"Dorset", "Devon"}


def test_measures_of_a_comparison(server: str):
    _, found = read(ask(server, f"{COMPARE}?areas=dorset,devon&part=measures"))
    keys = {row["label"]: row["measure"] for row in rows("measures")}
    assert {row["footprint"] for row in found} == {"Dorset", "Devon"}
    for row in found:
        every = MEASURED[keys[row["measure"]]]
        assert float(row["value"]) == pytest.approx(every[row["code"]])
        if row["standard_score"]:
            deviation = statistics.pstdev(v for code, v in every.items() if code != "ENG")
            expected = (every[row["code"]] - every["ENG"]) / deviation
            assert float(row["standard_score"]) == pytest.approx(expected, abs=1e-4)


def test_themes_and_gaps_of_a_comparison(server: str):
    _, found = read(ask(server, f"{COMPARE}?areas=dorset,devon&part=themes"))
    assert {row["how_firmly"] for row in found} >= {"not found", "aim or proposal"}
    _, found = read(ask(server, f"{COMPARE}?areas=dorset,devon&part=gaps"))
    gaps = [
        row["value"]
        for row in rows("stated")
        if row["measure"] == "finance_gap_2020_21"
        and FOOTPRINTS[row["code"]]["slug"] in ("dorset", "devon")
    ]
    assert sorted(float(row["gap_gbp_million"]) for row in found) == sorted(map(float, gaps))


@each(
    ("address", "status"),
    [
        (f"{RELATE}?x=nonsense", 400), (f"{RELATE}?x=population&y=population", 400),
        (f"{RELATE}?areas=atlantis", 400), (f"{RELATE}?area=dorset", 400),
        (COMPARE, 400), (f"{COMPARE}?areas=dorset", 400), (f"{COMPARE}?areas=dorset,x", 400),
        (f"{COMPARE}?areas=dorset,devon&part=nonsense", 400),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_refused_in_a_sentence(server: str, address: str, status: int):
    answer = ask(server, address)
    assert answer.status == status
    assert answer.text.strip().endswith(".")
    assert "nonsense" not in answer.text
