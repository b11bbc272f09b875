"""The plain-HTTP side: addresses that need no script and no websocket."""

from __future__ import annotations

from starlette.routing import Route

from web import assets, downloads, locator
from web.briefing import routes as briefing

routes = [
    Route("/assets/{name}", assets.asset),
    Route("/download/view.csv", downloads.view),
    Route("/download/shared.csv", downloads.shared),
    Route("/download/footprints.geojson", downloads.outlines),
    Route("/download/{table}.csv", downloads.table),
    Route("/download/datapackage.json", downloads.description),
    Route("/download/{rest:path}", downloads.unknown),
    Route("/locator/{code}.svg", locator.locator),
    *briefing.routes,
]
