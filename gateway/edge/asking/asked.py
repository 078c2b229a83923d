"""What a request asks, and until when it waits."""

from dataclasses import dataclass

import msgspec
from starlette.requests import Request

from gateway.deadline import Deadline
from gateway.edge.asking import by_address
from gateway.edge.asking.costs import UNTOLD, Costs
from gateway.edge.asking.deadlines import BadDeadline, Deadlines
from gateway.edge.asking.parameters import Parameters, in_body
from gateway.edge.asking.trusted import TrustedDocuments
from gateway.edge.body import Unread, json_body
from gateway.edge.refusals import Refused
from gateway.errors import GatewayError

CLOSE = {"Connection": "close"}
"""What comes of a body that is not waited for, is no next request: RFC 9110, 15.5.9."""


class Question(msgspec.Struct, frozen=True):
    """What is asked.

    Attributes:
        document: its text, given or named.
    """

    document: str
    variables: dict[str, object] | None
    operation_name: str | None

    def __repr__(self) -> str:
        """Repeat nothing of it: it may hold anybody's data."""
        return "Question(…)"


@dataclass(frozen=True, slots=True)
class Reading:
    """How requests are read.

    Attributes:
        deadlines: how long they may take.
        documents: says which document is asked for.
        max_body_bytes: a longer body is refused.
        costs: measures what one costs, for who asks that.
        max_tokens: of a document that is executed; None for any number.
    """

    deadlines: Deadlines
    documents: TrustedDocuments
    max_body_bytes: int
    costs: Costs = UNTOLD
    max_tokens: int | None = None

    def deadline(self, request: Request) -> Deadline:
        """Read until when it waits.

        Raises:
            Refused: the header breaks its rule.
        """
        try:
            return self.deadlines.of(request)
        except BadDeadline as error:
            raise Refused(400, str(error)) from None

    async def asked(self, request: Request, deadline: Deadline) -> Question:
        """Read what is asked.

        Args:
            request: not read yet.
            deadline: of the operation; until when its body is waited for.

        Raises:
            Refused: with the status and the reason.
        """
        is_posted = request.method == "POST"
        given = (
            await self._body(request, deadline)
            if is_posted
            else by_address.parameters(request)
        )
        try:
            document = self.documents.document(given)
        except GatewayError as error:
            raise Refused(
                400, str(error), error.code, extensions=error.extensions
            ) from None
        if not is_posted:
            by_address.check(document, given, most_tokens=self.max_tokens)
        return Question(document, given.variables, given.operation_name)

    async def _body(self, request: Request, deadline: Deadline) -> Parameters:
        try:
            body = await json_body(
                request, longest=self.max_body_bytes, within=deadline.remaining()
            )
        except Unread as error:
            headers = CLOSE if error.status == 408 else None
            raise Refused(error.status, str(error), headers=headers) from None
        return in_body(body)
