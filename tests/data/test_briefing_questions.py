"""Questions that the briefing asks, answered again from the tables by the csv module."""

from __future__ import annotations

import csv
import itertools
import math
from collections import defaultdict
from pathlib import Path

from each import each

import stp_data
from stp_data.evidence import not_found
from stp_data.organisations import members
from stp_data.overview import sentences
from stp_data.pictures import local_map
from stp_data.plans import plans
from stp_data.priorities.themes_named import Rules

TABLES = Path(__file__).resolve().parents[2] / "stp_data" / "tables"


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CODES = [row["code"] for row in rows("footprints")]


def test_members_elsewhere_are_those_of_several_footprints(atlas: stp_data.Atlas):
    seats = defaultdict(set)
    for row in rows("memberships"):
        seats[row["org"]].add(row["code"])
    for code in CODES:
        wanted = {
            org: there - {code} for org, there in seats.items() if code in there and len(there) > 1
        }
        found = {member.org: set(others) for member, others in members.elsewhere(atlas, code)}
        assert found == wanted


def test_missing_names_what_the_tables_do_not_have(atlas: stp_data.Atlas):
    plan = {row["code"]: row for row in rows("plans")}
    settled = {
        row["code"]
        for row in rows("stated")
        if row["measure"] == "finance_gap_2020_21" and row["preferred"] == "yes"
    }
    changes = {row["code"] for row in rows("proposals")}
    for code in CODES:
        said = " ".join(not_found.missing(atlas, code))
        assert ("title" in said) == (not plan[code]["plan_name"])
        assert ("publication date" in said) == (not plan[code]["published"])
        assert ("agreed figure for the yearly gap" in said) == (code not in settled)
        assert ("service change" in said) == (code not in changes)


def test_common_themes_not_found_are_those_of_more_than_half_of_the_plans(atlas: stp_data.Atlas):
    dated = {row["source"]: row["date"] for row in rows("sources")}
    named = defaultdict(set)
    for row in rows("priorities"):
        later = row["later"] == "yes" or (row["as_of"] or dated[row["source"]]) >= "2018"
        if row["how"] != "mention" and not later:
            named[row["theme"]].add(row["code"])
    labels = {row["theme"]: row["label"] for row in rows("themes")}
    for code in CODES:
        wanted = {
            (labels[theme], len(codes))
            for theme, codes in named.items()
            if len(codes) > 22 and code not in codes
        }
        assert set(not_found.common_themes_not_found(atlas, code, Rules())) == wanted


def test_publisher_is_what_a_source_of_that_date_says(atlas: stp_data.Atlas):
    for row in rows("plans"):
        found = plans.publisher(atlas, row["code"])
        said = {
            other["source"]
            for other in rows("publications")
            if other["code"] == row["code"]
            and other["published"] == row["published"]
            and other["how"] != "not_stated"
        }
        if row["published_by"]:
            assert found == (f"by {row['published_by']}", row["source"])
        elif said:
            assert found is not None
            assert found[1] in said
        else:
            assert found is None


def test_every_phrase_of_the_portrait_has_sources(atlas: stp_data.Atlas):
    known = {row["source"] for row in rows("sources")}
    for code in CODES:
        phrases = sentences.portrait(atlas, code)
        assert all(phrase.sources and set(phrase.sources) <= known for phrase in phrases)
        assert phrases[0].text.endswith(" people")


@each("code", CODES)
def test_local_map_numbers_the_footprint_and_its_neighbours_apart_from_each_other(
    atlas: stp_data.Atlas, code: str
):
    found = local_map.around(atlas, (code,))
    beside = {row["neighbour"] for row in rows("neighbours") if row["code"] == code}
    assert next(iter(found.numbers)) == code
    assert set(found.numbers) == {code, *beside} <= set(found.paths)
    for x, y in found.numbers.values():
        assert 7 <= x <= local_map.WIDTH - 7
        assert 7 <= y <= local_map.HEIGHT - 7
    for one, other in itertools.combinations(found.numbers.values(), 2):
        assert math.dist(one, other) >= 14
