"""The page Data and methods: one section at a time, each text drawn from its one home."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape

import streamlit as st

from stp_data.core import texts, wording
from stp_data.core.atlas import Atlas
from stp_data.core.errors import DataError
from stp_data.export import dictionary, files, markers, safe_csv
from ui.parts import chrome, html, prose

SECTIONS = {
    "downloads": "Downloads",
    "dictionary": "Dictionary",
    "methods": "Methods",
    "licences": "Licences",
    "corrections": "Corrections",
    "accessibility": "Accessibility",
    "about": "What this is not",
    "new-here": "New here?",
    "glossary": "Words",
}
"""What ``show`` in the address may be, and what each is called; the first is the default."""
KINDS = {"derived": "worked out by the build", "curated": "decided by people"}


def asked(params: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The section that the address asks for, and what to tell the reader."""
    default = next(iter(SECTIONS))
    show = params.get("show", default)
    if show in SECTIONS:
        return show, ()
    return default, (
        f"The address asks for a part of this page that is not here. This is: "
        f"{SECTIONS[default].lower()}.",
    )


def draw(atlas: Atlas, params: Mapping[str, str]) -> None:
    """The page below its title."""
    show, notices = asked(params)
    default = next(iter(SECTIONS))
    st.session_state["show"] = show
    st.segmented_control(
        "Show",
        list(SECTIONS),
        format_func=SECTIONS.__getitem__,
        key="show",
        required=True,
        on_change=lambda: chrome.write(
            show=None if st.session_state["show"] == default else st.session_state["show"]
        ),
        label_visibility="collapsed",
    )
    chrome.notices(notices)
    try:
        _DRAWN[show](atlas)
    except DataError as error:
        chrome.notices([f"This text cannot be shown. {error}."])


# --- downloads ---------------------------------------------------------------------------------


def _downloads(atlas: Atlas) -> None:
    st.header("Downloads", anchor=False)
    st.html(downloads(atlas))


@lru_cache(maxsize=1)
def downloads(atlas: Atlas) -> str:
    """Every file with its size, and what is there for programs and for paper."""
    listed, package = files.files(atlas), atlas.package
    licence = package["licenses"][0]
    whole = _list(
        _file("stp-atlas.xlsx", "Excel workbook", listed.workbook)
        + ": a cover, notes, the meaning of every column, and one table a sheet",
        _file("stp-atlas.zip", "Zip", listed.archive)
        + ": all CSV files, their description, the outlines and a README",
        '<a href="download/">All files on one page without scripts</a>, with the outline of each '
        "footprint and each measure as a file of its own",
    )
    table = html.table(
        "CSV files, UTF-8, first row the names of the columns",
        ["File", "What it holds", "Made", "Rows", "Size"],
        [
            [
                f'<a href="download/{t.name}.csv" download>{t.name}</a>',
                escape(t.title),
                KINDS[t.kind],
                f"{t.rows:,}",
                wording.size(t.size),
            ]
            for t in listed.tables
        ],
        numbers_from=3,
    )
    description = _file("datapackage.json", "datapackage.json", listed.description)
    maps = _list(
        _file("footprints.geojson", "footprints.geojson", listed.outlines)
        + ": the 44 outlines, simplified by 400 m, longitude and latitude (WGS 84)",
        _file("hexes.csv", "hexes.csv", listed.hexes) + ": where each lies on the map of hexes",
    )
    live = _list(
        '<a href="api/">Answers for programs</a> as JSON, described by '
        '<a href="api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1)',
        '<a href="briefing/">Briefings</a>: two pages of paper on each of the 44, or on two side '
        "by side, also as Word documents",
        '<a href="theme/">Sheets of themes</a>: what was found on one theme, with its sources, on '
        "one or two pages of paper, also as Word documents",
    )
    rules = _list(
        "An empty cell of a CSV file means that nothing was found in the sources read, or that "
        "there is nothing to say. It is never a no and never zero.",
        "In the workbook no cell is empty: "
        + " ".join(f"<code>{mark}</code> {text}" for mark, text in markers.MEANING.items()),
        escape(safe_csv.RULE),
    )
    return (
        f'<div class="stp-prose"><p>Version {package["version"]}, {wording.data_of(atlas)}. The '
        f'tables are under the <a href="{licence["path"]}" target="_blank">{licence["title"]}</a>; '
        '<a href="data?show=licences" target="_self">Licences</a> has the lines to use with them. '
        "Sizes are before compression. The files need no script and no websocket.</p>"
        f"<h3>All tables at once</h3>{whole}<h3>Each table</h3></div>{table}"
        f'<div class="stp-prose"><p>{description} says what every column means; so does the '
        '<a href="data?show=dictionary" target="_self">Dictionary</a>.</p>'
        f"<h3>Maps</h3>{maps}<h3>For programs, and for paper</h3>{live}"
        f"<h3>How to read the files</h3>{rules}</div>"
    )


def _file(name: str, label: str, size: int) -> str:
    return f'<a href="download/{name}" download>{label}</a> ({wording.size(size)})'


def _list(*items: str) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


# --- dictionary --------------------------------------------------------------------------------


def _dictionary(atlas: Atlas) -> None:
    st.header("Dictionary", anchor=False)
    st.html(measures_listed(atlas))
    st.html(tables_listed(atlas))


@lru_cache(maxsize=1)
def measures_listed(atlas: Atlas) -> str:
    """Every measure, grouped by the plans' triple aim."""
    entries = dictionary.entries(atlas)
    parts = [
        '<div class="stp-prose"><h3>Measures</h3><p>The place, and then the three aims of the '
        "plans. <em>Measured</em> figures come out of statistics, <em>stated</em> ones out of "
        "documents, and those <em>worked out</em> are a stated figure divided by a measured one. "
        "Direction says whether a higher figure is better, worse, or neither.</p></div>"
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
                _rests_on(atlas, entry),
            ]
            for entry in entries
            if entry.measure.aim == aim
        ]
        table = html.table(
            f"{aim[0].upper()}{aim[1:]}",
            ["Measure", "What it is", "Unit", "Direction", "Period", "Method", "Source"],
            rows,
        )
        parts.append(f'<div class="stp-wide">{table}</div>')
    return "".join(parts)


def _rests_on(atlas: Atlas, entry: dictionary.Entry) -> str:
    if entry.measure.kind == "measured":
        return html.cite_all(atlas, entry.sources)
    figures = wording.count(entry.figures, "figure", "figures")
    documents = wording.count(len(entry.sources), "document", "documents")
    return f"{figures} from {documents}, each named beside its figure"


@lru_cache(maxsize=1)
def tables_listed(atlas: Atlas) -> str:
    """Every table, folded; open, every field."""
    return (
        '<div class="stp-prose"><h3>Tables and fields</h3><p>As in datapackage.json. Choose a '
        "table to see its fields.</p></div>"
        + "".join(_table(table) for table in dictionary.tables(atlas))
    )


def _table(table: dictionary.Table) -> str:
    rows = []
    for field in table.fields:
        pattern = f" Matches <code>{escape(field.pattern)}</code>." if field.pattern else ""
        rows.append(
            [
                f"<code>{field.name}</code>",
                field.type,
                escape(field.description),
                f"{escape(field.allowed)}{pattern}",
            ]
        )
    key = wording.listed(list(table.key))
    fields = html.table(
        f"{table.title}: {wording.count(table.rows, 'row', 'rows')}, {KINDS[table.kind]}. "
        f"A row is named by {key}",
        ["Field", "Type", "What it holds", "Allowed"],
        rows,
    )
    return (
        f'<details class="stp-fold"><summary><code>{table.name}</code> {escape(table.title)}'
        f"</summary>{fields}</details>"
    )


# --- texts -------------------------------------------------------------------------------------


def _licences(_atlas: Atlas) -> None:
    prose.draw(texts.read("LICENCE-DATA.md"))
    licence = texts.plain("LICENSE")
    st.subheader("Licence of the code", anchor="licence-of-the-code")
    st.html(f'<div class="stp-prose">{"".join(_paragraphs(licence))}</div>')


def _paragraphs(text: str) -> list[str]:
    return [f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip()]


def _document(name: str) -> Callable[[Atlas], None]:
    return lambda _atlas: prose.draw(texts.read(name))


_DRAWN: dict[str, Callable[[Atlas], None]] = {
    "downloads": _downloads,
    "dictionary": _dictionary,
    "methods": _document("docs/methods.md"),
    "licences": _licences,
    "corrections": _document("docs/corrections.md"),
    "accessibility": _document("docs/accessibility.md"),
    "about": _document("docs/about.md"),
    "new-here": _document("docs/new-here.md"),
    "glossary": _document("docs/glossary.md"),
}
