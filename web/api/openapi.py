"""The description of the API: OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from stp_data import Atlas
from stp_data.core import wording
from stp_data.core.filters import Filter
from stp_data.export.views import VIEWS, View
from stp_data.places import measures
from stp_data.priorities import themes_named
from stp_data.search import find
from web.api.answers import SCHEMAS
from web.api.fields import Schema

PRIORITIES = "/api/v1/priorities"
PATHS: dict[str, tuple[str, str, str]] = {
    "/api/v1/footprints": ("All 44 footprints in brief", "Footprints", ""),
    "/api/v1/footprints/{name}": ("Everything about one footprint", "Footprint", "dorset"),
    PRIORITIES: (
        "Plans known to name some priorities", "Priorities", "?theme=stroke,cancer&match=all",
    ),
    "/api/v1/find": (
        "Footprints that a name, code or postcode may mean", "Found", "?q=Wakefield",
    ),
    "/api/v1/measures": ("All measures", "Measures", ""),
    "/api/v1/measures/{measure}": (
        "One measure's figures for all footprints", "MeasureFigures", "aged_65_over_share",
    ),
}  # fmt: skip
"""Address -> what it answers, the name of the answer's schema, and an example."""
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
            "description": f"{package['description']} {wording.WHAT_THIS_IS} What is "
            "absent was not found in the documents read: it is neither zero nor a no. A count of "
            "plans that name something is a lower bound.",
            "license": {"name": licence["title"], "url": licence["path"]},
        },
        "servers": [{"url": "/"}],
        "paths": {path: {"get": _operation(atlas, path)} for path in PATHS}
        | {f"{OF_VIEWS}{name}": {"get": _view(atlas, view)} for name, view in VIEWS.items()},
        "components": {"schemas": SCHEMAS, "responses": _refusals()},
    }


def example(path: str) -> str:
    """An address that answers."""
    name = path.removeprefix(OF_VIEWS)
    shown = EXAMPLES.get(name, "") if name in VIEWS else PATHS[path][2]
    return path.partition("{")[0] + shown


def addresses() -> list[str]:
    """Every address, the description among them."""
    return [*PATHS, *(f"{OF_VIEWS}{name}" for name in VIEWS), "/api/v1/openapi.json"]


def _operation(atlas: Atlas, path: str) -> dict[str, Any]:
    summary, schema, _ = PATHS[path]
    words = path.removeprefix("/api/v1/").replace("{", "by/").replace("}", "").split("/")
    if path == PRIORITIES:
        asked = [_parameter(atlas, one, {"theme"}) for one in themes_named.FILTERS]
    else:
        asked = [_described(name, schema) for name, schema in _own(atlas, path).items()]
    return _answers("_".join(words), summary, schema) | {"parameters": asked}


def _own(atlas: Atlas, path: str) -> dict[str, Schema]:
    """Return the parameters of an address that has no filters, each required."""
    if path.endswith("/find"):
        return {
            "q": {
                "type": "string", "minLength": 2, "maxLength": find.LONGEST_QUERY,
                "description": "A name, code, council, CCG, trust or postcode; misspellings are "
                "allowed",
            }
        }  # fmt: skip
    if "{name}" in path:
        about = "Code, slug, name, or a name of the plan"
        return {"name": {"type": "string", "description": about}}
    if "{measure}" in path:
        keys = list(measures.every(atlas))
        return {"measure": {"type": "string", "enum": keys, "description": "Key of a measure"}}
    return {}


def _described(name: str, schema: Schema) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query" if name == "q" else "path",
        "required": True,
        "description": schema.pop("description"),
        "schema": schema,
    }


def _parameter(atlas: Atlas, one: Filter, required: Container[str]) -> dict[str, Any]:
    words = one.words(atlas)
    return {
        "name": one.name,
        "in": "query",
        "required": one.name in required,
        "description": one.about,
        "schema": {"type": "string"} | ({"enum": list(words)} if words else {}),
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
                "content": {
                    "application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}
                },
            },
            "304": {"description": "Not changed since the ETag in If-None-Match"},
            "400": {"$ref": "#/components/responses/BadRequest"},
            "404": {"$ref": "#/components/responses/NotFound"},
        },
    }


def _view(atlas: Atlas, view: View) -> dict[str, Any]:
    operation = _answers(f"views_{view.name.replace('-', '_')}", view.title, "Rows")
    required = EXAMPLES.get(view.name, "")
    operation["parameters"] = [_parameter(atlas, one, required) for one in view.filters]
    return operation


def _refusals() -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    return {
        "BadRequest": {"description": "The query is too long or malformed", "content": content},
        "NotFound": {"description": "No such name; the detail lists those there are",
                     "content": content},
    }  # fmt: skip
