"""Headers that mean something only when they are there once."""

from starlette.requests import Request

from gateway.edge.refusals import Refused


def once(request: Request, name: str) -> str | None:
    """Read a header; None without it.

    Raises:
        Refused: it is there more than once: whoever reads another one, such as a
            gateway before this, sees another question.
    """
    said = request.headers.getlist(name)
    if len(said) > 1:
        raise Refused(400, f"{name}: there is more than one")
    return said[0] if said else None
