"""What a request asks, and until when it waits."""

from dataclasses import dataclass
from typing import Annotated

import msgspec
from starlette.requests import Request

from gateway.deadline import Deadline
from gateway.edge.body import Unread, json_body
from gateway.edge.costs import UNTOLD, Costs
from gateway.edge.deadlines import BadDeadline, Deadlines
from gateway.edge.refusals import Refused
from gateway.edge.trusted import TrustedDocuments
from gateway.errors import GatewayError

CLOSE = {"Connection": "close"}
"""What comes of a body that is not waited for, is no next request: RFC 9110, 15.5.9."""


class Body(msgspec.Struct, rename="camel"):
    """What is sent; GraphQL over HTTP, section 5.4 and appendix A, and by Relay."""

    query: Annotated[str, msgspec.Meta(min_length=1)] | None = None
    document_id: str | None = None
    doc_id: str | None = msgspec.field(default=None, name="doc_id")
    id: str | None = None
    variables: dict[str, object] | None = None
    operation_name: str | None = None
    extensions: dict[str, object] | None = None

    def __repr__(self) -> str:
        """Repeat nothing of it: it may hold anybody's data."""
        return "Body(…)"


class Asked(msgspec.Struct, frozen=True):
    """What is asked.

    Attributes:
        document: its text, given or named.
    """

    document: str
    variables: dict[str, object] | None
    operation_name: str | None

    def __repr__(self) -> str:
        """Repeat nothing of it: it may hold anybody's data."""
        return "Asked(…)"


@dataclass(frozen=True, slots=True)
class Reading:
    """How requests are read.

    Attributes:
        deadlines: how long they may take.
        documents: says which document is asked for.
        max_body_bytes: a longer body is refused.
        costs: measures what one costs, for who asks that.
    """

    deadlines: Deadlines
    documents: TrustedDocuments
    max_body_bytes: int
    costs: Costs = UNTOLD

    def deadline(self, request: Request) -> Deadline:
        """Read until when it waits.

        Raises:
            Refused: the header breaks its rule.
        """
        try:
            return self.deadlines.of(request)
        except BadDeadline as error:
            raise Refused(400, str(error)) from None

    async def asked(self, request: Request, deadline: Deadline) -> Asked:
        """Read what is asked.

        Args:
            request: not read yet.
            deadline: of the operation; until when its body is waited for.

        Raises:
            Refused: with the status and the reason.
        """
        body = await self._body(request, deadline)
        try:
            document = self.documents.document(body)
        except GatewayError as error:
            raise Refused(
                400, str(error), error.code, extensions=error.extensions
            ) from None
        return Asked(document, body.variables, body.operation_name)

    async def _body(self, request: Request, deadline: Deadline) -> Body:
        if request.method != "POST":
            message = "ask with POST: a question may hold personal data"
            raise Refused(405, message, headers={"Allow": "POST"})
        try:
            body = await json_body(
                request, longest=self.max_body_bytes, within=deadline.remaining()
            )
        except Unread as error:
            headers = CLOSE if error.status == 408 else None
            raise Refused(error.status, str(error), headers=headers) from None
        try:
            return msgspec.json.decode(body, type=Body)
        except msgspec.ValidationError as error:
            raise Refused(400, f"body: {error}") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Refused(400, "body: is not JSON") from None
