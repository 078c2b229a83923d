"""Settings, payloads by the contracts, and what was asked."""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

import httpx
import respx

from gateway.deadline import Deadline
from gateway.errors import GatewayError
from gateway.identificatie import Identificatie
from gateway.identity.pseudonyms import Pseudonyms
from gateway.registers.records import Json, Record
from gateway.registers.registers import Reads, Registers
from gateway.registers.wire.transport import Transport
from gateway.settings import RegisterKind, RegisterSettings
from tests.keys import KEY

ZAKEN = "https://zaken.voorbeeldstad.example/zaken/api/v1"
CATALOGI = "https://zaken.voorbeeldstad.example/catalogi/api/v1"
DOCUMENTEN = "https://documenten.voorbeeldstad.example/documenten/api/v1"
OBJECTEN = "https://objecten.voorbeeldstad.example/api/v2"
BASES: Mapping[RegisterKind, str] = {
    "zaken": ZAKEN,
    "catalogi": CATALOGI,
    "documenten": DOCUMENTEN,
    "objecten": OBJECTEN,
}

Payload = dict[str, Json]


class Builder(Protocol):
    """A payload by its number, at the register with this base."""

    def __call__(self, number: int, *, base: str = ...) -> Payload: ...


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Gate:
    """Keeps answers back until it is opened, and tells who has come."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._came = asyncio.Semaphore(0)

    async def passed(self) -> None:
        """Come, and wait until it is open."""
        self._came.release()
        await self._open.wait()

    async def came(self, times: int = 1) -> None:
        """Wait until so many more have come."""
        async with asyncio.timeout(5):
            for _ in range(times):
                await self._came.acquire()

    def open(self) -> None:
        """Let all through, also who comes later."""
        self._open.set()

    def close(self) -> None:
        """Keep back who comes from now on."""
        self._open.clear()


class Asked(NamedTuple):
    method: str
    url: str
    body: Json = None


def asked(router: respx.MockRouter) -> list[Asked]:
    return [
        Asked(
            call.request.method,
            str(call.request.url),
            json.loads(call.request.content) if call.request.content else None,
        )
        for call in router.calls
    ]


def encoded(payload: Json) -> bytes:
    return json.dumps(payload).encode()


def uuid(number: int) -> str:
    return str(UUID(int=(0xBEEF << 112) + number, version=4))


def a_register(
    kind: RegisterKind = "zaken",
    *,
    name: str | None = None,
    base_url: str | None = None,
    **more: object,
) -> RegisterSettings:
    known_by: dict[str, object] = (
        {"token": "een-token-van-veertig-tekens"}
        if kind == "objecten"
        else {"client_id": "klantbeeld", "secret": "een-geheim-van-genoeg-tekens"}
    )
    return RegisterSettings.model_validate(
        {
            "name": name or kind,
            "kind": kind,
            "base_url": base_url or BASES[kind],
            **known_by,
            **more,
        }
    )


def pseudonym(who: Identificatie) -> str:
    """Name somebody, as a process does."""
    return Pseudonyms(KEY.encode()).identificatie(who).value


def reads(transport: Transport | None, *settings: RegisterSettings) -> Reads:
    """Read for one request, begun now, that waits longer than any test."""
    return Registers(settings, transport, pseudonym=pseudonym).reads(Deadline.after(60))


Answers = Sequence[Record | GatewayError]


def given(answers: Answers) -> list[str | type[GatewayError]]:
    """The URL of each record, the type of each error."""
    return [
        answer.url if isinstance(answer, Record) else type(answer) for answer in answers
    ]


def page(results: Iterable[Json], following: str | None = None) -> httpx.Response:
    listed = list(results)
    return httpx.Response(
        200,
        json={
            "count": len(listed),
            "next": following,
            "previous": None,
            "results": listed,
        },
    )


def a_zaak(number: int, *, base: str = ZAKEN, **more: Json) -> Payload:
    """A zaak as Open Zaak 1.30 sends it: texts not filled in are empty."""
    return {
        "url": f"{base}/zaken/{uuid(number)}",
        "uuid": uuid(number),
        "identificatie": f"ZAAK-2026-{number:010}",
        "bronorganisatie": "002564440",
        "omschrijving": "Kapvergunning",
        "toelichting": "",
        "zaaktype": f"{CATALOGI}/zaaktypen/{uuid(900)}",
        "registratiedatum": "2026-03-02",
        "verantwoordelijkeOrganisatie": "002564440",
        "startdatum": "2026-03-02",
        "einddatum": None,
        "einddatumGepland": None,
        "uiterlijkeEinddatumAfdoening": "2026-04-27",
        "publicatiedatum": None,
        "communicatiekanaal": "",
        "communicatiekanaalNaam": "",
        "productenOfDiensten": [],
        "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
        "betalingsindicatie": "",
        "betalingsindicatieWeergave": "",
        "laatsteBetaaldatum": None,
        "verlenging": {"reden": "", "duur": None},
        "opschorting": {"indicatie": False, "eerdereOpschorting": False, "reden": ""},
        "hoofdzaak": None,
        "deelzaken": [],
        "status": f"{base}/statussen/{uuid(500)}",
        "resultaat": None,
        "_expand": {},
        **more,
    }


def a_status(number: int, *, base: str = ZAKEN, **more: Json) -> Payload:
    return {
        "url": f"{base}/statussen/{uuid(number)}",
        "uuid": uuid(number),
        "zaak": f"{base}/zaken/{uuid(1)}",
        "statustype": f"{CATALOGI}/statustypen/{uuid(901)}",
        "datumStatusGezet": "2026-03-02T09:30:00Z",
        "statustoelichting": "",
        "indicatieLaatstGezetteStatus": True,
        "gezetdoor": None,
        "zaakinformatieobjecten": [],
        **more,
    }


def a_resultaat(number: int, *, base: str = ZAKEN, **more: Json) -> Payload:
    return {
        "url": f"{base}/resultaten/{uuid(number)}",
        "uuid": uuid(number),
        "zaak": f"{base}/zaken/{uuid(1)}",
        "resultaattype": f"{CATALOGI}/resultaattypen/{uuid(902)}",
        "toelichting": "",
        **more,
    }


def a_document(number: int, *, base: str = DOCUMENTEN, **more: Json) -> Payload:
    return {
        "url": f"{base}/enkelvoudiginformatieobjecten/{uuid(number)}",
        "identificatie": f"DOCUMENT-2026-{number:010}",
        "bronorganisatie": "002564440",
        "creatiedatum": "2026-03-02",
        "titel": "Situatietekening",
        "vertrouwelijkheidaanduiding": "",
        "auteur": "S. de Boer",
        "status": "",
        "formaat": "application/pdf",
        "taal": "nld",
        "versie": 2,
        "beginRegistratie": "2026-03-02T09:31:00Z",
        "bestandsnaam": "tekening.pdf",
        "inhoud": f"{base}/enkelvoudiginformatieobjecten/{uuid(number)}/download",
        "bestandsomvang": 1800,
        "link": "",
        "beschrijving": "",
        "ontvangstdatum": None,
        "verzenddatum": None,
        "indicatieGebruiksrecht": None,
        "verschijningsvorm": "",
        "ondertekening": {"soort": "", "datum": None},
        "integriteit": {"algoritme": "", "waarde": "", "datum": None},
        "informatieobjecttype": f"{CATALOGI}/informatieobjecttypen/{uuid(903)}",
        "locked": False,
        "bestandsdelen": [],
        "trefwoorden": [],
        **more,
    }


def an_object(
    number: int, *, base: str = OBJECTEN, data: Payload | None = None
) -> Payload:
    return {
        "url": f"{base}/objects/{uuid(number)}",
        "uuid": uuid(number),
        "type": f"{base}/objecttypes/{uuid(904)}",
        "record": {
            "index": 1,
            "typeVersion": 1,
            "data": data or {},
            "geometry": None,
            "references": [],
            "startAt": "2026-03-02",
            "endAt": None,
            "registrationAt": "2026-03-02",
            "correctionFor": None,
            "correctedBy": None,
        },
    }


def an_objecttype(number: int, *, base: str = OBJECTEN, **more: Json) -> Payload:
    return {
        "url": f"{base}/objecttypes/{uuid(number)}",
        "uuid": uuid(number),
        "name": "taak",
        "namePlural": "taken",
        "description": "",
        "dataClassification": "intern",
        "maintainerOrganization": "",
        "labels": {},
        "versions": [f"{base}/objecttypes/{uuid(number)}/versions/1"],
        **more,
    }


def a_zaaktype(number: int, *, base: str = CATALOGI, **more: Json) -> Payload:
    return {
        "url": f"{base}/zaaktypen/{uuid(number)}",
        "identificatie": "ZAAKTYPE-2026-0000000001",
        "omschrijving": "Kapvergunning behandelen",
        "omschrijvingGeneriek": "",
        "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
        "doel": "Besluiten over het kappen van een boom",
        "aanleiding": "Een aanvraag",
        "toelichting": "",
        "indicatieInternOfExtern": "extern",
        "handelingInitiator": "aanvragen",
        "onderwerp": "Kapvergunning",
        "handelingBehandelaar": "behandelen",
        "doorlooptijd": "P56D",
        "servicenorm": None,
        "opschortingEnAanhoudingMogelijk": True,
        "verlengingMogelijk": False,
        "verlengingstermijn": None,
        "trefwoorden": [],
        "publicatieIndicatie": False,
        "publicatietekst": "",
        "productenOfDiensten": [],
        "referentieproces": {"naam": "Vergunning", "link": ""},
        "concept": False,
        "verantwoordelijke": "VTH",
        "beginGeldigheid": "2026-01-01",
        "eindeGeldigheid": None,
        "versiedatum": "2026-01-01",
        "beginObject": "2026-01-01",
        "eindeObject": None,
        "catalogus": f"{base}/catalogussen/{uuid(905)}",
        "statustypen": [f"{base}/statustypen/{uuid(901)}"],
        "resultaattypen": [f"{base}/resultaattypen/{uuid(902)}"],
        "eigenschappen": [],
        "informatieobjecttypen": [],
        "roltypen": [],
        "besluittypen": [],
        "gerelateerdeZaaktypen": [],
        "zaakobjecttypen": [],
        **more,
    }


def a_statustype(number: int, *, base: str = CATALOGI, **more: Json) -> Payload:
    return {
        "url": f"{base}/statustypen/{uuid(number)}",
        "omschrijving": "Ontvangen",
        "omschrijvingGeneriek": "",
        "statustekst": "We hebben uw aanvraag ontvangen.",
        "zaaktype": f"{base}/zaaktypen/{uuid(900)}",
        "zaaktypeIdentificatie": "ZAAKTYPE-2026-0000000001",
        "volgnummer": 1,
        "isEindstatus": False,
        "informeren": True,
        "doorlooptijd": None,
        "toelichting": None,
        "catalogus": f"{base}/catalogussen/{uuid(905)}",
        "eigenschappen": [],
        "zaakobjecttypen": [],
        "beginObject": "2026-01-01",
        "eindeObject": None,
        **more,
    }


def a_resultaattype(number: int, *, base: str = CATALOGI, **more: Json) -> Payload:
    return {
        "url": f"{base}/resultaattypen/{uuid(number)}",
        "zaaktype": f"{base}/zaaktypen/{uuid(900)}",
        "zaaktypeIdentificatie": "ZAAKTYPE-2026-0000000001",
        "omschrijving": "Verleend",
        "resultaattypeomschrijving": "https://selectielijst.example/1",
        "omschrijvingGeneriek": "Verleend",
        "selectielijstklasse": "https://selectielijst.example/2",
        "toelichting": "",
        "archiefnominatie": "",
        "catalogus": f"{base}/catalogussen/{uuid(905)}",
        "besluittypeOmschrijving": [],
        "informatieobjecttypeOmschrijving": [],
        "beginObject": "2026-01-01",
        "eindeObject": None,
        **more,
    }


def an_informatieobjecttype(
    number: int, *, base: str = CATALOGI, **more: Json
) -> Payload:
    return {
        "url": f"{base}/informatieobjecttypen/{uuid(number)}",
        "catalogus": f"{base}/catalogussen/{uuid(905)}",
        "omschrijving": "Tekening",
        "vertrouwelijkheidaanduiding": "openbaar",
        "beginGeldigheid": "2026-01-01",
        "eindeGeldigheid": None,
        "concept": False,
        "besluittypen": [],
        "informatieobjectcategorie": "Overig",
        "zaaktypen": [],
        "beginObject": "2026-01-01",
        "eindeObject": None,
        **more,
    }
