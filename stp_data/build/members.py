"""Who sits in which footprint: the tables `organisations` and `memberships`.

Four kinds of source, each with its own date, none overruling another:

* the April 2017 lookup of the ONS: the CCGs, which are what the footprints are made of;
* the Health Foundation's list of 137 hospital trusts by footprint, 2017/18;
* the partner mapping of NHS Digital, April 2019: trusts, councils and other bodies;
* `stated_members`: what single documents say, decided by people.

The partner mapping was kept by hand and shows it. What is wrong in it is put right by a row of
`corrections` or left out by a row of `excluded`, never here: this module only applies house style
(spaces, apostrophes, "and" for "&") and refuses what it does not understand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from stp_data.build.partner_mapping import (
    CLOSED,
    GEOGRAPHY,
    TRUST_LIST,
    WORKBOOK,
    Geography,
    Partner,
    Workbook,
    check_footprint_names,
    codes_by_row,
    correct,
    exclude,
    house_style,
    read_geography,
    read_partners,
    read_trust_list,
    read_workbook,
    settle_merged,
)

ORGANISATION_COLUMNS = ["org", "name", "type", "ods_code", "ons_code"]
MEMBERSHIP_COLUMNS = ["code", "org", "role", "as_of", "source", "note"]

TRUST_TYPES = ("NHS trust", "NHS foundation trust", "care trust", "ambulance trust")
COUNCIL_TYPES = (
    "county council",
    "unitary authority",
    "metropolitan borough",
    "London borough",
    "district council",
)
TYPES = (
    "CCG",
    *TRUST_TYPES,
    *COUNCIL_TYPES,
    "Healthwatch",
    "community interest company",
    "other",
)
ROLES = ("commissioner", "provider", "council", "partner")

# The first letters of an ONS code say what sort of council it is. City of London Corporation is
# older than the boroughs and not one of them in law, but it has their code (E09000001), does
# their work and is counted with them; the Isles of Scilly, likewise, with the unitaries.
_COUNCIL_TYPE = {
    "E06": "unitary authority",
    "E07": "district council",
    "E08": "metropolitan borough",
    "E09": "London borough",
    "E10": "county council",
}
_ONS_NAME = {"Hull City Council": "Kingston upon Hull, City of"}

_IN_PLAN = "named in the published plan"
_BEFORE_MERGER = "listed before the footprint merged in 2018"
_IN_WALES = "in Wales, outside the footprint's boundary"


class _Org(NamedTuple):
    org: str
    name: str
    type: str
    ods_code: str
    ons_code: str


class _Membership(NamedTuple):
    code: str
    org: str
    role: str
    as_of: str
    source: str
    note: str


def build_members(
    reference: Path,
    corrections: pd.DataFrame,
    excluded: pd.DataFrame,
    stated_members: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the tables `organisations` and `memberships`.

    Args:
        reference: folder with the raw files.
        corrections: file, key, field, was, becomes, reason. Rows on the workbook (key
            ``<sheet>!<cell>``) and on the trust list (key = ODS code, field = column) are applied;
            rows on other files are left to those who read these files.
        excluded: file, key, reason, with the same keys.
        stated_members: code, org_name, type, ods_code, role, as_of, source, note, facts.

        All three hold text only, with empty strings for blanks.

    Returns:
        organisations: org, name, type, ods_code, ons_code; one row a body, sorted by org.
        memberships: code, org, role, as_of, source, note; one row for each footprint, body and
        source, sorted by these.

    Raises:
        ValueError: a correction or exclusion matches nothing, or not what it says it matches; a
            raw cell holds something that is neither understood nor corrected; two cells
            contradict each other; a footprint is left without a CCG, a trust or a council.

    """
    geography = read_geography(reference)
    listed = read_trust_list(reference, geography.stps, corrections, excluded)
    workbook = read_workbook(reference / WORKBOOK)
    raw_codes = codes_by_row(workbook.cells)
    correct(workbook.cells, corrections, WORKBOOK)
    exclude(workbook.cells, excluded, WORKBOOK)
    check_footprint_names(workbook.cells, raw_codes, geography.stps)
    partners = settle_merged(read_partners(workbook.cells, raw_codes))

    orgs: dict[str, _Org] = {}
    rows: list[_Membership] = []
    _add_ccgs(orgs, rows, geography)
    _add_listed_trusts(orgs, rows, listed, workbook.care_trusts)
    _add_trusts(orgs, rows, partners, workbook)
    _add_councils(orgs, rows, partners, geography)
    _add_others(orgs, rows, partners, {**workbook.official_trusts, **orgs})
    _add_stated(orgs, rows, stated_members)
    _check_memberships(rows, orgs, geography.stps)

    organisations = pd.DataFrame(sorted(orgs.values()), columns=ORGANISATION_COLUMNS)
    # Sorted by code, org, source, of which no two rows are alike.
    rows.sort(key=_membership_key)
    return organisations, pd.DataFrame(rows, columns=MEMBERSHIP_COLUMNS)


def _small_words(name: str) -> str:
    # "Isle Of Wight" in the trust list; not for other bodies, where "Cumbria Health On Call" is
    # how the name is written.
    return re.sub(
        r"(?<=[\w,] )(And|Of|On|For|The|Upon|In)\b", lambda match: match.group().lower(), name
    )


def _from_capitals(name: str) -> str:
    name = re.sub(r"[\w']+", lambda match: match.group().capitalize(), house_style(name))
    return _small_words(re.sub(r"\bNhs\b", "NHS", name))


def _same_name(one: str, other: str) -> bool:
    return one.lower().removeprefix("the ") == other.lower().removeprefix("the ")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")


# --- filling the tables ------------------------------------------------------------------------


def _register(orgs: dict[str, _Org], org: _Org, where: str) -> None:
    known = orgs.setdefault(org.org, org)
    if known != org:
        raise ValueError(f"{where}: {org.org} is {org.name!r} here, {known.name!r} elsewhere")


def _membership_key(row: _Membership) -> tuple[str, str, str]:
    return row.code, row.org, row.source


def _note(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _mapped(partner: Partner, org: str, role: str, *notes: str) -> _Membership:
    note = _note(
        _IN_PLAN if partner.red else "",
        _BEFORE_MERGER if partner.key.startswith(CLOSED.title) else "",
        *notes,
    )
    return _Membership(partner.stp, org, role, "2019-04", "nhs-digital-ods-2019", note)


def _add_ccgs(orgs: dict[str, _Org], rows: list[_Membership], geography: Geography) -> None:
    ccgs = geography.ccgs
    for ons, ods, name, stp in zip(*(ccgs[column] for column in ccgs), strict=True):
        org = _Org(ods.upper(), house_style(name), "CCG", ods.upper(), ons)
        _register(orgs, org, GEOGRAPHY)
        rows.append(_Membership(stp, org.org, "commissioner", "2017-04", "ons-lookup-2017", ""))


def _trust(code: str, name: str, care_trusts: set[str]) -> _Org:
    if "Ambulance" in name:
        kind = "ambulance trust"
    elif code in care_trusts:
        kind = "care trust"
    elif name.endswith("NHS Foundation Trust"):
        kind = "NHS foundation trust"
    elif "NHS" in name and name.endswith("Trust"):
        kind = "NHS trust"
    else:
        raise ValueError(f"{code}: {name!r} is not the name of an NHS trust")
    return _Org(code, name, kind, code, "")


def _add_listed_trusts(
    orgs: dict[str, _Org], rows: list[_Membership], listed: pd.DataFrame, care_trusts: set[str]
) -> None:
    for code, name, stp in zip(listed["code"], listed["Trust"], listed["STP_code"], strict=True):
        org = _trust(code.upper(), _small_words(house_style(name)), care_trusts)
        _register(orgs, org, TRUST_LIST)
        source = "health-foundation-trusts-2018"
        rows.append(_Membership(stp, org.org, "provider", "2017/18", source, ""))


def _add_trusts(
    orgs: dict[str, _Org], rows: list[_Membership], partners: list[Partner], workbook: Workbook
) -> None:
    """Add the mapping's trusts.

    A body has one name: that of the earliest source that lists it as a member. Where the mapping
    calls it something else by then, or it had another name before, the row's note says so.
    """
    seen: dict[str, str] = {}
    for partner, code in _coded(partners, "trust", r"[A-Z0-9]{3}"):
        name = _small_words(partner.name)
        if seen.setdefault(code, name) != name:
            raise ValueError(f"{WORKBOOK}, {partner.key}: {code} is {seen[code]!r} elsewhere")
        if code in orgs and any(row.org == code and row.as_of == "2017/18" for row in rows):
            first = orgs[code].name
            renamed = "" if _same_name(first, name) else f"named {name} by April 2019"
        else:
            _register(orgs, _trust(code, name, workbook.care_trusts), partner.key)
            former = _from_capitals(workbook.official_trusts.get(code, ""))
            renamed = f"earlier {former}" if former and not _same_name(former, name) else ""
        rows.append(_mapped(partner, code, "provider", renamed))


def _add_councils(
    orgs: dict[str, _Org],
    rows: list[_Membership],
    partners: list[Partner],
    geography: Geography,
) -> None:
    by_name: dict[tuple[str, bool], str] = {}
    for area_code, area in sorted(geography.areas.items()):
        by_name[_area_words(area), area_code.startswith("E10")] = area_code
    for partner, code in _coded(partners, "council", r"\d{3}"):
        name = _small_words(partner.name)
        words = _area_words(_ONS_NAME.get(name, name))
        # "Durham County Council" and "Rutland County Council" are unitaries: when there is no
        # such county among the counties, look among the districts.
        found = by_name.get((words, True)) if name.endswith("County Council") else None
        ons = found or by_name.get((words, False))
        if ons is None:
            raise ValueError(f"{WORKBOOK}, {partner.key}: no council of 2017 is called {name!r}")
        if partner.stp not in geography.council_stps[ons]:
            raise ValueError(f"{WORKBOOK}, {partner.key}: {name} has no people in {partner.stp}")
        _register(orgs, _Org(code, name, _COUNCIL_TYPE[ons[:3]], code, ons), partner.key)
        rows.append(_mapped(partner, code, "council"))


def _area_words(name: str) -> str:
    """Reduce a council's or an area's name to the place: "City of York Council" is "york"."""
    words = re.findall(r"[a-z]+", name.lower())
    filler = "council borough county city district metropolitan london royal of the corporation"
    place = [word for word in words if word not in filler.split()]
    # Of the City of London nothing is left.
    return " ".join(place) or "london"


def _add_others(
    orgs: dict[str, _Org],
    rows: list[_Membership],
    partners: list[Partner],
    taken: Mapping[str, object],
) -> None:
    """Add the mapping's other bodies; `taken` holds the codes of trusts, CCGs and councils."""
    for partner in partners:
        if partner.kind != "other body":
            continue
        # "NL8 (CQC: 1-256729774)": the register number of the Care Quality Commission is no ODS
        # code, and often stands alone.
        code = partner.code.split("(")[0].strip().upper()
        code = "" if code.startswith("CQC:") else code
        if code and not re.fullmatch(r"[A-Z0-9]{3,6}", code):
            raise ValueError(f"{WORKBOOK}, {partner.key}: {code!r} is not an ODS code")
        if code in taken or (len(code) == 5 and code[:3] in taken):
            # Five letters that begin with a trust's three are one of that trust's sites.
            raise ValueError(f"{WORKBOOK}, {partner.key}: {code} belongs to another body")
        org = code or _slug(partner.name)
        _register(orgs, _Org(org, partner.name, _other_type(partner.name), code, ""), partner.key)
        abroad = _IN_WALES if partner.name.endswith("Local Health Board") else ""
        rows.append(_mapped(partner, org, "partner", abroad))


def _other_type(name: str) -> str:
    if name.startswith("Healthwatch "):
        return "Healthwatch"
    return "community interest company" if name.endswith(" CIC") else "other"


def _coded(partners: list[Partner], kind: str, pattern: str) -> Iterator[tuple[Partner, str]]:
    for partner in partners:
        if partner.kind == kind:
            code = partner.code.upper()
            if not re.fullmatch(pattern, code):
                raise ValueError(
                    f"{WORKBOOK}, {partner.key}: {kind} {partner.name!r} has the code {code!r}"
                )
            yield partner, code


def _add_stated(
    orgs: dict[str, _Org], rows: list[_Membership], stated_members: pd.DataFrame
) -> None:
    for _, row in stated_members.iterrows():
        code, name = row["ods_code"].upper(), row["org_name"]
        org = code or _slug(name)
        where = f"stated_members, {row['code']}, {name}"
        if row["type"] not in TYPES or row["role"] not in ROLES:
            raise ValueError(f"{where}: no such type or role")
        ons_code = orgs[org].ons_code if org in orgs else ""
        _register(orgs, _Org(org, name, row["type"], code, ons_code), where)
        rows.append(
            _Membership(row["code"], org, row["role"], row["as_of"], row["source"], row["note"])
        )


# --- what must hold in the end -----------------------------------------------------------------


def _check_memberships(
    rows: list[_Membership], orgs: Mapping[str, _Org], stps: Mapping[str, str]
) -> None:
    seen: set[tuple[str, str, str]] = set()
    types: dict[str, set[str]] = {code: set() for code in stps}
    for row in rows:
        if row.code not in stps:
            raise ValueError(f"{row.org}, {row.source}: no footprint of April 2017 is {row.code}")
        if _membership_key(row) in seen:
            raise ValueError(f"{row.code}: {row.org} stands twice in {row.source}")
        seen.add(_membership_key(row))
        types[row.code].add(orgs[row.org].type)
    for code, found in sorted(types.items()):
        for needed, what in ((("CCG",), "CCG"), (TRUST_TYPES, "trust"), (COUNCIL_TYPES, "council")):
            if found.isdisjoint(needed):
                raise ValueError(f"{code}: no {what} among its members")
