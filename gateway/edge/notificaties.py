"""The webhook of the Notificaties API: what changed elsewhere is forgotten here.

Source: Notifications webhook receiver 1.0.0-rc1.
"""

import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response

from gateway.edge.body import Unread, json_body
from gateway.edge.problems import (
    BROKEN,
    DENIED,
    INVALID,
    MEDIA_TYPE,
    TOO_LARGE,
    UNAUTHENTICATED,
    UNAVAILABLE,
    Invalid,
    Problem,
)
from gateway.errors import RegisterUnavailable
from gateway.quiet import report
from gateway.registers.notificaties import (
    KANALEN,
    InvalidNotificatie,
    Notificatie,
    parse_notificatie,
)

API_VERSION = "1.0.0-rc1"

MAX_BODY_BYTES = 100_000
"""A message is a few hundred bytes; a generous number of kenmerken makes it thousands."""

_UNREAD = MappingProxyType({400: INVALID, 413: TOO_LARGE, 415: MEDIA_TYPE})

_KANALEN = frozenset(kanaal for kanalen in KANALEN.values() for kanaal in kanalen)

logger = logging.getLogger(__name__)


class NotificatiesEndpoint:
    """Answers at `/notificaties`."""

    def __init__(
        self,
        secret: str,
        *,
        is_owned: Callable[[str], bool],
        drop: Callable[[Sequence[str]], None],
        announce: Callable[[Sequence[str]], Awaitable[None]],
    ) -> None:
        """Take what to do with a message.

        Args:
            secret: what its header Authorization must be.
            is_owned: whether a URL is that of a configured register.
            drop: makes this process forget these URLs and what hangs below them.
            announce: makes all other processes do so; raises RegisterUnavailable when
                they cannot be told.
        """
        self._secret = secret.encode()
        self._is_owned = is_owned
        self._drop = drop
        self._announce = announce

    async def answer(self, request: Request) -> Response:
        """Take one message."""
        try:
            self._authorise(request)
            await self._heed(_parse(await _body(request)))
            response = Response(status_code=204)
        except Problem as problem:
            response = problem.answer()
        except Exception as error:  # noqa: BLE001 - the outermost edge
            bug = Problem(BROKEN, "it is logged under the name in `instance`")
            report(logger, error, "internal error %s", bug.instance)
            response = bug.answer()
        response.headers["API-version"] = API_VERSION
        return response

    def _authorise(self, request: Request) -> None:
        """Compare before anything is read.

        Raises:
            Problem: this is not who was given the secret.
        """
        given = request.headers.get("authorization")
        if not given:
            raise Problem(
                UNAUTHENTICATED,
                "Authorization: must be there",
                headers={"WWW-Authenticate": "Bearer"},
            )
        # Latin-1 is how the header's bytes became text.
        if not hmac.compare_digest(given.encode("latin-1"), self._secret):
            raise Problem(DENIED, "Authorization: is not that of the abonnement")

    async def _heed(self, notificatie: Notificatie) -> None:
        """Forget what a message names, whatever it says was done to it.

        The resources and acties of a kanaal are not a closed list, and forgetting too
        much costs a request: only the kanaal and the owner of a URL decide.

        Raises:
            Problem: it must be sent again, for the other processes.
        """
        logger.info(
            "notification: %r, %r, %r",
            notificatie.kanaal,
            notificatie.resource,
            notificatie.actie,
        )
        named = dict.fromkeys((notificatie.hoofd_object, notificatie.resource_url))
        urls = [url for url in named if self._is_owned(url)]
        if notificatie.kanaal not in _KANALEN or not urls:
            return
        self._drop(urls)
        try:
            await self._announce(urls)
        except RegisterUnavailable:
            raise Problem(UNAVAILABLE, "send it again") from None


def _parse(body: bytes) -> Notificatie:
    try:
        return parse_notificatie(body)
    except InvalidNotificatie as error:
        invalid = [Invalid(*param) for param in error.params]
        raise Problem(INVALID, "see invalid-params", invalid=invalid) from None


async def _body(request: Request) -> bytes:
    try:
        return await json_body(request, longest=MAX_BODY_BYTES)
    except Unread as error:
        invalid: list[Invalid] | None = [] if error.status == 400 else None
        raise Problem(_UNREAD[error.status], str(error), invalid=invalid) from None
