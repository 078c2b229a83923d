"""One question about one klantcontact that refers to all registers, and its right answer."""

import copy
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

from gateway.app import create_app
from gateway.settings import RegisterKind
from gateway.store import tables
from gateway.store.database import create_database
from schema.node import encode_id
from tests.faults.conftest import LIMITS
from tests.faults.scene import Scene
from tests.klantbeeld.conftest import asked_in_process
from tests.store.rows import Rows

Json = dict[str, object]
Place = tuple[str | int, ...]

ZAAK = "zaken/2924def7-6148-5d55-966d-627010951eda"
DOCUMENT = "enkelvoudiginformatieobjecten/00f131cf-4f31-568d-bf88-eb644083f569"
OBJECT = "objects/08b778db-8dfd-55f9-964b-3ea46c2b06dd"

QUERY = """
  query ($id: ID!) { klantcontact(id: $id) {
    kanaal
    onderwerpen { ... on ZaakOnderwerp { uuid zaak {
      identificatie
      zaaktype { omschrijving }
      status { datumStatusGezet statustype { omschrijving } }
    } } }
    inhoud {
      ... on DocumentInhoud { uuid document {
        titel
        informatieobjecttype { omschrijving }
      } }
      ... on ObjectInhoud { uuid object { startAt type { name } } }
    }
  } }
"""
GOOD: Json = {
    "klantcontact": {
        "kanaal": "balie",
        "onderwerpen": [
            {
                "uuid": "2924def7-6148-5d55-966d-627010951eda",
                "zaak": {
                    "identificatie": "ZAAK-2026-0000000620",
                    "zaaktype": {
                        "omschrijving": "Aanvraag evenementenvergunning behandelen"
                    },
                    "status": {
                        "datumStatusGezet": "2026-09-15T07:00:00Z",
                        "statustype": {"omschrijving": "In behandeling"},
                    },
                },
            }
        ],
        "inhoud": [
            {
                "uuid": "00f131cf-4f31-568d-bf88-eb644083f569",
                "document": {
                    "titel": "Verzoek om een foto van het dakvlak",
                    "informatieobjecttype": {
                        "omschrijving": "Brief, e-mail of gesprek"
                    },
                },
            },
            {
                "uuid": "08b778db-8dfd-55f9-964b-3ea46c2b06dd",
                "object": {
                    "startAt": "2022-06-01",
                    "type": {"name": "Beheerobject openbare ruimte"},
                },
            },
        ],
    }
}

DEADLINE = 2.0
MARGIN = 0.5
"""Seconds after the deadline at which an answer still came in time: what a busy machine
needs to write it down."""

_ZAAK: Place = ("klantcontact", "onderwerpen", 0, "zaak")
_DOCUMENT: Place = ("klantcontact", "inhoud", 0, "document")
_OBJECT: Place = ("klantcontact", "inhoud", 1, "object")
# The fields that are empty without a register.
FIELDS: Mapping[RegisterKind, Sequence[Place]] = MappingProxyType(
    {
        "zaken": (_ZAAK,),
        "catalogi": (
            (*_ZAAK, "zaaktype"),
            (*_ZAAK, "status", "statustype"),
            (*_DOCUMENT, "informatieobjecttype"),
        ),
        "documenten": (_DOCUMENT,),
        "objecten": (_OBJECT,),
    }
)
# What each is asked on a good day, and what of that is not asked without another.
SENT: Mapping[RegisterKind, Mapping[str, RegisterKind | None]] = MappingProxyType(
    {
        "zaken": {"POST /zaken/_zoek": None},
        "catalogi": {
            "GET /zaaktypen/…": "zaken",
            "GET /statustypen/…": "zaken",
            "GET /informatieobjecttypen/…": "documenten",
        },
        "documenten": {"POST /enkelvoudiginformatieobjecten/_zoek": None},
        "objecten": {"GET /objects/…": None, "GET /objecttypes/…": "objecten"},
    }
)


async def a_klantcontact(store_url: str, scene: Scene) -> str:
    """Put a klantcontact in the store that refers to all registers; its id."""
    engine = create_database(store_url, pool_size=1)
    rows = Rows(engine)
    key = await rows.klantcontact(1, kanaal="balie")
    await rows.onderwerp(key, "zaak", url=f"{scene.bases['zaken']}/{ZAAK}")
    parts = (
        ("informatieobject", f"{scene.bases['documenten']}/{DOCUMENT}"),
        ("object", f"{scene.bases['objecten']}/{OBJECT}"),
    )
    for place, (vorm, url) in enumerate(parts, 1):
        await rows.insert(
            tables.inhoudsdelen,
            klantcontact_id=key,
            volgorde=place,
            vorm=vorm,
            url=url,
        )
    await engine.dispose()
    return encode_id("Klantcontact", key)


async def asked(
    store_url: str,
    scene: Scene,
    *,
    deadline: float = DEADLINE,
    limits: Mapping[str, object] = MappingProxyType(LIMITS),
) -> Json:
    """Ask a gateway that remembers nothing; the answer must come in time."""
    body = {
        "query": QUERY,
        "variables": {"id": await a_klantcontact(store_url, scene)},
    }
    headers = {"Klantbeeld-Deadline": str(int(deadline * 1000))}
    app = create_app(scene.settings(store_url, limits))
    async with asked_in_process(app) as client:
        begin = time.monotonic()
        answer = await client.post("/graphql", json=body, headers=headers)
        assert time.monotonic() - begin < deadline + MARGIN
    assert answer.status_code == 200
    return cast("Json", answer.json())


def without(data: Json, places: Sequence[Place]) -> Json:
    """The same with null at these places."""
    changed = copy.deepcopy(data)
    for *path, last in places:
        parent: object = changed
        for step in path:
            parent = cast("dict[str | int, object]", parent)[step]
        cast("dict[str | int, object]", parent)[last] = None
    return changed


def told(answer: Json) -> dict[Place, Json]:
    """The errors' extensions by their path."""
    errors = cast("list[Json]", answer.get("errors", []))
    return {
        tuple(cast("list[str | int]", each["path"])): cast("Json", each["extensions"])
        for each in errors
    }


def sent(
    faulty: RegisterKind | None = None, *, times: int = 1, singly: int = 0
) -> dict[RegisterKind, Counter[str]]:
    """What the registers are asked, by kind.

    Args:
        faulty: the one that gives nothing.
        times: how often that is asked the same.
        singly: how often it is asked for the record by itself, after `_zoek`.
    """
    counted: dict[RegisterKind, Counter[str]] = {}
    for kind, asks in SENT.items():
        number = times if kind == faulty else 1
        counted[kind] = Counter(
            {
                ask: number
                for ask, needs in asks.items()
                if number and (needs is None or needs != faulty)
            }
        )
    if singly and faulty is not None:
        (zoek,) = SENT[faulty]
        resource = zoek.removeprefix("POST ").removesuffix("_zoek")
        counted[faulty][f"GET {resource}…"] = singly
    return counted
