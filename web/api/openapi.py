"""The description of the API: OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from stp_data import Atlas
from stp_data.core import wording
from stp_data.export.views import VIEWS, View
from web.api.schemas import Schema, parameters, ref, schemas

PATHS: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...], str]] = {
    "/api/v1/footprints": ("All 44 footprints in brief", "Footprints", (), (), ""),
    "/api/v1/footprints/{name}": (
        "Everything about one footprint", "Footprint", ("name",), (), "dorset",
    ),
    "/api/v1/priorities": (
        "Which plans are known to name these priorities", "Priorities",
        ("theme", "match", "evidence", "firm", "years", "region"), ("theme",),
        "?theme=stroke,cancer&match=all",
    ),
    "/api/v1/find": (
        "Footprints that a name, code or postcode may mean", "Found", ("q",), ("q",),
        "?q=Wakefield",
    ),
    "/api/v1/measures": ("All measures", "Measures", (), (), ""),
    "/api/v1/measures/{measure}": (
        "One measure's figures for all footprints", "MeasureFigures", ("measure",), (),
        "aged_65_over_share",
    ),
}  # fmt: skip
"""Address -> what it answers, the answer's schema, parameters, those required, an example."""


OF_VIEWS = "/api/v1/views/"
EXAMPLES = {"shared": "?theme=stroke,cancer", "compare": "?areas=dorset,devon"}
"""Queries of the views that cannot be asked without one."""


def description(atlas: Atlas) -> dict[str, Any]:
    """The whole document."""
    package = atlas.package
    licence = package["licenses"][0]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "STP Atlas",
            "version": package["version"],
            "summary": package["title"],
            "description": f"{package['description']} {wording.WHAT_THIS_IS} Absent is not zero "
            "and not no: it was not found in the documents read. A count of plans that name "
            "something is a lower bound.",
            "license": {"name": licence["title"], "url": licence["path"]},
        },
        "servers": [{"url": "/"}],
        "paths": {path: {"get": _operation(atlas, path)} for path in PATHS}
        | {f"{OF_VIEWS}{name}": {"get": _view(atlas, view)} for name, view in VIEWS.items()},
        "components": {"schemas": schemas(), "responses": _refusals()},
    }


def example(path: str) -> str:
    """An address that answers."""
    name = path.removeprefix(OF_VIEWS)
    shown = EXAMPLES.get(name, "") if name in VIEWS else PATHS[path][4]
    return path.partition("{")[0] + shown


def addresses() -> list[str]:
    """Every address, the description among them."""
    return [*PATHS, *(f"{OF_VIEWS}{name}" for name in VIEWS), "/api/v1/openapi.json"]


def _operation(atlas: Atlas, path: str) -> dict[str, Any]:
    summary, schema, names, required, _ = PATHS[path]
    known = parameters(atlas)
    words = path.removeprefix("/api/v1/").replace("{", "by/").replace("}", "").split("/")
    return _answers("_".join(words), summary, schema) | {
        "parameters": [
            _parameter(name, known[name], path, required=name in required) for name in names
        ]
    }


def _answers(operation: str, summary: str, schema: str) -> dict[str, Any]:
    return {
        "operationId": operation,
        "summary": summary,
        "responses": {
            "200": {
                "description": summary,
                "headers": {
                    "ETag": {"schema": {"type": "string"}},
                    "Cache-Control": {"schema": {"type": "string"}},
                },
                "content": {"application/json": {"schema": ref(schema)}},
            },
            "304": {"description": "Not changed since the ETag in If-None-Match"},
            "400": {"$ref": "#/components/responses/BadRequest"},
            "404": {"$ref": "#/components/responses/NotFound"},
        },
    }


def _view(atlas: Atlas, view: View) -> dict[str, Any]:
    operation = _answers(f"views_{view.name.replace('-', '_')}", view.title, "Rows")
    operation["parameters"] = [
        {
            "name": one.name,
            "in": "query",
            "required": view.name in EXAMPLES and one.name in EXAMPLES[view.name],
            "description": one.about,
            "schema": {"type": "string"} | ({"enum": list(words)} if words else {}),
        }
        for one in view.filters
        for words in [one.words(atlas)]
    ]
    return operation


def _parameter(name: str, schema: Schema, path: str, *, required: bool) -> dict[str, Any]:
    in_path = f"{{{name}}}" in path
    text = schema.get("description", name)
    inner = {key: value for key, value in schema.items() if key != "description"}
    return {
        "name": name,
        "in": "path" if in_path else "query",
        "required": in_path or required,
        "description": text,
        "schema": inner,
    }


def _refusals() -> dict[str, Any]:
    content = {"application/json": {"schema": ref("Refusal")}}
    return {
        "BadRequest": {"description": "The query is too long or malformed", "content": content},
        "NotFound": {"description": "No such name; the detail lists those there are",
                     "content": content},
    }  # fmt: skip
