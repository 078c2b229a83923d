"""What is answered where the graph is not."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gateway.edge.headers import completed
from gateway.edge.problems import BROKEN, METHOD, NOT_FOUND, Problem
from gateway.quiet import report

logger = logging.getLogger(__name__)


async def to_the_graph(_request: Request) -> Response:
    """Lead a browser on; to a relative address, since a proxy may have put one before."""
    return RedirectResponse("graphql")


async def not_found(_request: Request, _error: Exception) -> Response:
    """Answer where there is nothing; what was asked is not repeated."""
    return Problem(NOT_FOUND, "ask the graph at /graphql").answer()


async def no_such_method(_request: Request, error: Exception) -> Response:
    """Answer where there is something, but not for this method."""
    headers = (error.headers or {}) if isinstance(error, HTTPException) else {}
    return Problem(METHOD, "see the header Allow", headers=headers).answer()


async def broken(_request: Request, error: Exception) -> Response:
    """Answer a bug; outside of all else, so with the headers of every answer."""
    bug = Problem(BROKEN, "it is logged under the name in `instance`")
    report(logger, error, "internal error %s", bug.instance)
    answer = bug.answer()
    answer.raw_headers = completed(answer.raw_headers)
    return answer
