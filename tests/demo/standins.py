"""A few fixtures of their own, and how to ask a stand-in something."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey

from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.standins.credentials import CLIENT_ID, SECRET, TOKEN
from gateway.demo.standins.records import Json
from gateway.demo.standins.server import Standin
from tests.registers.builders import (
    CATALOGI,
    ZAKEN,
    Payload,
    a_document,
    a_resultaat,
    a_resultaattype,
    a_status,
    a_statustype,
    a_zaak,
    a_zaaktype,
    an_informatieobjecttype,
    an_object,
    an_objecttype,
    uuid,
)

NOW = 1_800_000_000
ADDRESSES = Addresses(
    {
        StandinName.ZAKEN: "http://127.0.0.1:8101",
        StandinName.DOCUMENTEN: "http://127.0.0.1:8102",
        StandinName.OBJECTEN: "http://127.0.0.1:8103",
    }
)
CRS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
OBJECTTYPE = f"{ADDRESSES.base('objecten')}/objecttypes/{uuid(904)}"


def a_rol(number: int, zaak: int, bsn: str) -> Payload:
    return {
        "url": f"{ZAKEN}/rollen/{uuid(number)}",
        "uuid": uuid(number),
        "zaak": f"{ZAKEN}/zaken/{uuid(zaak)}",
        "betrokkene": "",
        "betrokkeneType": "natuurlijk_persoon",
        "roltype": f"{CATALOGI}/roltypen/{uuid(906)}",
        "omschrijvingGeneriek": "initiator",
        "betrokkeneIdentificatie": {"inpBsn": bsn},
    }


RECORDS: Mapping[str, list[Payload]] = {
    "zaken/zaken": [
        a_zaak(1, resultaat=f"{ZAKEN}/resultaten/{uuid(600)}"),
        *(a_zaak(number, status=None) for number in range(2, 6)),
    ],
    "zaken/statussen": [a_status(500), a_status(501, zaak=f"{ZAKEN}/zaken/{uuid(2)}")],
    "zaken/resultaten": [a_resultaat(600)],
    "zaken/rollen": [a_rol(700, 1, "123456782"), a_rol(701, 2, "111222333")],
    "zaken/zaakinformatieobjecten": [],
    "catalogi/zaaktypen": [a_zaaktype(900)],
    "catalogi/statustypen": [a_statustype(901)],
    "catalogi/resultaattypen": [a_resultaattype(902)],
    "catalogi/informatieobjecttypen": [an_informatieobjecttype(903)],
    "documenten/enkelvoudiginformatieobjecten": [
        *(a_document(1), a_document(2), a_document(3, inhoud=None)),
    ],
    "objecten/objects": [
        an_object(1, data={"boomId": "B-1", "plantjaar": 1960}),
        an_object(2, data={"boomId": "B-2", "plantjaar": 1961}),
    ],
    "objecten/objecttypes": [an_objecttype(904)],
}


def write_fixtures(folder: Path) -> Path:
    for place, payloads in RECORDS.items():
        (folder / place).mkdir(parents=True)
        for payload in payloads:
            name = str(payload["url"]).rpartition("/")[2]
            (folder / place / f"{name}.json").write_text(json.dumps(payload))
    return folder


def clock() -> float:
    return float(NOW)


def bearer(claims: Mapping[str, object], *, key: str = SECRET) -> dict[str, str]:
    token = jwt.encode({"alg": "HS256"}, dict(claims), OctKey.import_key(key))
    return {"Authorization": f"Bearer {token}"}


ZGW = bearer({"client_id": CLIENT_ID, "iat": NOW})
OBJECTS = {"Authorization": f"Token {TOKEN}"}


class Answer(NamedTuple):
    status: int
    body: Payload
    headers: httpx.Headers
    text: str


class Client:
    """Asks one stand-in, with credentials and coordinate system unless told."""

    def __init__(self, standin: Standin, base: str, headers: Mapping[str, str]) -> None:
        self.standin = standin
        self.base = base
        self._headers = headers

    async def __call__(
        self,
        method: str,
        path: str,
        body: Json = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        transport = httpx.ASGITransport(self.standin)
        async with httpx.AsyncClient(transport=transport) as client:
            response = await client.request(
                method,
                path if path.startswith("http") else f"{self.base}{path}",
                headers=self._headers if headers is None else headers,
                json=body,
            )
        media_type = response.headers.get("Content-Type", "")
        is_json = media_type == "application/json" and bool(response.content)
        read = response.json() if is_json else {}
        return Answer(
            response.status_code,
            read if isinstance(read, dict) else {"": read},
            response.headers,
            response.text,
        )


def uuids(answer: Answer) -> list[str]:
    results = answer.body["results"]
    assert isinstance(results, list)
    return [
        str(each["url"]).rpartition("/")[2]
        for each in results
        if isinstance(each, dict)
    ]


def result(answer: Answer, place: int = 0) -> Payload:
    results = answer.body["results"]
    assert isinstance(results, list)
    found = results[place]
    assert isinstance(found, dict)
    return found


def expansion(record: Payload) -> Payload:
    found = record["_expand"]
    assert isinstance(found, dict)
    return found


def params(answer: Answer, name: str = "invalidParams") -> list[tuple[Json, Json]]:
    """The name and code of each property that is blamed."""
    found = answer.body[name]
    assert isinstance(found, list)
    return [(each["name"], each["code"]) for each in found if isinstance(each, dict)]
