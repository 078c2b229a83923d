"""A register of zaken that is asked whose they are, and what it was asked."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, cast

import httpx
import respx

from gateway.deadline import Deadline
from gateway.errors import GatewayError
from gateway.identificatie import Identificatie, bsn
from gateway.registers.records import Json
from gateway.registers.registers import Registers
from gateway.registers.rollen import NAMINGS
from tests.registers.builders import ZAKEN, Clock, Payload, asked, page, uuid

ZOEK = f"{ZAKEN}/zaken/_zoek"
BSN = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
SANNE = bsn("999993653")
NOBODY = {naming.filter: naming.nobody for naming in NAMINGS}

Rights = Sequence[bool | type[GatewayError]]


def zaak_url(number: int) -> str:
    return f"{ZAKEN}/zaken/{uuid(number)}"


def named(number: int) -> Payload:
    """No more than what says which zaak it is."""
    return {"url": zaak_url(number), "uuid": uuid(number)}


def a_rol(zaak: int, betrokkene_type: str, **identificatie: Json) -> Payload:
    return {
        "zaak": zaak_url(zaak),
        "betrokkeneType": betrokkene_type,
        "betrokkeneIdentificatie": identificatie,
    }


class Klanten(NamedTuple):
    """The registers, and the time that passes."""

    registers: Registers
    clock: Clock

    async def own(self, *numbers: int, who: Identificatie = SANNE) -> Rights:
        """Ask it in a request of its own."""
        zaken = self.registers.reads(Deadline.after(60)).zaken
        answers = await zaken.own([zaak_url(number) for number in numbers], who)
        return [each if isinstance(each, bool) else type(each) for each in answers]


def question(*numbers: int, name: str = BSN, waarde: str = SANNE.waarde) -> Json:
    return {"uuid__in": [uuid(number) for number in numbers], name: waarde}


def proof(*numbers: int, name: str = BSN) -> Json:
    return question(*numbers, name=name, waarde=NOBODY[name])


def bodies(router: respx.MockRouter) -> list[Json]:
    """What `_zoek` was asked; None for a GET."""
    return [each.body for each in asked(router)]


class Register:
    """Answers `_zoek` as it was told to.

    Attributes:
        own: the numbers of the zaken of whoever is asked for.
        nobody: what is answered about nobody: those of the zaken that are asked for.
        version: of the API; another one for nobody where that is told.
    """

    def __init__(self, *own: int, nobody: Sequence[int] = ()) -> None:
        self.own: Sequence[int] = own
        self.nobody = nobody
        self.version = "1.5.1"
        self.version_of_nobody: str | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = cast("Mapping[str, Json]", json.loads(request.content))
        wanted = cast("list[str]", body["uuid__in"])
        is_proof = any(NOBODY.get(name) == value for name, value in body.items())
        numbers = self.nobody if is_proof else self.own
        answer = page(named(n) for n in numbers if uuid(n) in wanted)
        version = self.version_of_nobody if is_proof else None
        answer.headers["API-version"] = version or self.version
        return answer


Answers = Callable[[httpx.Request], httpx.Response]
