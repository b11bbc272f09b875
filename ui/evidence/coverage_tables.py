"""How much was found for each footprint, by kind of fact."""

from __future__ import annotations

from html import escape

from stp_data.core.atlas import Atlas
from stp_data.evidence import coverage, source_usage
from stp_data.evidence.coverage import Cell
from stp_data.places import footprints
from stp_data.priorities import themes_named
from ui.evidence import links
from ui.parts import html
from ui.parts.cells import line

NONE = "–"
LEGEND = (
    '<ul class="stp-legend stp-cover" aria-label="Legend">'
    "<li><span class=o></span>an official source gives it (bold)</li>"
    "<li><span class=u></span>only press, think tanks, campaigns and the like (striped)</li>"
    f"<li>{NONE} not found in the sources we read; it may still exist</li></ul>"
)


def every_footprint(atlas: Atlas, order: str) -> str:
    """44 rows by kind of fact: how many rows were found, shaded by kind of source."""
    every, places = coverage.cells(atlas), footprints.all_footprints(atlas)
    codes = {
        "thin": list(coverage.thinnest_first(atlas)),
        "name": [place.code for place in footprints.by_name(atlas)],
        "region": sorted(coverage.thinnest_first(atlas), key=lambda code: places[code].region),
    }[order]
    rows = []
    for code in codes:
        here = every[code].values()
        name = links.evidence(places[code].name, view="coverage", area=places[code].slug)
        read = themes_named.coverage(atlas, code).read
        cells = f"<td>{sum(cell.rows > 0 for cell in here)}</td><td>{read}</td>"
        rows.append(f"<tr><th scope=row>{name}</th>{cells}{''.join(map(_cell, here))}</tr>")
    for name, is_official in (("Footprints, of 44", False), ("From official sources", True)):
        numbers = coverage.found_for(atlas, official=is_official).values()
        cells = "".join(f"<td>{number}</td>" for number in numbers)
        rows.append(f"<tr class=preferred><th scope=row>{name}</th><td></td><td></td>{cells}</tr>")
    heads = ["Found", "Read", *(field.label for field in coverage.FIELDS.values())]
    head = "".join(f"<th scope=col>{escape(text)}</th>" for text in heads)
    caption = "Rows found by kind of fact; select a footprint to see its kinds of source"
    return (
        f'<div class="stp-scroll" tabindex="0" role="region" aria-label="{caption}">'
        f'<table class="stp-table stp-cover"><caption>{caption}</caption><thead><tr>'
        f"<th scope=col>Footprint</th>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(cell: Cell) -> str:
    if not cell.rows:
        return f"<td>{NONE}</td>"
    return f"<td class={'o' if cell.is_official else 'u'}>{cell.rows}</td>"


def one_footprint(atlas: Atlas, code: str) -> str:
    """Rows, and sources of each kind, for each kind of fact and for the documents read."""
    here, read = coverage.cells(atlas)[code], coverage.read(atlas, code)
    number = sum(read.values())
    cells = {coverage.FIELDS[key].label: (cell.rows, cell.kinds) for key, cell in here.items()}
    rows = [
        [escape(label), *(str(n or NONE) for n in (found, *kinds.values()))]
        for label, (found, kinds) in (cells | {"Documents read": (number, read)}).items()
    ]
    missing = sum(not cell.rows for cell in here.values())
    said = (
        f"<b>{links.place(atlas, code, 'missing')}</b>: {missing} of {len(here)} kinds of fact "
        f"were not found in the {number} documents we read about it."
    )
    heads = ["Fact", "Rows", *(kind[0].upper() + kind[1:] for kind in source_usage.KINDS)]
    name = footprints.all_footprints(atlas)[code].name
    caption = f"{name}: rows found, and the number of sources of each kind"
    last = frozenset({len(rows) - 1})
    return line(said) + html.table(caption, heads, rows, numbers_from=1, marked=last)
