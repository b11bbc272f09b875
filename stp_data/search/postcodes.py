"""Where a postcode, or a part of one, lies: in which of the 44, or outside England.

Answers from one small file that stp_data/build/postcodes.py makes of the ONS directory; it is
read at the first question. Nothing that is asked is kept or sent anywhere.
"""

from __future__ import annotations

import base64
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from stp_data.core import paths
from stp_data.core.errors import DataError

FILE = paths.GEOMETRY / "postcodes.csv"
COLUMNS = ("sector", "area", "units")
"""A sector (WR1 2); a footprint's code, a country or NO_PLACE; and which of the sector's units
(the last two letters) lie there: bit 21 * first + second, as places in UNITS, little-endian, in
base64."""
UNITS = "ABDEFGHJLNPQRSTUVWXYZ"
"""Letters that a unit is made of."""
NO_PLACE = "none"
"""Stands for postcodes to which the directory gives neither council nor grid reference."""

NORTHERN_IRELAND = "BT"
"""First letters of all its postcodes; none is listed, because they are under another licence."""

LONGEST = 30
"""Characters, spaces and all, beyond which a text is no postcode."""
_OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?|GIR|NPT"
_POSTCODE = re.compile(rf"({_OUTWARD})([0-9])([A-Z]{{2}})")
_SECTOR = re.compile(rf"({_OUTWARD})([0-9])[A-Z]?")
_DISTRICT = re.compile(_OUTWARD)
_AREA = re.compile(r"[A-Z]{1,2}")


@dataclass(frozen=True)
class Located:
    """Where the postcodes lie that some text means; ended ones count as well."""

    name: str
    """As the post office writes it: WR1 2AB, WR1 2, WR1, WR."""
    kind: str
    """postcode, or postcode sector, district or area."""
    footprints: tuple[tuple[str, int], ...]
    """(code, number of postcodes), most first."""
    outside: tuple[tuple[str, int], ...]
    """(country, number of postcodes) outside England, most first; Northern Ireland's are not
    counted and stand as one."""
    placeless: int
    """Postcodes to which the directory gives no place."""

    @property
    def placed(self) -> int:
        """How many postcodes have a place, in England or outside."""
        return sum(number for _, number in (*self.footprints, *self.outside))

    @property
    def is_known(self) -> bool:
        """Whether the directory lists it at all."""
        return self.placed + self.placeless > 0


def locate(text: str) -> Located | None:
    """What ``text`` means as a postcode or a part of one; None when it cannot be one.

    Case, spaces and stops do not matter. A full postcode is answered also when it is not listed
    (see Located.is_known); a part of one only when it is.
    """
    if len(text) > LONGEST or "&" in text:
        return None
    plain = re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).upper()).strip()
    whole = plain.replace(" ", "")
    if full := _POSTCODE.fullmatch(whole):
        outward, digit, unit = full.groups()
        return _count(f"{outward} {digit}{unit}", "postcode", [f"{outward} {digit}"], unit)
    sector = _SECTOR.fullmatch(whole)
    # "WR1 2" is a sector; "WR12" is the district, or failing that the sector.
    is_spaced = sector is not None and plain.startswith(f"{sector[1]} ")
    if _DISTRICT.fullmatch(whole) and not is_spaced and (found := _district(whole)):
        return found
    if sector:
        return _sector(f"{sector[1]} {sector[2]}")
    return _area(whole) if _AREA.fullmatch(whole) else None


def around(postcode: Located) -> Located | None:
    """The smallest part of a full postcode, less than the whole, that has a place; None if none."""
    if postcode.kind != "postcode":
        return None
    outward, inward = postcode.name.split()
    letters = re.sub(r"[^A-Z].*", "", outward)
    parts = (_sector(f"{outward} {inward[0]}"), _district(outward), _area(letters))
    return next((part for part in parts if part and part.placed), None)


def _sector(name: str) -> Located | None:
    return _part(name, "postcode sector", [name] if name in _listed().sectors else [])


def _district(name: str) -> Located | None:
    # Districts of central London are often named without their last letter: SW1 for SW1A to SW1Y.
    lettered = [] if name[-1].isalpha() else _sectors(f"{name}[A-Z]")
    found = max(_listed().by_district.get(name, []), lettered, key=len)
    return _part(name, "postcode district", found)


def _area(name: str) -> Located | None:
    return _part(name, "postcode area", _sectors(f"{name}[0-9][A-Z0-9]?|{name}"))


def _part(name: str, kind: str, sectors: list[str]) -> Located | None:
    """A part of a postcode, if it is known."""
    if not sectors and not name.startswith(NORTHERN_IRELAND):
        return None
    return _count(name, kind, sectors)


def _sectors(pattern: str) -> list[str]:
    """Sectors of the districts of which the whole name matches."""
    wanted = re.compile(pattern)
    by_district = _listed().by_district
    return [s for name in by_district if wanted.fullmatch(name) for s in by_district[name]]


def _count(name: str, kind: str, sectors: list[str], unit: str = "") -> Located:
    """Postcodes of some sectors by where they lie; of one unit only, if one is named."""
    if name.startswith(NORTHERN_IRELAND):
        return Located(name, kind, (), (("Northern Ireland", 1),), 0)
    wanted = _bit(unit) if unit else ~0
    counts: Counter[str] = Counter()
    for sector in sectors:
        for part in _listed().sectors.get(sector, ()):
            units = int.from_bytes(base64.b64decode(part.units), "little")
            counts[part.area] += (units & wanted).bit_count()
    placeless = counts.pop(NO_PLACE, 0)
    ordered = sorted(
        ((area, number) for area, number in counts.items() if number),
        key=lambda pair: (-pair[1], pair[0]),
    )
    return Located(
        name,
        kind,
        footprints=tuple(pair for pair in ordered if pair[0].startswith("E54")),
        outside=tuple(pair for pair in ordered if not pair[0].startswith("E54")),
        placeless=placeless,
    )


def _bit(unit: str) -> int:
    """The bit that stands for a unit; none for letters that no unit has."""
    first, second = (UNITS.find(letter) for letter in unit)
    return 0 if min(first, second) < 0 else 1 << (first * len(UNITS) + second)


class _Share(NamedTuple):
    """Some of the units of a sector."""

    area: str
    """The footprint or country in which they lie."""
    units: str
    """Which, as in the file: to decode all at the start would cost more than all answers."""


class _Listed(NamedTuple):
    sectors: dict[str, list[_Share]]
    by_district: dict[str, list[str]]
    """Sectors of each district."""


@cache
def _listed() -> _Listed:
    """The whole file; DataError when it is missing or damaged."""
    listed = _Listed({}, {})
    line = 1
    try:
        header, *rows = FILE.read_text(encoding="ascii").splitlines()
        if header != ",".join(COLUMNS):
            raise DataError(FILE, "has other columns; restore it with git checkout", line)
        for line, row in enumerate(rows, start=2):  # noqa: B007
            sector, area, units = row.split(",")
            if sector not in listed.sectors:
                listed.sectors[sector] = []
                listed.by_district.setdefault(sector[:-2], []).append(sector)
            listed.sectors[sector].append(_Share(sys.intern(area), units))
    except OSError:
        raise DataError(FILE, "is missing; restore it with git checkout") from None
    except ValueError:
        raise DataError(FILE, "is damaged; restore it with git checkout", line) from None
    return listed
