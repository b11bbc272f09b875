"""What the address of Relate asks, read with care as in ui/parts/address.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core.atlas import Atlas
from stp_data.overview import relating
from stp_data.places import footprints
from stp_data.places.footprints import Footprint
from ui.parts import address

AXES = {"x": "across", "y": "up"}
LONGEST = 2_000
"""Of the list of areas: the names of all 44 are shorter."""


@dataclass(frozen=True)
class AskedRelate:
    """Everything that the page shows depends on this and the data alone."""

    x: str
    y: str
    """Keys of relating.labels, never the same."""
    footprint: Footprint | None
    """The one that is marked."""
    selected: tuple[str, ...]
    """Codes of those listed below the chart."""
    notices: tuple[str, ...] = ()

    def query(self, atlas: Atlas) -> dict[str, str]:
        """The choices as they stand in an address, without those that are the default."""
        found = {
            name: key
            for name, key, default in zip(
                AXES, (self.x, self.y), relating.DEFAULTS, strict=True
            )
            if key != default
        }  # fmt: skip
        if self.footprint:
            found["area"] = self.footprint.slug
        if self.selected:
            found["areas"] = slugs(atlas, self.selected)
        return found

    def of_file(self, atlas: Atlas, *, all_areas: bool = False) -> dict[str, str]:
        """The same for the CSV, of the selected footprints or of all."""
        left_out = {"area", "areas"} if all_areas else {"area"}
        return {k: v for k, v in self.query(atlas).items() if k not in left_out}


def slugs(atlas: Atlas, codes: tuple[str, ...]) -> str:
    """Footprints as an address names several."""
    return ",".join(footprints.all_footprints(atlas)[code].slug for code in codes)


def read(params: Mapping[str, str], atlas: Atlas) -> AskedRelate:
    """``x``, ``y``: measures; ``area``: the footprint marked; ``areas``: those selected."""
    place = address.read_place(params, atlas)
    notices = list(place.notices)
    known = relating.labels(atlas)
    keys = []
    for name, default in zip(AXES, relating.DEFAULTS, strict=True):
        key = params.get(name, default)
        if key not in known:
            key = default
            notices.append(
                f"We don't have the measure that the address gives for {name}. "
                f"Showing {known[key][0].lower()}{known[key][1:]} instead."
            )
        keys.append(key)
    x, y = keys
    if x == y:
        y = next(key for key in reversed(relating.DEFAULTS) if key != x)
        notices.append(
            "Choose two different measures. "
            f"Showing {known[y][0].lower()}{known[y][1:]} for y instead."
        )
    return AskedRelate(x, y, place.footprint, _selected(params, atlas, notices), tuple(notices))


def _selected(params: Mapping[str, str], atlas: Atlas, notices: list[str]) -> tuple[str, ...]:
    asked = params.get("areas", "")
    if len(asked) > LONGEST:
        notices.append("The address selects more areas than there are; none is selected.")
        return ()
    names = [name for name in asked.split(",") if name]
    found = [footprints.resolve(atlas, name) for name in names]
    if None in found:
        notices.append("The address selects an area that is not one of the 44; it is left out.")
    chosen = {place.code for place in found if place is not None}
    # In the order of names, however they were selected: the same view has one address.
    return tuple(place.code for place in footprints.by_name(atlas) if place.code in chosen)
