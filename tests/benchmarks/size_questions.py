"""What is asked of a store at size, through a gateway in this process.

Registers are not asked: where the store refers, it refers to none that is configured.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import httpx
from pydantic import SecretStr

from gateway import identificatie
from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.inzagen import inzagen
from gateway.settings import Settings
from gateway.settings.identity import IdentitySettings
from gateway.settings.limits import LimitSettings
from gateway.settings.traces import TraceSettings
from schema.node import encode_id
from tests.benchmarks.size_rows import AFDELINGEN, Kind, bsn, key_of, kvk_nummer, zaak
from tests.identity.callers import OneDoor, klant
from tests.keys import KEY
from tests.klantbeeld.conftest import PATIENT, asked_in_process
from tests.municipality import KLANTBEELD, MIJN_KLANTBEELD

Variables = Mapping[str, object]
PAGE, OWN_PAGE = "the page of a klant, bare", "the page of a klant, logged in"
COMPANY = "all about a company"
USUAL = frozenset({"UNKNOWN_REGISTER", "FORBIDDEN", "NOT_FOUND"})
"""What an answer may say where it shows nothing."""

INZAGEN = "who was shown what of a partij"
THREADS = "what went before and came after 50 klantcontacten"
RARE, FREQUENT = "klantcontacten by a rare word", "klantcontacten by frequent words"
WORK_LIST = "a department's work list"


class Question(NamedTuple):
    """A document, and its variables for the number of a partij."""

    document: str
    variables: Callable[[int], Variables]


def _partijen(asked: Callable[[int], Variables]) -> Question:
    nodes = "nodes { id nummer soortPartij }"
    return Question(
        "query ($asked: PartijFilter!)"
        f" {{ found: partijen(filter: $asked) {{ {nodes} }} }}",
        lambda number: {"asked": asked(number)},
    )


def _klantcontacten(asked: Callable[[int], Variables]) -> Question:
    nodes = "nodes { id nummer plaatsgevondenOp betrokkenen { rol } }"
    return Question(
        "query ($asked: KlantcontactFilter!)"
        f" {{ found: klantcontacten(filter: $asked, first: 50) {{ {nodes} }} }}",
        lambda number: {"asked": asked(number)},
    )


def _of_partij(selection: str, **asked: object) -> Question:
    return Question(
        "query ($who: IdentificatieInput!, $asked: KlantcontactFilter)"
        " { found: klantbeeld(identificatie: $who)"
        f" {{ klantcontacten(filter: $asked, first: 50) {{ {selection} }} }} }}",
        lambda number: {"who": {"bsn": bsn(number)}, "asked": asked},
    )


_PARTIJ = (
    "externeIdentificaties { waarde } bezoekadres { plaats } digitaleAdressen { adres }"
    " voorkeursDigitaalAdres { adres } rekeningnummers { iban }"
    " toestemmingHergebruik { gegevenOp } vertegenwoordigden { nummer }"
    " vertegenwoordigers { nummer } contactpersonen { nummer }"
)
_PARTS = (
    "nummer richting identiteitsvaststelling { middel vastgesteldDoor { naam } }"
    " betrokkenen { digitaleAdressen { adres } bezoekadres { plaats } }"
)


def _afdeling(number: int) -> str:
    actor = AFDELINGEN[number % len(AFDELINGEN)]
    return encode_id("Actor", key_of(Kind.ACTOR, actor))


def _period(number: int) -> Variables:
    day = f"2024-{1 + number % 12:02}-{1 + number % 28:02}"
    return {"periode": {"van": f"{day}T00:00:00Z", "tot": f"{day}T23:59:59Z"}}


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        PAGE: Question(
            KLANTBEELD,
            lambda number: {"identificatie": {"bsn": bsn(number)}, "first": 50},
        ),
        OWN_PAGE: Question(MIJN_KLANTBEELD, lambda _: {"first": 50}),
        WORK_LIST: Question(
            "query ($actor: ID!) { found: interneTaken(filter:"
            " {status: te_verwerken, actor: $actor}, first: 50) {"
            " totalCount nodes { nummer gevraagdeHandeling wachtSinds actoren { naam }"
            " klantcontact { nummer betrokkenen { partij { nummer } } } } } }",
            lambda number: {"actor": _afdeling(number)},
        ),
        "how many klantcontacten a partij has": _of_partij("totalCount"),
        THREADS: _of_partij("nodes { vorige { nummer } vervolg { nummer } }"),
        "klantcontacten of a partij, by text": _of_partij(
            "nodes { nummer }", tekst="kapvergunning boom"
        ),
        "klantcontacten of a partij, by richting": _of_partij(
            "nodes { nummer }", richting="inkomend"
        ),
        COMPANY: Question(
            "query ($who: IdentificatieInput!) { found: klantbeeld(identificatie: $who)"
            f" {{ partij {{ {_PARTIJ} }} partijen {{ nummer }} contactpersonen {{ nummer }}"
            " interneTaken(first: 50) { totalCount nodes { nummer } }"
            f" klantcontacten(first: 50) {{ totalCount nodes {{ {_PARTS} }} }} }} }}",
            lambda number: {"who": {"kvkNummer": kvk_nummer(50 * number)}},
        ),
        "klantcontacten by onderwerp": _klantcontacten(
            lambda number: {"onderwerpUrl": zaak(10 * (1 + number % 99))}
        ),
        "klantcontacten of everybody, a day": _klantcontacten(_period),
        "klantcontacten of everybody, the newest": _klantcontacten(lambda _: {}),
        "klantcontacten by nummer": _klantcontacten(
            lambda number: {"nummer": str(number)}
        ),
        "klantcontacten by identificatie": _klantcontacten(
            lambda number: {"identificatie": {"bsn": bsn(number)}}
        ),
        RARE: _klantcontacten(lambda number: {"tekst": f"kenmerk{number}"}),
        FREQUENT: _klantcontacten(lambda _: {"tekst": "kapvergunning boom"}),
        "partijen by digitaal adres": _partijen(
            lambda number: {"digitaalAdres": f"partij{number}@voorbeeld.example"}
        ),
        "partijen by nummer": _partijen(lambda number: {"nummer": str(number)}),
        "partijen by identificatie": _partijen(
            lambda number: {"identificatie": {"bsn": bsn(number)}}
        ),
        "interne taak by nummer": Question(
            "query ($nummer: String!) { found: interneTaken(filter:"
            " {nummer: $nummer}) { nodes { nummer status } } }",
            lambda number: {"nummer": str(7 * number)},
        ),
    }
)


def body_of(name: str, number: int) -> Mapping[str, object]:
    """What is sent for a question."""
    question = QUESTIONS[name]
    return {"query": question.document, "variables": question.variables(number)}


class Gateway(NamedTuple):
    """One to ask, on one store."""

    bare: httpx.AsyncClient
    own: httpx.AsyncClient
    door: OneDoor
    settings: Settings

    async def ask(self, name: str, number: int) -> int:
        """Ask one of `QUESTIONS`, or for the trail; tells how much was found.

        Raises:
            RuntimeError: there was no answer.
        """
        if name == INZAGEN:
            return len(await inzagen(self.settings, f"nummer {number}"))
        client = self.own if name == OWN_PAGE else self.bare
        self.door.lets_in = klant(identificatie.bsn(bsn(number)))
        answer = (await client.post("/graphql", json=body_of(name, number))).json()
        codes = {each["extensions"]["code"] for each in answer.get("errors", [])}
        if not codes <= USUAL or not any(answer["data"].values()):
            raise RuntimeError(f"{name}: {codes or 'nothing was found'}")
        return _found(answer["data"])


def _found(data: object) -> int:
    """How many nodes there are in an answer, at any depth, and how many it counts."""
    if isinstance(data, list):
        return sum(map(_found, data))
    if not isinstance(data, dict):
        return 0
    nodes, total = data.get("nodes") or (), data.get("totalCount") or 0
    return len(nodes) + total + sum(map(_found, data.values()))


@asynccontextmanager
async def gateway(url: str, folder: Path) -> AsyncIterator[Gateway]:
    """Start one that asks nobody who they are, and one that lets a klant in.

    Args:
        url: the runtime role's.
        folder: where processing records go.
    """
    limits = LimitSettings(
        requests_per_minute=10**6,
        requests_at_once=10**6,
        distinct_persons_per_hour=10**6,
    )
    usual = gateway_settings(url, Addresses())
    settings = usual.model_copy(update={**PATIENT, "limits": limits})
    written = {
        "identity": IdentitySettings(pseudonym_key=SecretStr(KEY)),
        "traces": TraceSettings(file=folder / "records.jsonl"),
    }
    door = OneDoor(klant())
    asking = settings.model_copy(update=written)
    async with (
        asked_in_process(create_app(settings)) as bare,
        asked_in_process(create_app(asking, door=door)) as own,
    ):
        yield Gateway(bare, own, door, asking)
