"""What the address of the Finance page asks, read with care as in ui/parts/address.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stp_data.core.atlas import Atlas
from stp_data.money import gaps
from stp_data.money.gaps import Wanted
from stp_data.places import footprints
from stp_data.plans import stated_figures
from stp_data.plans.stated_figures import Stated

SCOPES = {
    gaps.ALL: "All, each apart",
    **{word: stated_figures.SCOPES[scope] for word, scope in gaps.SCOPES.items()},
}
SORTS = {"size": "Largest first", "name": "By name"}
UNITS = {"total": "£ million", "head": "£ a head"}
VIEWS = {"dots": "Chart", "map": "Map", "hexes": "Hexes", "table": "Table"}

WORDS = {"scope": SCOPES, "sort": SORTS, "unit": UNITS, "view": VIEWS}
"""Parameters that take one word of a few, and what each is called on screen; the first is the
default, which an address leaves out."""
OF_FILES = ("scope", "region", "sort", "unit")
"""Those that the chart and the CSV take as well."""


@dataclass(frozen=True)
class AskedMoney:
    """Everything that the views by footprint show depends on this and the data alone."""

    show: str
    words: Mapping[str, str]
    """One of the keys of WORDS for each parameter."""
    region: str | None
    """Key of an NHS region as it stands in the address."""
    wanted: Wanted
    figure: Stated | None
    """The gap whose source is open."""
    notices: tuple[str, ...] = ()

    @property
    def query(self) -> dict[str, str]:
        """The choices as they stand in an address, without those that are the default."""
        found = {name: word for name, word in self.words.items() if word != next(iter(WORDS[name]))}
        if self.region:
            found["region"] = self.region
        return found

    @property
    def of_files(self) -> dict[str, str]:
        """The same for the chart and the CSV."""
        return {name: word for name, word in self.query.items() if name in OF_FILES}


def read(params: Mapping[str, str], atlas: Atlas, sections: Mapping[str, str]) -> AskedMoney:
    """``show`` (one of ``sections``, the first when not given), ``region``, ``figure``, WORDS."""
    notices: list[str] = []
    words = {
        name: _word(params, name, allowed, notices)
        for name, allowed in {"show": sections, **WORDS}.items()
    }
    show = words.pop("show")
    region = params.get("region")
    if region is not None and region not in footprints.regions(atlas):
        region = None
        notices.append("The address names a region that is not here. This is all of England.")
    key = params.get("figure", "")
    figure = gaps.yearly(atlas).get(key)
    if key and figure is None:
        notices.append("The address names a figure that is not here. Choose one in the chart.")
    asked = gaps.wanted(atlas, {**words, "region": region or gaps.ALL})
    return AskedMoney(show, words, region, asked, figure, tuple(notices))


def _word(
    params: Mapping[str, str], name: str, allowed: Mapping[str, str], notices: list[str]
) -> str:
    default = next(iter(allowed))
    word = params.get(name, default)
    if word in allowed:
        return word
    notices.append(
        f"The address has a choice of {name} that is not here. Taken instead: "
        f"{allowed[default].lower()}."
    )
    return default
