"""The floor of plain HTTP: Starlette with one route that answers nothing."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def empty(_request: Request) -> Response:
    return Response()


app = Starlette(routes=[Route("/", empty)])
