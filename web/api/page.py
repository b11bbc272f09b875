"""The page at ``/api/``, made from the OpenAPI description so that the two agree."""

from __future__ import annotations

from typing import Any

from stp_data import Atlas
from web.api import openapi
from web.pages import render


def page(atlas: Atlas) -> str:
    """What can be asked and what comes back."""
    described = openapi.description(atlas)
    return render(
        "api.html",
        title="API",
        description="The data of STP Atlas as JSON, each figure with its source.",
        package=atlas.package,
        operations=[
            _operation(path, methods["get"]) for path, methods in described["paths"].items()
        ],
    )


def _operation(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": path,
        "summary": operation["summary"],
        "example": openapi.example(path),
        "parameters": [
            {
                "name": parameter["name"],
                "required": parameter["required"],
                "description": parameter["description"],
                "words": parameter["schema"].get("enum", []),
            }
            for parameter in operation["parameters"]
        ],
    }
