"""The content of documents, and the versions that they have.

A stand-in has no files: the content of a document is a line that names its version.

Source: Documenten API 1.4.2 (Open Zaak 1.30, its files served by nginx).
"""

import re
from datetime import datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.demo.standins.problems import NOT_FOUND, Problem, invalid
from gateway.demo.standins.records import Payload, Shelf
from gateway.demo.standins.server import Api, check_accepted
from gateway.demo.standins.zgw import find

OCTETS = "application/octet-stream"

_RANGE = re.compile(r"bytes=([0-9]+)-([0-9]*)")


def in_version(request: Request, document: Payload) -> Payload:
    """Choose the version that the query asks for; the last one unless told.

    The fixtures have the last version only: an earlier one is like it.

    Raises:
        Problem: 404 when there is none, 400 for a moment that is none.
    """
    last, text = document["versie"], request.query_params.get("versie", "")
    number = int(text) if text.isdecimal() else 0
    if _not_yet(request, document):
        raise Problem(NOT_FOUND)
    if not text or number == last:
        return document
    if not isinstance(last, int) or not 1 <= number < last:
        raise Problem(NOT_FOUND)
    inhoud = document["inhoud"]
    if isinstance(inhoud, str):
        inhoud = f"{inhoud.partition('?')[0]}?versie={number}"
    return {**document, "versie": number, "inhoud": inhoud}


def _not_yet(request: Request, document: Payload) -> bool:
    moment = request.query_params.get("registratieOp")
    if moment is None:
        return False
    try:
        # A plus sign that was not encoded is a space here.
        asked = datetime.fromisoformat(moment.replace(" ", "+"))
        return asked < datetime.fromisoformat(str(document["beginRegistratie"]))
    except (TypeError, ValueError):
        raise invalid("registratieOp", "invalid", "Geen geldig moment.") from None


def download_route(api: Api, path: str, documenten: Shelf) -> Route:
    """Put the content of documents at a path that has their uuid."""

    async def endpoint(request: Request) -> Response:
        try:
            api.authenticate(request)
            check_accepted(request, OCTETS)
            document = find(documenten, request.path_params["uuid"])
            return _content(request, in_version(request, document))
        except Problem as problem:
            # No JSON: only the status says something.
            return Response(OCTETS, problem.kind.status, media_type=OCTETS)

    return Route(f"{api.base}{path}", endpoint, methods=["GET"])


def _content(request: Request, document: Payload) -> Response:
    if document["inhoud"] is None:
        # The media type is the body here too; nginx drops it, and keeps the header.
        headers = {"Content-Length": str(len(OCTETS)), "Content-Type": OCTETS}
        return Response(status_code=204, headers=headers)
    content = f"{document['identificatie']}, versie {document['versie']}\n".encode()
    digest = sha256(content).hexdigest()
    headers = {
        "Accept-Ranges": "bytes",
        # Not bestandsnaam.
        "Content-Disposition": f'attachment; filename="{digest[:32]}.bin"',
        "ETag": f'"{digest[:8]}-{len(content):x}"',
        "Last-Modified": "Mon, 02 Mar 2026 09:31:00 GMT",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers={"ETag": headers["ETag"]})
    return _ranged(request, content, headers)


def _ranged(request: Request, content: bytes, headers: dict[str, str]) -> Response:
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None:
        return Response(content, headers=headers, media_type=OCTETS)
    start = int(asked[1])
    end = min(int(asked[2] or len(content)), len(content) - 1)
    if start > end:
        headers = {"Content-Range": f"bytes */{len(content)}"}
        return Response(status_code=416, headers=headers)
    headers = {**headers, "Content-Range": f"bytes {start}-{end}/{len(content)}"}
    return Response(content[start : end + 1], 206, headers=headers, media_type=OCTETS)
