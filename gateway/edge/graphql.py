"""GraphQL over HTTP: one body in, one answer out, also for failures."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Protocol

import msgspec
import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from strawberry.schema import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError

from gateway.deadline import Deadline
from gateway.edge.body import JSON, Unread, json_body
from gateway.edge.deadlines import BadDeadline, Deadlines
from gateway.edge.errors import is_complete, masked, public_errors
from gateway.edge.identify import identify
from gateway.edge.page import page
from gateway.edge.refusals import Refused
from gateway.errors import GatewayError
from gateway.identity.caller import Caller
from gateway.identity.door import Door

if TYPE_CHECKING:
    from strawberry.types import ExecutionResult

GRAPHQL_JSON = "application/graphql-response+json"


class Body(msgspec.Struct, rename="camel"):
    """What is asked; GraphQL over HTTP, section 5.4."""

    query: Annotated[str, msgspec.Meta(min_length=1)]
    variables: dict[str, object] | None = None
    operation_name: str | None = None
    extensions: dict[str, object] | None = None


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
        deadlines: Deadlines,
        max_body_bytes: int,
    ) -> None:
        """Take what to ask of.

        Args:
            schema: the graph.
            context: makes what one request carries.
            door: says who asks.
            deadlines: how long it may take.
            max_body_bytes: a longer body is refused.
        """
        self._schema = schema
        self._context = context
        self._door = door
        self._deadlines = deadlines
        self._max_body_bytes = max_body_bytes

    async def answer(self, request: Request) -> Response:
        """Answer one request; a browser that asks for a page gets one."""
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            return page()
        try:
            return await self._answered(request)
        except Refused as refusal:
            return _refusal(request, refusal)
        except Exception as error:  # noqa: BLE001 - the outermost edge
            content = {"errors": [masked(error)]}
            return Response(orjson.dumps(content), 500, media_type=_media_type(request))

    async def _answered(self, request: Request) -> Response:
        """Say who asks, read what, execute it, and have written down what it shows.

        Raises:
            Refused: with the status and the reason.
        """
        deadline = self._deadline(request)
        caller = await identify(request, self._door)
        asked = await self._body(request)
        context = self._context(deadline, caller)
        try:
            result = await self._schema.execute(
                asked.query,
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

    def _deadline(self, request: Request) -> Deadline:
        """Read until when it waits.

        Raises:
            Refused: the header breaks its rule.
        """
        try:
            return self._deadlines.of(request)
        except BadDeadline as error:
            raise Refused(400, str(error)) from None

    async def _body(self, request: Request) -> Body:
        """Read what is asked.

        Raises:
            Refused: with the status and the reason.
        """
        if request.method != "POST":
            message = "ask with POST: a question may hold personal data"
            raise Refused(405, message, headers={"Allow": "POST"})
        try:
            body = await json_body(request, longest=self._max_body_bytes)
        except Unread as error:
            raise Refused(error.status, str(error)) from None
        try:
            return msgspec.json.decode(body, type=Body)
        except msgspec.ValidationError as error:
            raise Refused(400, f"body: {error}") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Refused(400, "body: is not JSON") from None


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
    return told


def encoded(content: object) -> bytes:
    """Write JSON; numbers of more than 64 bits may stand in a register's own data."""
    try:
        return orjson.dumps(content)
    except TypeError:
        return json.dumps(content, ensure_ascii=False).encode()


def _refusal(request: Request, refusal: Refused) -> Response:
    error = {"message": str(refusal), "extensions": {"code": refusal.code}}
    return Response(
        orjson.dumps({"errors": [error]}),
        refusal.status,
        headers=refusal.headers,
        media_type=_media_type(request),
    )


def _media_type(request: Request) -> str:
    accepted = request.headers.get("accept", "")
    return GRAPHQL_JSON if GRAPHQL_JSON in accepted else JSON
