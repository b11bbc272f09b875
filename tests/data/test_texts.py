"""The written pages: their links lead somewhere, and what they count is what the tables hold."""

from __future__ import annotations

import base64
import csv
import json
import re
from collections import Counter, defaultdict
from itertools import combinations
from math import comb
from pathlib import Path

import pandas as pd
import pytest
from each import each

from stp_data.core import paths, texts
from stp_data.core.errors import DataError

REPOSITORY = Path(__file__).resolve().parents[2]
SHOWN = [
    "docs/new-here.md",
    "docs/glossary.md",
    "docs/about.md", "docs/accessibility.md", "docs/corrections.md", "docs/methods.md",
    "LICENCE-DATA.md",
]  # fmt: skip
LINKED = [
    *SHOWN,
    "docs/architecture.md", "docs/performance.md", "docs/scaling.md",
    "README.md", "CONTRIBUTING.md",
]  # fmt: skip
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def text(name: str) -> str:
    """The document with single spaces and without stars."""
    return re.sub(r"\s+", " ", (REPOSITORY / name).read_text(encoding="utf-8")).replace("*", "")


def anchors(path: Path) -> set[str]:
    """Headings as links name them."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-") for head in heads}


@each("name", LINKED)
def test_every_link_leads_to_a_file_and_a_heading_that_exist(name: str) -> None:
    for target in LINK.findall((REPOSITORY / name).read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        path = (REPOSITORY / name).parent / file if file else REPOSITORY / name
        assert path.resolve().is_file(), target
        assert not anchor or anchor in anchors(path), target


@each("name", SHOWN)
def test_text_has_one_title_and_level_of_headings_and_is_read_whole(name: str) -> None:
    whole = (REPOSITORY / name).read_text(encoding="utf-8")
    lines = whole.splitlines()
    levels = [len(line) - len(line.lstrip("#")) for line in lines if line.startswith("#")]
    assert levels[0] == 1
    assert set(levels[1:]) <= {2}
    # Streamlit would take these for formulas, colours and icons.
    assert not re.search(r"\$|:[a-z-]+\[|:material/", whole)
    found = texts.read(name)
    parts = [f"# {found.title}", found.opening]
    for heading, below in found.parts:
        parts += [f"## {heading}", below]
    assert " ".join(parts).split() == whole.split()


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "is missing"), (b"no title\n", "its title"), (b"# \xff\n", "UTF-8"), (b"", "title")],
)
def test_text_that_cannot_be_read_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, problem: str
) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    if content is not None:
        (tmp_path / "docs" / "methods.md").write_bytes(content)
    texts.read.cache_clear()
    with pytest.raises(DataError) as caught:
        texts.read("docs/methods.md")
    assert str(caught.value).startswith("docs/methods.md: ")
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_counts_of_the_priorities_in_methods_are_those_of_the_tables(rows) -> None:
    priorities, dates = rows("priorities"), {r["source"]: r["date"] for r in rows("sources")}
    kinds = Counter(row["kind"] for row in rows("themes"))
    read = Counter(row["code"] for row in rows("readings"))
    when = [row["as_of"] or dates[row["source"]] for row in priorities]
    later = [
        row["later"] == "yes" or date >= "2018" for row, date in zip(priorities, when, strict=True)
    ]
    said = text("docs/methods.md")
    assert {row["code"] for row in priorities} == {row["code"] for row in rows("footprints")}
    sources = len({row["source"] for row in priorities})
    assert (
        f"There are {len(priorities):,} rows, from {sources} sources, "
        f"for all {len(rows('footprints'))} footprints, on {kinds['clinical']} clinical "
        f"priorities and {kinds['enabler']} enablers."
    ) in said
    assert (
        f"{min(read.values())} to {max(read.values())} for each, {read.total():,} readings" in said
    )
    own = {row["code"] for row in rows("readings") if row["document"] in ("plan", "summary")}
    assert f"For {len(own)} footprints the plan or its summary was among the documents" in said
    assert f"{sum(row['read'] == 'whole' for row in rows('readings'))} were read whole" in said
    weak = sum(row["confidence"] == "low" for row in priorities)
    assert f"{weak} rows of low confidence" in said
    assert f"These {sum(later)} rows count only when" in said
    assert f"Of the {len(priorities):,}, {when.count('')} have no date at all" in said


def test_what_methods_says_of_pairs_and_of_reading_is_what_the_tables_give(rows) -> None:
    types = {row["source"]: row["publisher_type"] for row in rows("sources")}
    dates = {row["source"]: row["date"] for row in rows("sources")}
    codes = [row["code"] for row in rows("footprints")]
    official = {"nhs", "council", "government"}

    def named(publishers: set[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {code: set() for code in codes}
        for row in rows("priorities"):
            in_time = row["later"] != "yes" and (row["as_of"] or dates[row["source"]]) < "2018"
            if in_time and types[row["source"]] in publishers and row["how"] != "mention":
                found[row["code"]].add(row["theme"])
        return found

    def least_q(found: dict[str, set[str]]) -> tuple[float, int]:
        plans = [{code for code in codes if row["theme"] in found[code]} for row in rows("themes")]
        chances = []
        for first, second in combinations([p for p in plans if 0 < len(p) < 44], 2):
            m, n, both = len(first), len(second), len(first & second)
            ways = [comb(m, k) * comb(44 - m, n - k) for k in range(n + 1)]
            chances.append(sum(w for w in ways if 0 < w <= ways[both]) / comb(44, n))
        ordered = enumerate(sorted(chances), start=1)
        return min(p * len(chances) / rank for rank, p in ordered), len(chances)

    said = text("docs/methods.md")
    q, pairs = least_q(named(set(types.values())))
    assert f"the least q of {pairs} pairs is {q:.3f}" in said
    assert least_q(named(official))[0] < 0.001
    assert "only official sources count it is below 0.001" in said
    read = Counter(row["code"] for row in rows("readings"))
    themes = named(set(types.values()))
    both = pd.DataFrame({code: [read[code], len(themes[code])] for code in codes}).T.rank()
    assert f"(Spearman) is {both.corr().iloc[0, 1]:.2f}." in said


def test_counts_of_proposals_and_members_in_methods_are_those_of_the_tables(rows) -> None:
    proposals, said = rows("proposals"), text("docs/methods.md")
    types = {row["source"]: row["publisher_type"] for row in rows("sources")}
    own = {"nhs", "council", "government", "local press", "national press", "trade press"}
    weak = [
        row
        for row in proposals
        if not own & {types[key] for key in [row["source"], *row["also"].split()]}
    ]
    footprints = len({row["code"] for row in proposals})
    assert f"{len(proposals)} changes in {footprints} footprints" in said
    assert f"{len(weak)} changes were read only on the page of a campaign or a company" in said
    types_of = Counter(row["type"] for row in rows("organisations"))
    assert f"all {types_of['CCG']} CCGs" in said
    seats = Counter(row["source"] for row in rows("memberships"))
    assert f"{seats['health-foundation-trusts-2018']} hospital trusts" in said
    assert f"There are {len(rows('neighbours')) // 2} pairs" in said
    shares = defaultdict(set)
    for row in rows("places"):
        shares[row["lad"]].add(row["code"])
    whole = sum(len(codes) == 1 for codes in shares.values())
    assert f"Of the {len(shares)} districts, {whole} lie wholly in one footprint" in said
    assert f"the other {len(shares) - whole}" in said
    assert f"the {len({r['successor'] for r in rows('successors')})} integrated care boards" in said
    (people,) = [
        r["value"] for r in rows("measured") if (r["code"], r["measure"]) == ("ENG", "population")
    ]
    assert f"{float(people):,.0f} in all" in said


def test_counts_of_postcodes_in_methods_are_those_of_the_file() -> None:
    said = text("docs/methods.md")
    postcodes: Counter[str] = Counter()
    sectors = defaultdict(set)
    with (REPOSITORY / "stp_data" / "geometry" / "postcodes.csv").open(encoding="ascii") as file:
        for row in csv.DictReader(file):
            kind = "England" if row["area"].startswith("E54") else row["area"]
            postcodes[kind] += int.from_bytes(base64.b64decode(row["units"])).bit_count()
            if kind != "none":
                sectors[row["sector"]].add(row["area"])
    english = [areas for areas in sectors.values() if any(a.startswith("E54") for a in areas)]
    split = sum(len(areas) > 1 for areas in english)
    by_council, by_outline = 2_052_571, 212_321
    assert by_council + by_outline == postcodes["England"]
    assert f"Of {postcodes['England']:,} English postcodes the council decides {by_council:,}" in (
        said
    )
    assert f"The other {by_outline:,} ({by_outline / postcodes['England']:.1%})" in said
    assert f"{1 - 1297 / by_council:.2%}: 1,297 differ" in said
    assert f"{220 / by_outline:.2%}; " in said
    assert f"{220 / postcodes['England']:.2%} of all English postcodes" in said
    assert f"Of {len(english):,} sectors with English postcodes, {split:,} lie in more" in said
    assert f"{postcodes['none']:,} postcodes have neither" in said


def test_corrections_and_rows_left_out_are_counted_as_in_the_tables(rows) -> None:
    said, corrections, excluded = text("docs/corrections.md"), rows("corrections"), rows("excluded")
    lines = (REPOSITORY / "docs" / "corrections.md").read_text(encoding="utf-8").splitlines()
    corrected, left_out = lines.index("| what | corrections |"), lines.index("| what | rows |")

    def column(start: int) -> list[int]:
        found = []
        for line in lines[start + 2 :]:
            if not line.startswith("|"):
                break
            found.append(int(line.split("|")[-2]))
        return found

    assert sum(column(corrected)) == len(corrections)
    assert f"All {len(corrections)} corrections" in said
    assert sum(column(left_out)) == len(excluded)
    facts = sum(row["file"] in ("facts.csv", "facts_2.csv") for row in excluded)
    assert f"{len(excluded)} raw rows: {facts} noted facts" in said


def test_rows_left_out_by_kind_are_those_of_the_raw_facts(rows, facts) -> None:
    kinds, second = (
        Counter(facts[row["key"]]["kind"] for row in rows("excluded") if row["file"] == file)
        for file in ("facts.csv", "facts_2.csv")
    )
    lines = (REPOSITORY / "docs" / "corrections.md").read_text(encoding="utf-8").splitlines()
    found = {line.split("|")[1].strip()[:22]: int(line.split("|")[-2]) for line in lines
             if re.fullmatch(r"\|.*\| \d+ \|", line)}  # fmt: skip
    assert found["noted as a service chan"[:22]] == kinds["proposal"]
    assert found["noted as a priority or enabler"[:22]] == kinds["priority"] + kinds["enabler"]
    assert found["the same in the second"[:22]] == second["priority"] + second["enabler"]
    assert found["noted as a gap, but a cut"[:22]] == (
        kinds["finance_gap_other"] + kinds["finance_gap_2020_21"]
    )


def test_readme_and_changelog_name_the_version_of_the_data() -> None:
    package = json.loads(
        (REPOSITORY / "stp_data" / "tables" / "datapackage.json").read_text(encoding="utf-8")
    )
    assert f"## [{package['version']}]" in text("CHANGELOG.md")
    assert f"version {package['version']}" in text("docs/accessibility.md")
