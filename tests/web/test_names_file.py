"""The file of names that the search box suggests."""

from __future__ import annotations

import brotli
from plain_http import ask
from raw_themes import PLACES

import stp_data
from stp_data.search import suggestions
from stp_data.search.suggestions import Suggestion

LARGEST = 150_000
"""Bytes that the file may have, compressed."""
ADDRESS = f"/assets/names.txt?v={suggestions.version(stp_data.load())}"


CODES = sorted(PLACES)
NAMES = {code: row["name"] for code, row in PLACES.items()}


def _parsed(text: str) -> tuple[list[str], list[str], list[list[str]]]:
    footprints, kinds, *entries = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    return footprints, kinds, entries


def test_it_is_plain_text_to_keep_for_a_year_and_travels_compressed(server: str):
    answer = ask(server, ADDRESS)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = ask(server, ADDRESS, if_none_match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    plain = answer
    compressed = ask(server, ADDRESS, accept_encoding="br, gzip")
    assert compressed.headers["content-encoding"] == "br"
    assert brotli.decompress(compressed.body) == plain.body
    assert len(compressed.body) <= LARGEST
    assert len(compressed.body) < len(plain.body) / 2


def test_it_leads_to_every_footprint_by_its_name(server: str):
    footprints, kinds, entries = _parsed(ask(server, ADDRESS).text)
    assert footprints == [NAMES[code] for code in CODES]
    found = {
        (name, places) for name, kind, places, *_ in entries if kinds[int(kind)] == "footprint"
    }  # fmt: skip
    assert found >= {(NAMES[code], str(place)) for place, code in enumerate(CODES)}


def test_it_has_towns_hospitals_and_councils_of_today(server: str):
    footprints, kinds, entries = _parsed(ask(server, ADDRESS).text)
    told = {
        (name, kinds[int(kind)], *where): [footprints[int(place)] for place in places.split(",")]
        for name, kind, places, *where in entries
    }
    assert told["Ludlow", "place", "Shropshire"] == ["Shropshire and Telford and Wrekin"]
    assert told["Addenbrooke's", "hospital", "Cambridge"] == ["Cambridgeshire and Peterborough"]
    assert told["West Northamptonshire", "council since 2017"] == ["Northamptonshire"]


def test_its_lines_are_names_with_a_kind_and_footprints(server: str):
    _, kinds, entries = _parsed(ask(server, ADDRESS).text)
    assert len(entries) == len(suggestions.suggestions(stp_data.load()))
    assert len(set(kinds)) == len(kinds)
    for name, kind, places, *where in entries:
        assert name == name.strip() != ""
        assert 0 <= int(kind) < len(kinds)
        numbers = [int(place) for place in places.split(",")]
        assert set(numbers) <= set(range(44))
        assert len(set(numbers)) == len(numbers) > 0
        assert len(where) <= 1
        assert all(where)


def test_fields_stay_on_their_line(atlas: stp_data.Atlas):
    entries = [
        Suggestion("Ashford", "town", "Kent", (CODES[1], CODES[43])),
        Suggestion("A\tname\non two  lines", "hospital", "", (CODES[0],)),
        Suggestion("Ashford", "town", "Surrey", (CODES[2],)),
    ]
    assert suggestions.written(atlas, entries).split("\n")[1:] == [
        "town\thospital",
        "Ashford\t0\t1,43\tKent",
        "A name on two lines\t1\t0",
        "Ashford\t0\t2\tSurrey",
        "",
    ]


def test_places_in_the_file_are_codes_again(atlas: stp_data.Atlas):
    assert suggestions.codes_at(atlas, [43, 0, 0]) == (CODES[43], CODES[0])
    assert suggestions.codes_at(atlas, [-1, 44, "1", None, 2.0]) == ()
