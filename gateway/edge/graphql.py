"""GraphQL over HTTP: one question in, one answer out, also for failures.

An answer with data has the status 200, also when errors stand beside it: what somebody
may not see is an error of a place, and stands in most answers. 294 (Partial Success,
recommended since September 2026) would say of nearly all that they are less than
whole; `extensions.klantbeeld.complete` says it of those that are.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.schema import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError

from gateway.deadline import Deadline
from gateway.edge.asking import by_address
from gateway.edge.asking.accept import GRAPHQL_JSON, HTML, accepted
from gateway.edge.asking.asked import Reading
from gateway.edge.asking.identify import identify
from gateway.edge.body import JSON
from gateway.edge.errors import is_complete, masked, public_errors
from gateway.edge.rates import TooMany
from gateway.edge.refusals import Refused, in_utf8
from gateway.errors import GatewayError
from gateway.identity.caller import Caller
from gateway.identity.door import Door
from gateway.metering import current

if TYPE_CHECKING:
    from strawberry.types import ExecutionResult

METHODS = frozenset({*by_address.METHODS, "POST"})

ALLOW = ", ".join(sorted(METHODS))

_UNEXECUTED = MappingProxyType({GRAPHQL_JSON: 400, JSON: 200})
"""The status when a question can be read, but not be executed.

Source: GraphQL over HTTP as the audits of graphql-http 1.23.1 have it: whoever asks for
the old form takes an answer in another status for that of something in between. The
edition of September 2026 says 422 for most of these, in either form.
"""


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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of whatever method."""
        answer = await self.answer(Request(scope, receive))
        await answer(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """Answer one request; a browser that asks for a page gets one."""
        form = JSON
        try:
            form = self._form(request)
            if form == HTML and self._explorer is not None:
                return self._explorer()
            deadline = self._reading.deadline(request)
            with self._reading.costs.metered(request):
                caller = await identify(request, self._door)
                with self._entering(caller):
                    return await self._answered(request, deadline, caller, form)
        except TooMany as error:
            return _too_many(error).answer(form)
        except Refused as refusal:
            return refusal.answer(form)
        except Exception as error:  # noqa: BLE001 - the outermost edge
            content = {"errors": [masked(error)]}
            return Response(orjson.dumps(content), 500, media_type=in_utf8(form))

    def _form(self, request: Request) -> str:
        """Say in which form to answer; HTML where the page is wanted.

        Raises:
            Refused: there is none, or nothing is asked with such a method.
        """
        if request.method not in METHODS:
            message = f"method: must be one of {ALLOW}"
            raise Refused(405, message, headers={"Allow": ALLOW})
        has_page = (
            self._explorer is not None
            and request.method in by_address.METHODS
            and not by_address.asks(request)
        )
        return accepted(request, has_page=has_page)

    async def _answered(
        self, request: Request, deadline: Deadline, caller: Caller, form: str
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
            raise Refused(_UNEXECUTED[form], message) from None
        except GatewayError as error:  # what cannot be written down, is not shown
            raise Refused(503, str(error), error.code) from None
        return _answer(form, result, context)


def _answer(form: str, result: "ExecutionResult", context: Context) -> Response:
    errors = result.errors or []
    executed = result.data is not None or any(error.path for error in errors)
    content: dict[str, object] = {}
    if executed:
        content["data"] = result.data
    if errors:
        content["errors"] = public_errors(errors)
    if executed:
        content["extensions"] = {"klantbeeld": _told(errors, context)}
    status = 200 if executed else _UNEXECUTED[form]
    return Response(encoded(content), status, media_type=in_utf8(form))


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
