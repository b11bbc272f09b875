"""The parts of the page Data and methods that are made of the data."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from stp_data.core import wording
from stp_data.core.atlas import Atlas
from stp_data.core.filters import Choice
from stp_data.export import dictionary, files, markers, safe_csv
from stp_data.export.dictionary import Entry
from ui.parts import html

SHOW = Choice(
    "show", "part of this page",
    lambda _: {
        "downloads": "Downloads",
        "dictionary": "Dictionary",
        "methods": "Methods",
        "licences": "Licences",
        "corrections": "Corrections",
        "accessibility": "Accessibility",
        "about": "About",
        "new-here": "New here?",
        "glossary": "Glossary",
    },
    default="downloads",
)  # fmt: skip
TABLE = Choice(
    "table", "table",
    lambda atlas: {
        name: f"{name}: {table['title']}" for name, table in dictionary.tables(atlas).items()
    },
    instead="no table",
)  # fmt: skip
KINDS = {"derived": "calculated", "curated": "compiled by people"}


@lru_cache(maxsize=1)
def downloads(atlas: Atlas) -> str:
    """Every file with its size, and what there is for programs and for paper."""
    sizes, package = files.sizes(atlas), atlas.package
    licence = package["licenses"][0]

    def file(name: str, label: str = "") -> str:
        size = wording.size(sizes[name])
        return f'<a href="download/{name}" download>{label or name}</a> ({size})'

    table = html.table(
        "CSV files, UTF-8, with column names in the first row",
        ["File", "What it holds", "How made", "Rows", "Size"],
        [
            [
                f'<a href="download/{resource["path"]}" download>{name}</a>',
                escape(resource["title"]),
                KINDS[resource["kind"]],
                f"{len(getattr(atlas, name)):,}",
                wording.size(sizes[resource["path"]]),
            ]
            for name, resource in dictionary.tables(atlas).items()
        ],
        numbers_from=3,
    )
    whole = _list(
        f"{file('stp-atlas.xlsx', 'Excel workbook')}: notes, the meaning of every column, and one "
        "table a sheet",
        f"{file('stp-atlas.zip', 'Zip')}: all CSV files, their description, the outlines and a "
        "README",
        '<a href="download/">All files on one plain page</a>, with each outline and each measure '
        "as a file of its own",
    )
    maps = _list(
        f"{file('footprints.geojson')}: the 44 outlines, simplified by 400 m, longitude and "
        "latitude (WGS 84)",
        f"{file('hexes.csv')}: the position of each footprint on the hex map",
    )
    others = _list(
        '<a href="api/">API</a>: the data as JSON, described by '
        '<a href="api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1)',
        '<a href="briefing/">Briefings</a>: two printable pages on each footprint or pair, also as '
        "Word documents",
        '<a href="theme/">Theme sheets</a>: one or two printable pages on each theme, also as Word '
        "documents",
    )
    marks = " ".join(f"<code>{mark}</code> {text}" for mark, text in markers.MEANING.items())
    rules = _list(
        "In CSV files an empty cell means that we found nothing, or that there is nothing to say. "
        "It never means no or zero.",
        f"In the workbook no cell is empty: {marks}",
        escape(safe_csv.RULE),
    )
    return (
        f'<div class="stp-prose"><p>Version {package["version"]}, {wording.data_of(atlas)}. '
        f'Licence of the tables: <a href="{licence["path"]}" target="_blank">{licence["title"]}'
        '</a>; see <a href="data?show=licences" target="_self">Licences</a> for how to cite them. '
        f"Sizes are before compression.</p><h3>All tables</h3>{whole}<h3>Single tables</h3></div>"
        f'{table}<div class="stp-prose"><p>{file("datapackage.json")} describes every column, as '
        'does the <a href="data?show=dictionary" target="_self">Dictionary</a>.</p>'
        f"<h3>Maps</h3>{maps}<h3>API and printing</h3>{others}"
        f"<h3>How to read the files</h3>{rules}</div>"
    )


def _list(*items: str) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


@lru_cache(maxsize=1)
def measures_listed(atlas: Atlas) -> str:
    """Every measure, grouped by the plans' triple aim."""
    entries = dictionary.entries(atlas)
    parts = [
        '<div class="stp-prose"><h3>Measures</h3><p><em>Measured</em> figures come from '
        "statistics, <em>stated</em> ones from documents; those <em>worked out</em> are a stated "
        "figure divided by a measured one. Direction says whether a higher figure is better, worse "
        "or neither.</p></div>"
    ]
    for aim in dict.fromkeys(entry.measure.aim for entry in entries):
        rows = [
            [
                f"<b>{escape(entry.measure.label)}</b><br><small><code>{entry.measure.key}</code>, "
                f"{entry.measure.kind}</small>",
                escape(entry.measure.description),
                escape(entry.measure.unit),
                entry.measure.direction,
                escape(entry.period),
                escape(entry.measure.method),
                _sources(atlas, entry),
            ]
            for entry in entries
            if entry.measure.aim == aim
        ]
        heads = ["Measure", "Description", "Unit", "Direction", "Period", "Method", "Source"]
        table = html.table(f"{aim[0].upper()}{aim[1:]}", heads, rows)
        parts.append(f'<div class="stp-wide">{table}</div>')
    return "".join(parts)


def _sources(atlas: Atlas, entry: Entry) -> str:
    if entry.measure.kind == "measured":
        return html.cite_all(atlas, entry.sources)
    figures = wording.count(entry.figures, "figure", "figures")
    documents = wording.count(len(entry.sources), "document", "documents")
    return f"{figures} from {documents}, each named beside its figure"


@lru_cache(maxsize=64)
def fields_of(atlas: Atlas, name: str) -> str:
    """The columns of one table."""
    resource = dictionary.tables(atlas)[name]
    rows = [
        [
            f"<code>{field.name}</code>",
            field.type,
            escape(field.description),
            escape(field.allowed)
            + (f" Matches <code>{escape(field.pattern)}</code>." if field.pattern else ""),
        ]
        for field in dictionary.fields(resource)
    ]
    number = wording.count(len(getattr(atlas, name)), "row", "rows")
    key = wording.listed(resource["schema"]["primaryKey"])
    return html.table(
        f"{resource['title']}: {number}, {KINDS[resource['kind']]}. Key: {key}",
        ["Column", "Type", "Description", "Allowed"],
        rows,
    )
