"""Who asks: what a request says of itself, in headers only."""

from starlette.requests import Request

from gateway.edge.asking.once import once
from gateway.edge.refusals import Refused
from gateway.identity.caller import Caller, Claimed, NotAllowed
from gateway.identity.door import Door
from gateway.identity.tokens.claims import InvalidToken
from gateway.identity.tokens.jwks import KeysUnavailable

PURPOSE = "Klantbeeld-Purpose"
"""The name of a processing activity: why a medewerker or systeem asks."""

CAPACITY = "Klantbeeld-Capacity"
"""As whom a klant asks: `persoon`, `organisatie`, or `vestiging` and its number."""


async def identify(request: Request, door: Door) -> Caller:
    """Say who asks, before anything runs.

    Raises:
        Refused: 400 for a header that is there twice, 401 for a token that is not
            believed, 403 for a header that asks too much, 503 when the issuer's keys
            cannot be had.
    """
    claimed = Claimed(once(request, PURPOSE), once(request, CAPACITY))
    try:
        return await door.caller(_authorization(request), claimed)
    except InvalidToken as error:
        challenge = f'Bearer error="invalid_token", error_description="{error}"'
        raise Refused(401, str(error), "UNAUTHENTICATED", challenge=challenge) from None
    except NotAllowed as error:
        raise Refused(403, str(error), "FORBIDDEN") from None
    except KeysUnavailable:
        message = "the keys of the issuer of this token cannot be had now"
        raise Refused(
            503, message, "REGISTER_UNAVAILABLE", headers={"Retry-After": "5"}
        ) from None


def _authorization(request: Request) -> str | None:
    said = request.headers.getlist("authorization")
    if len(said) > 1:
        raise InvalidToken("there is more than one header Authorization")
    return said[0] if said else None
