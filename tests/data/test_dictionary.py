"""The dictionary says of every measure and field what measures.csv and datapackage.json say."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import stp_data
from stp_data.export import dictionary, files

TABLES = Path(__file__).resolve().parents[2] / "stp_data" / "tables"


def test_every_measure_is_there_with_its_period_figures_and_sources(atlas: stp_data.Atlas, rows):
    entries = {entry.measure.key: entry for entry in dictionary.entries(atlas)}
    assert list(entries) == [row["measure"] for row in rows("measures")]
    sources, periods, figures = defaultdict(set), defaultdict(set), Counter()
    for row in [*rows("measured"), *rows("stated")]:
        sources[row["measure"]].add(row["source"])
        periods[row["measure"]].add(row["as_of"])
        figures[row["measure"]] += row["code"] != "ENG"
    for row in rows("measures"):
        entry = entries[row["measure"]]
        assert (entry.measure.label, entry.measure.unit) == (row["label"], row["unit"])
        assert (entry.measure.direction, entry.measure.method) == (row["direction"], row["method"])
        if row["kind"] == "worked out":
            continue
        assert set(entry.sources) == sources[row["measure"]]
        assert entry.figures == figures[row["measure"]]
        if row["kind"] == "measured":
            assert {entry.period} == periods[row["measure"]]


def test_gaps_per_head_count_the_preferred_figures_of_their_scope(atlas: stp_data.Atlas, rows):
    preferred = Counter(
        row["scope"]
        for row in rows("stated")
        if row["measure"] == "finance_gap_2020_21" and row["preferred"] == "yes"
    )
    found = {e.measure.key: e.figures for e in dictionary.entries(atlas)}
    assert found["gap_per_head_nhs"] == preferred["NHS"]
    assert found["gap_per_head_nhs_care"] == preferred["NHS and social care"]
    assert found["gap_per_head_not_stated"] == preferred["not stated"]


def test_every_table_and_field_is_there_with_all_its_limits(atlas: stp_data.Atlas, package, rows):
    assert list(dictionary.tables(atlas)) == [r["name"] for r in package["resources"]]
    for resource in package["resources"]:
        fields, schema = dictionary.fields(resource), resource["schema"]
        assert [f.name for f in fields] == list(rows(resource["name"])[0])
        links = {link["fields"][0]: link["reference"]["resource"] for link in schema["foreignKeys"]}
        for field, raw in zip(fields, schema["fields"], strict=True):
            limits = raw.get("constraints", {})
            assert field.description == raw["description"]
            assert field.pattern == limits.get("pattern", "")
            assert all(str(word) in field.allowed for word in limits.get("enum", []))
            for limit in {"minimum", "maximum"} & set(limits):
                assert str(limits[limit]) in field.allowed
            assert ("Never empty." in field.allowed) == limits.get("required", False)
            assert ("No two rows the same." in field.allowed) == limits.get("unique", False)
            if raw["name"] in links:
                assert f"A key of the table {links[raw['name']]}." in field.allowed


def test_files_have_the_sizes_that_are_on_disk(atlas: stp_data.Atlas):
    sizes = files.sizes(atlas)
    for path in TABLES.iterdir():
        assert sizes[path.name] == path.stat().st_size
