"""What people decided, held against the raw rows that it rests on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import openpyxl  # type: ignore[import-untyped]
import pytest

CURATED_KINDS = {
    "plan_title",
    "published",
    "lead",
    "population",
    "finance_gap_2020_21",
    "finance_gap_other",
    "priority",
    "enabler",
    "proposal",
    "governance",
    "neighbourhood",
    "engagement",
    "capital_award",
    "savings_or_capital",
    "finance_position",
    "progress_rating",
    "ccg_rating_score",
    "later_status",
    "capped_expenditure_process",
    "success_regime",
    "member",
    "vanguard",
    "beds_change_2014_15_to_2017_18",
    "at_risk_ae_press_list",
    "at_risk_community_hospital_press_list",
    "at_risk_maternity_press_list",
}
TABLES_ON_FACTS = (
    "stated",
    "leads",
    "stated_members",
    "plan_names",
    "publications",
    "priorities",
    "proposals",
    "plan_sums",
    "ratings",
    "events",
    "statements",
    "national",
    "counts_by_others",
)
RAW_FILES = {
    "facts.csv": r"F[012]\d{3}",
    "facts_2.csv": r"F3\d{3}",
    "national.csv": r"N\d{3}",
    "counts_by_others.csv": r"C\d{3}",
}
"""Files of noted facts, and what an id of each looks like."""
AT_RISK = {kind for kind in CURATED_KINDS if kind.startswith("at_risk_")}
# Read without facts.csv: the partner mapping, and the five seed documents.
SEEDS = {
    "seed-000": "shropshire-council-2016-11",
    "seed-001": "herefordshire-worcestershire-stp-2016",
    "seed-002": "staffordshire-hwb-2016",
    "seed-004": "solace-wakefield-2017-09",
}
OTHER_DOCUMENTS = {"nhs-digital-ods-2019", *SEEDS.values()}
OFFICIAL = {"nhs", "council", "government"}
# Parliament prints what members say; these two are a minister's written word, and so official.
MINISTERS_WRITTEN_WORD = {"hansard-2017-07", "hansard-2017-12"}


@pytest.fixture(scope="module")
def sources(rows) -> dict[str, dict[str, str]]:
    return {row["source"]: row for row in rows("sources")}


@pytest.fixture(scope="module")
def resting(rows) -> list[tuple[str, int, dict[str, str], list[str]]]:
    """(table, line, row, ids of raw rows) of every row that rests on one of RAW_FILES."""
    return [
        (table, line, row, [fact for fact in row["facts"].split() if fact not in SEEDS])
        for table in TABLES_ON_FACTS
        for line, row in enumerate(rows(table), start=2)
    ]


@pytest.fixture(scope="module")
def excluded_facts(rows) -> set[str]:
    return {row["key"] for row in rows("excluded") if row["file"] in RAW_FILES}


def _urls(ids: list[str], noted) -> set[str]:
    return {_address(noted[fact]["source_url"]) for fact in ids}


def _address(url: str) -> str:
    """Without scheme and www: some pages were read both by http and by https, with and without."""
    return url.partition("://")[2].removeprefix("www.")


def _addresses(source: dict[str, str]) -> set[str]:
    """Where the document was read: its address, and those of its copies."""
    return {_address(url) for url in [source["url"], *source["copies"].split()]}


# --- nothing is lost, nothing is made up -------------------------------------------------------


def test_every_raw_row_of_a_curated_kind_is_either_used_or_excluded(
    facts, noted, resting, rows
) -> None:
    assert {row["kind"] for row in facts.values()} == CURATED_KINDS
    used = {fact for *_, ids in resting for fact in ids}
    excluded = {row["key"]: row for row in rows("excluded") if row["file"] in RAW_FILES}
    assert used | set(excluded) == set(noted)
    assert used & set(excluded) == set()
    assert all(len(ids) == len(set(ids)) for *_, ids in resting)
    for key, row in excluded.items():
        assert re.fullmatch(RAW_FILES[row["file"]], key), key
    assert all(len(row["reason"].split()) > 3 for row in rows("excluded"))
    # What a newspaper group read into the plans is not published.
    assert {noted[fact]["kind"] for fact in used}.isdisjoint(AT_RISK)


def test_a_row_is_about_the_footprint_of_its_facts(noted, resting) -> None:
    wrong = [
        (table, line)
        for table, line, row, ids in resting
        for places in [{noted[fact]["stp_code"] for fact in ids}]
        # What several footprints' rows say alike may be told once, of England.
        if places - {row.get("code", "ENG")} and not (row.get("code") == "ENG" and len(places) > 1)
    ]
    assert wrong == []


def test_what_stands_without_facts_names_another_document(resting) -> None:
    for table, line, row, ids in resting:
        if not ids:
            assert table in ("leads", "stated_members", "priorities", "statements"), line
            assert row["source"] in OTHER_DOCUMENTS, line
            if table != "leads":
                assert [SEEDS[key] for key in row["facts"].split()] == [row["source"]], line


NAMED_OTHERWISE = {"DHU Health Care CIC": "derbyshire health united"}


def test_a_stated_member_is_named_in_the_passage(facts, rows) -> None:
    checked = 0
    for line, row in enumerate(rows("stated_members"), start=2):
        known = NAMED_OTHERWISE.get(row["org_name"], row["org_name"].split()[0].lower())
        for fact in set(row["facts"].split()) - set(SEEDS):
            # Of one excerpt only the end of the body's name was kept.
            name = "local health board" if fact == "F0394" else known
            assert name in facts[fact]["excerpt"].lower(), line
            assert facts[fact]["kind"] == "member", line
            checked += 1
    assert checked > 35


def test_high_confidence_rests_on_an_official_document(resting, sources) -> None:
    checked = 0
    for table, line, row, _ in resting:
        # A national figure, or a count over all plans, may be the publisher's own work.
        if row.get("confidence") == "high" and table not in ("national", "counts_by_others"):
            cited = {row["source"], *row.get("also", "").split()}
            official = {s for s in cited if sources[s]["publisher_type"] in OFFICIAL}
            assert official | (cited & MINISTERS_WRITTEN_WORD), (table, line)
            checked += 1
    assert checked > 500


# Which happening a raw row tells, by words of its own.
HAPPENINGS = {
    "ics-wave-1-2017": {"07", "09", "14", "24", "34", "35", "41", "44", "48"},
    "ics-wave-2-2018": {"05", "23", "43", "47"},
    "ics-2019-06": {"30", "44", "45", "46", "47"},
    "ics-2020-05": {"06", "25", "31", "33"},
    "ics-2020-12": {"12", "17", "22", "27", "28", "29", "36", "38", "39", "40", "42"},
    "ics-2021-04": {"08", "10", "11", "13", "15", "16", "18", "19", "20", "21", "26", "32", "37"},
}


def test_the_events_tell_in_which_wave_each_footprint_came(rows) -> None:
    told = defaultdict(set)
    for row in rows("events"):
        if row["happening"].startswith("ics-") and row["code"] != "ENG":
            assert row["kind"] == "integrated care"
            told[row["happening"]].add(row["code"][-2:])
    assert told == HAPPENINGS
    # The sources read name all 44; none is filled in from the others.
    assert len(set().union(*told.values())) == 44


@pytest.mark.parametrize(
    ("kind", "happening"),
    [
        ("capped_expenditure_process", "capped-expenditure-2017"),
        ("success_regime", "success-regime-2015"),
    ],
)
def test_the_events_tell_who_was_in_a_regime_of_money(
    facts, rows, kind: str, happening: str
) -> None:
    wanted = {fact: row["stp_code"] for fact, row in facts.items() if row["kind"] == kind}
    local = [row for row in rows("events") if row["code"] != "ENG"]
    told = [row for row in local if row["happening"] == happening]
    assert set(wanted) <= {fact for row in told for fact in row["facts"].split()}
    assert {row["code"] for row in told} == set(wanted.values())
    assert {row["kind"] for row in told} == {"finance"}


# --- themes, by the code book ------------------------------------------------------------------

# Rows that an audit found to show no priority of the plan: an outsider's impression, work in
# progress, a means to another end, a grant that most areas received.
NO_PRIORITY = {"F0747", "F1494", "F2047", "F1149"}


def test_what_an_audit_found_to_be_no_priority_is_a_mention_at_most(rows, excluded_facts) -> None:
    kept = {}
    for row in rows("priorities"):
        for fact in NO_PRIORITY & set(row["facts"].split()):
            kept[fact] = (row["how"], row["confidence"])
    assert set(kept.values()) <= {("mention", "low")}
    assert set(kept) | (NO_PRIORITY & excluded_facts) == NO_PRIORITY
    assert not set(kept) & excluded_facts


HEADING = re.compile(r"\b(headings?|contents|titles?)\b", re.IGNORECASE)


def test_a_heading_alone_is_weak_evidence(rows) -> None:
    """High never; medium only as one of several strands that the heading calls so."""
    checked = 0
    for line, row in enumerate(rows("priorities"), start=2):
        if HEADING.search(row["note"]):
            checked += 1
            assert row["confidence"] != "high", line
            if row["confidence"] == "medium":
                assert row["how"] == "workstream", line
            if row["note"].startswith("Only "):
                assert row["confidence"] == "low", line
    assert checked > 100


def test_an_undated_document_is_later_in_all_its_rows_or_in_none(rows) -> None:
    later = defaultdict(set)
    for row in rows("priorities"):
        if not row["as_of"]:
            later[row["source"]].add(row["later"])
    assert {source for source, found in later.items() if len(found) > 1} == set()
    assert sum("yes" in found for found in later.values()) > 20


def test_a_row_is_not_dated_after_its_document(rows, sources) -> None:
    for line, row in enumerate(rows("priorities"), start=2):
        document = sources[row["source"]]["date"]
        known = min(len(row["as_of"]), len(document))
        assert row["as_of"][:known] <= document[:known], line


def test_a_fact_of_the_second_reading_stands_under_its_theme(facts, rows) -> None:
    checked = 0
    for line, row in enumerate(rows("priorities"), start=2):
        for fact in set(row["facts"].split()) - set(SEEDS):
            if fact.startswith("F3"):
                checked += 1
                assert facts[fact]["value"] == row["theme"], line
    assert checked > 550


# --- figures and dates -------------------------------------------------------------------------

# Stated values that are not the raw value of their first fact; each was read in the excerpt.
OTHER_VALUE = {
    # The excerpt has two figures, the deficit before the plan (415, a row of its own) and after.
    ("F1041", "finance_gap_residual"): ("415", "50", "cut a projected 2020/21 deficit of £415 "),
}


NUMBER = re.compile(r"-?\d+(\.\d+)?")


def test_a_stated_value_is_the_raw_value(facts, rows) -> None:
    different, ranges = {}, {}
    for row in rows("stated"):
        first = row["facts"].split()[0]
        stated = facts[first]["value"]
        assert (row["qualifier"] == "range") == (row["value_to"] != ""), first
        if not NUMBER.fullmatch(stated):
            ranges[stated] = f"{row['value']}-{row['value_to']}"
        if NUMBER.fullmatch(stated) and float(row["value"]) != float(stated):
            different[first, row["measure"]] = (stated, row["value"])
    assert ranges == {"400-500": "400-500"}
    assert different == {key: (raw, ours) for key, (raw, ours, _) in OTHER_VALUE.items()}
    for (fact, _), (_, ours, words) in OTHER_VALUE.items():
        assert words in facts[fact]["excerpt"]
        assert re.search(rf"\b{ours}\b", facts[fact]["excerpt"])


def test_units_are_those_of_the_raw_rows(facts, raw, rows) -> None:
    second_reading = {row["fact"] for row in raw("facts_2.csv")}
    for line, row in enumerate(rows("stated"), start=2):
        for fact in row["facts"].split():
            # The second reading has no units: there the passage says whether it is money.
            money = "£" in facts[fact]["excerpt"]
            unit = facts[fact]["unit"] or ("GBP million" if money else "persons")
            assert unit == row["unit"], (line, fact)
            assert facts[fact]["unit"] or fact in second_reading, fact
        assert (row["unit"] == "persons") == (row["measure"] == "population_stated"), line
        change = row["measure"] == "beds_change_2014_15_to_2017_18"
        assert (row["unit"] == "per cent") == change, line
        if change:
            word = "reduction" if row["value"].startswith("-") else "rise"
            said = facts[row["facts"]]["excerpt"]
            assert f"{row['value'].lstrip('-')}%" in said
            assert word in said, line


def test_a_period_is_the_year_that_note_and_passage_name(facts, rows) -> None:
    named = {}
    for line, row in enumerate(rows("stated"), start=2):
        if row["period"]:
            said = facts[row["facts"].split()[0]]["excerpt"].replace("-", "/")
            assert row["period"] in row["note"], line
            assert row["period"] in said, line
            named[row["facts"]] = row["period"]
            # The other measures name their year, or none.
            assert row["measure"] == "finance_gap_current", line
        elif row["measure"] == "finance_gap_current":
            assert "year" in row["note"], line
        assert row["period"] or not re.match(r"For 20\d\d/\d\d", row["note"]), line
    assert len(named) == 6


CAUTION = re.compile(
    r"\b(?:about|around|circa|approx\w*|almost|nearly|over|more than|at least|in excess of|"
    r"as large as|up to|some|something like) £?(?P<figure>[\d,]+(?:\.\d+)?) ?"
    r"(?P<times>bn|billion|m\b|million)?"
)
TIMES = {"bn": 1e9, "billion": 1e9, "m": 1e6, "million": 1e6, None: 1}


def test_a_word_of_caution_in_the_excerpt_is_in_the_figure(facts, rows) -> None:
    """About, almost, over: whoever says so is not given as exact."""
    cautious = 0
    for line, row in enumerate(rows("stated"), start=2):
        figure = float(row["value"]) * (1e6 if row["unit"] == "GBP million" else 1)
        for found in CAUTION.finditer(facts[row["facts"].split()[0]]["excerpt"].lower()):
            number = float(found["figure"].replace(",", "")) * TIMES[found["times"]]
            if number == pytest.approx(figure):
                cautious += 1
                assert row["qualifier"] != "exact", line
    assert cautious > 20


def test_dates_are_real(rows, resting) -> None:
    columns = ("as_of", "published", "from", "to", "date")
    dated = [(t, line, row[c]) for t, line, row, _ in resting for c in columns if row.get(c)]
    dated += [
        ("sources", line, r["date"]) for line, r in enumerate(rows("sources"), 2) if r["date"]
    ]
    assert len(dated) > 300
    for table, line, text in dated:
        assert _is_real(text), (table, line)


def _is_real(text: str) -> bool:
    """Whether a date of any precision is on the calendar, in the years of these documents."""
    try:
        return 2000 < date(*([int(part) for part in text.split("-")] + [1, 1])[:3]).year < 2027
    except ValueError:
        return False


# --- sources -----------------------------------------------------------------------------------


def _named_sources(rows, package) -> Iterator[tuple[str, str]]:
    """(key of a source, a table that names it)"""
    for resource in package["resources"]:
        name = resource["name"]
        # In readings, the column says what kind of document it is.
        document = ["document"] if name == "claims" else []
        for row in rows(name) if name != "sources" else []:
            for column in ("source", "name_source", "also", "sources", *document):
                yield from ((key, name) for key in row.get(column, "").split())


# Behind derived columns and files that have no source column beside them.
BEHIND_COLUMNS = {
    "ons-lsoa-boundaries-2011",  # outlines, area_km2, neighbours
    "ons-lad-county-2017",  # county in places
    "ons-ccg-region-2017",  # nhs_region in footprints
    "ons-postcode-directory-2026",  # the list of postcodes beside the tables
}


def test_every_source_is_used(rows, package, sources, noted, resting) -> None:
    """Named by a row, or read for one of the facts that a row rests on."""
    named = {key for key, _ in _named_sources(rows, package)}
    read = {url for *_, ids in resting for url in _urls(ids, noted)}
    idle = {
        key for key, source in sources.items() if key not in named and not _addresses(source) & read
    }
    assert idle - BEHIND_COLUMNS == set()
    assert set(sources) >= BEHIND_COLUMNS


def test_the_source_of_a_row_is_where_one_of_its_facts_was_read(noted, resting, sources) -> None:
    wrong = [
        (table, line, key)
        for table, line, row, ids in resting
        for key in [row["source"], *row.get("also", "").split()]
        if key not in OTHER_DOCUMENTS and not _addresses(sources[key]) & _urls(ids, noted)
    ]
    assert wrong == []


def test_one_address_has_one_key(sources) -> None:
    by_address = defaultdict(set)
    for key, source in sources.items():
        # The ONS portal is the front door of several data sets.
        if source["url"] and "geoportal.statistics.gov.uk" not in source["url"]:
            for address in _addresses(source):
                by_address[address.rstrip("/")].add(key)
    assert [keys for keys in by_address.values() if len(keys) > 1] == []


def test_one_document_has_one_key(sources) -> None:
    """Copies of a document are not documents more. Undated pages may have one title by chance."""
    documents = defaultdict(set)
    for key, source in sources.items():
        title = " ".join(_words(source["title"]))
        documents[title, source["publisher"], source["date"]].add(key)
    assert [keys for (*_, date), keys in documents.items() if date and len(keys) > 1] == []
    assert sum(source["copies"] != "" for source in sources.values()) == 6


def test_publishers_are_spelled_in_one_way(sources) -> None:
    spellings = defaultdict(set)
    for source in sources.values():
        spellings[re.sub(r"[^a-z0-9]", "", source["publisher"].lower())].add(source["publisher"])
    assert [found for found in spellings.values() if len(found) > 1] == []
    kinds = defaultdict(set)
    for source in sources.values():
        kinds[source["publisher"]].add(source["publisher_type"])
    assert {publisher: found for publisher, found in kinds.items() if len(found) > 1} == {}


# The mapping has "Chris Brown" with a question mark; the note of the row says so.
MISSPELLED = {"Chris Bown": "Chris Brown"}


def test_a_lead_from_the_mapping_is_in_the_mapping(reference, rows) -> None:
    path = reference / "stp_partner_mapping_2019-04.xlsx"
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    named: dict[str, str] = defaultdict(str)
    # Columns of the ONS code and of the lead, counted from 0.
    for sheet, code, lead in (("Current STPs", 3, 6), ("Closed STP codes", 4, 6)):
        for row in book[sheet].iter_rows(min_row=2, values_only=True):
            # Two areas still have the codes of before April 2017.
            earlier = {"E54000002": "E54000047", "E54000004": "E54000048"}
            named[earlier.get(row[code], str(row[code]))] += f" {row[lead] or ''}"
    book.close()
    checked = 0
    for line, row in enumerate(rows("leads"), start=2):
        if "nhs-digital-ods-2019" in [row["source"], *row["also"].split()]:
            # First names are shortened here and there, surnames are not.
            surname = MISSPELLED.get(row["name"], row["name"]).split()[-1]
            assert surname.lower() in named[row["code"]].lower(), line
            checked += 1
    assert checked > 30


# One Member of Parliament writes the name so.
SPELLED_OTHERWISE = {"Neil McKay": "mackay"}


def test_a_lead_is_named_in_a_raw_row_that_it_rests_on(noted, rows) -> None:
    checked = 0
    for line, row in enumerate(rows("leads"), start=2):
        told = [noted[fact] for fact in row["facts"].split() if fact in noted]
        if not row["name"] or not told:
            continue
        words = " ".join(f"{one['value']} {one['excerpt']} {one['scope']}" for one in told).lower()
        surname = row["name"].split()[-1].lower()
        assert surname in words or SPELLED_OTHERWISE.get(row["name"], "-") in words, line
        checked += 1
    assert checked > 60


# --- the words are ours ------------------------------------------------------------------------

LONGEST_COPY = 7
OUR_WORDS = (
    "note", "reason", "description", "method", "headline", "summary", "label", "caution", "basis",
    "statement", "explanation", "right_figure", "what", "said", "listed",
)  # fmt: skip
# Names of bodies and posts, which have no other words.
TITLES = ("Chief Officer of Fareham and Gosport and South Eastern Hampshire CCGs",)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9£%']+", text.lower().replace("\u2019", "'"))


def _runs(text: str) -> set[tuple[str, ...]]:
    words, size = _words(text), LONGEST_COPY + 1
    return {tuple(words[start : start + size]) for start in range(len(words) - size + 1)}


@pytest.fixture(scope="module")
def not_ours(reference, noted) -> set[tuple[str, ...]]:
    """Runs of words in the excerpts and in the seed documents."""
    texts = [row["excerpt"] for row in noted.values()]
    texts += [path.read_text("utf-8") for path in (reference.parent / "seeds").glob("*.txt")]
    return set().union(*map(_runs, texts))


def test_no_sentence_is_copied(rows, package, facts, not_ours) -> None:
    excerpt = max((row["excerpt"] for row in facts.values()), key=len)
    assert _runs(f"As they say, {excerpt.upper()}!") & not_ours
    copied = []
    for resource in package["resources"]:
        for line, row in enumerate(rows(resource["name"]), start=2):
            for column in OUR_WORDS:
                text = row.get(column, "")
                for title in TITLES:
                    text = text.replace(title, "|")
                if _runs(text) & not_ours:
                    copied.append((resource["name"], line, column))
    assert copied == []


# --- which figure we use (other rules are checked whenever the data is loaded) -------------------


def test_figure_is_chosen_only_for_the_yearly_gap_and_people_and_not_where_unsettled(rows) -> None:
    """Sums over years, what is left after the plan, parts and earlier years never stand for it."""
    used = [row for row in rows("stated") if row["preferred"]]
    assert {row["measure"] for row in used} == {"finance_gap_2020_21", "population_stated"}
    names = {row["name"]: row["code"] for row in rows("footprints")}
    settled = {row["code"] for row in used if row["measure"] == "finance_gap_2020_21"}
    for name in (
        "Surrey Heartlands",
        "Somerset",
        "Bristol, North Somerset and South Gloucestershire",
        "Birmingham and Solihull",
    ):
        assert names[name] not in settled
