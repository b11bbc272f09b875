"""Reading a query string: bounded, and strict, since a parameter passed over misleads.

``?regoin=london`` must not be answered with all England.
"""

from __future__ import annotations

from starlette.requests import Request

from stp_data import Atlas
from stp_data.core import wording
from stp_data.places import footprints
from stp_data.places.filters import NO_SUCH
from stp_data.places.footprints import Footprint
from web.refusals import RefusedError

LONGEST_QUERY = 2000


def parameters(request: Request, *allowed: str) -> dict[str, str]:
    """The query by name; RefusedError when it is too long, or has another name or one twice."""
    found = query(request)
    if not set(found) <= set(allowed):
        takes = wording.listed(list(allowed)) if allowed else "no parameters"
        raise RefusedError(400, f"This address takes {takes}.")
    return found


def query(request: Request) -> dict[str, str]:
    """The whole query by name; RefusedError when it is too long, or has a name twice."""
    if len(request.scope["query_string"]) > LONGEST_QUERY:
        raise RefusedError(400, f"A query has at most {LONGEST_QUERY:,} characters.")
    pairs = request.query_params.multi_items()
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RefusedError(400, "Give each parameter once; separate several themes by commas.")
    return found


def footprint(atlas: Atlas, name: str) -> Footprint:
    """The footprint of that code or name; RefusedError when there is none."""
    found = footprints.resolve(atlas, name)
    if found is None:
        raise RefusedError(404, NO_SUCH)
    return found
