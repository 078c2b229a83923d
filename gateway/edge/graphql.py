"""GraphQL over HTTP: one body in, one answer out, also for failures."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from strawberry.schema import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError

from gateway.deadline import Deadline
from gateway.edge.asked import Reading
from gateway.edge.body import JSON
from gateway.edge.errors import is_complete, masked, public_errors
from gateway.edge.identify import identify
from gateway.edge.rates import TooMany
from gateway.edge.refusals import Refused
from gateway.errors import GatewayError
from gateway.identity.caller import Caller
from gateway.identity.door import Door
from gateway.metering import current

if TYPE_CHECKING:
    from strawberry.types import ExecutionResult

GRAPHQL_JSON = "application/graphql-response+json"


class Context(Protocol):
    """What one request carries, as far as its answer says something of it."""

    @property
    def stale(self) -> Mapping[str, float]:
        """Age in seconds of what stood in for an answer, by register."""

    async def write_down(self, operation: str | None) -> None:
        """Have it written down what is shown; raises GatewayError where it cannot."""


class GraphQLEndpoint:
    """Answers at `/graphql`."""

    def __init__(
        self,
        schema: BaseSchema,
        context: Callable[[Deadline, Caller], Context],
        *,
        door: Door,
        reading: Reading,
        entering: Callable[[Caller], AbstractContextManager[None]],
        explorer: Callable[[], Response] | None,
    ) -> None:
        """Take what to ask of.

        Args:
            schema: the graph.
            context: makes what one request carries.
            door: says who asks.
            reading: reads what is asked.
            entering: counts an operation of a caller; may refuse with TooMany.
            explorer: gives the page that a browser gets; None where it gets none.
        """
        self._schema = schema
        self._context = context
        self._door = door
        self._reading = reading
        self._entering = entering
        self._explorer = explorer

    async def answer(self, request: Request) -> Response:
        """Answer one request; a browser that asks for a page gets one."""
        wants_page = "text/html" in request.headers.get("accept", "")
        if request.method == "GET" and wants_page and self._explorer is not None:
            return self._explorer()
        try:
            deadline = self._reading.deadline(request)
            with self._reading.costs.metered(request):
                caller = await identify(request, self._door)
                with self._entering(caller):
                    return await self._answered(request, deadline, caller)
        except TooMany as error:
            return _refusal(request, _too_many(error))
        except Refused as refusal:
            return _refusal(request, refusal)
        except Exception as error:  # noqa: BLE001 - the outermost edge
            content = {"errors": [masked(error)]}
            return Response(orjson.dumps(content), 500, media_type=_media_type(request))

    async def _answered(
        self, request: Request, deadline: Deadline, caller: Caller
    ) -> Response:
        """Read what is asked, execute it, and have written down what it shows.

        Raises:
            Refused: with the status and the reason.
        """
        asked = await self._reading.asked(request, deadline)
        context = self._context(deadline, caller)
        try:
            result = await self._schema.execute(
                asked.document,
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
            )
            await context.write_down(asked.operation_name)
        except CannotGetOperationTypeError:
            message = "operationName: must name one of the document's operations"
            raise Refused(400, message) from None
        except GatewayError as error:  # what cannot be written down, is not shown
            raise Refused(503, str(error), error.code) from None
        return _answer(request, result, context)


def _answer(request: Request, result: "ExecutionResult", context: Context) -> Response:
    errors = result.errors or []
    executed = result.data is not None or any(error.path for error in errors)
    content: dict[str, object] = {}
    if executed:
        content["data"] = result.data
    if errors:
        content["errors"] = public_errors(errors)
    if executed:
        content["extensions"] = {"klantbeeld": _told(errors, context)}
    media_type = _media_type(request)
    status = 400 if media_type == GRAPHQL_JSON and not executed else 200
    return Response(encoded(content), status, media_type=media_type)


def _told(errors: Sequence[GraphQLError], context: Context) -> dict[str, object]:
    told: dict[str, object] = {"complete": is_complete(errors)}
    if context.stale:
        told["stale"] = {
            register: math.ceil(age) for register, age in context.stale.items()
        }
    meter = current()
    if meter is not None:
        told["cost"] = meter.cost()
    return told


def encoded(content: object) -> bytes:
    """Write JSON; numbers of more than 64 bits may stand in a register's own data."""
    try:
        return orjson.dumps(content)
    except TypeError:
        return json.dumps(content, ensure_ascii=False).encode()


def _too_many(error: TooMany) -> Refused:
    headers = {"Retry-After": str(error.retry_after)}
    return Refused(429, str(error), "LIMIT_EXCEEDED", headers=headers)


def _refusal(request: Request, refusal: Refused) -> Response:
    error = {"message": str(refusal), "extensions": refusal.extensions}
    return Response(
        orjson.dumps({"errors": [error]}),
        refusal.status,
        headers=refusal.headers,
        media_type=_media_type(request),
    )


def _media_type(request: Request) -> str:
    accepted = request.headers.get("accept", "")
    return GRAPHQL_JSON if GRAPHQL_JSON in accepted else JSON
