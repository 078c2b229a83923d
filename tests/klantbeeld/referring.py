"""A municipality of one person, whose klantcontact refers to what is in the registers."""

import json
from collections.abc import Callable, Sequence
from typing import cast

from msgspec.structs import replace

from gateway.identity.caller import Caller
from gateway.identity.rechten import Grant
from gateway.store import tables
from tests.klantbeeld.rights import Answer, Json
from tests.municipality import BENCH_BSN
from tests.store.rows import Rows

HOST = "voorbeeldstad.example"
ZAKEN = f"https://zaken.{HOST}/zaken/api/v1/zaken"
DOCUMENTEN = (
    f"https://documenten.{HOST}/documenten/api/v1/enkelvoudiginformatieobjecten"
)
OBJECTEN = f"https://objecten.{HOST}/api/v2/objects"

OWN = f"{ZAKEN}/2464f7c9-7af5-50e2-997a-399b81779b84"
DEELZAAK = f"{ZAKEN}/663b9d2b-18e3-5bbb-96d3-53a77e60212f"
OF_ANOTHER = f"{ZAKEN}/cb6ee295-a7b8-573f-84b4-33bc43541ea6"
CONFIDENTIAL = f"{ZAKEN}/7ffe2793-27e2-5289-9d34-6c0a78764d0c"
# A melding (B0101), beperkt_openbaar.
MELDING = f"{ZAKEN}/00d35c95-40ea-52ca-b32d-55cdf4309346"
DELETED = f"{ZAKEN}/5ca1ab1e-0000-4000-8000-000000000000"
OWN_TAAK = f"{OBJECTEN}/0d04c533-42fd-5e8c-9ab0-7402e629370e"
TAAK_OF_A_COMPANY = f"{OBJECTEN}/74deac94-3493-54c9-ac4a-5f317c1c12cc"
LANTAARNPAAL = f"{OBJECTEN}/08b778db-8dfd-55f9-964b-3ea46c2b06dd"
ANONYMOUS = "bc493323-e435-5b9f-9967-a4f17a9b1238"
BEHEEROBJECT = "d9a59e94-0582-55e6-a8fa-7de205f4ef9c"

ASKED = """
klantcontacten(first: 100) { nodes {
  onderwerpen {
    ... on ZaakOnderwerp { zaak { uuid hoofdzaak { uuid } deelzaken { uuid } } }
    ... on KlanttaakOnderwerp { klanttaak { titel zaak { uuid } object { uuid } } }
    ... on ObjectOnderwerp { object { uuid data } }
  }
  inhoud {
    ... on DocumentInhoud { document { titel } }
    ... on ObjectInhoud { object { uuid } }
  }
} }
"""
MINE = f"{{ mijnKlantbeeld {{ {ASKED} }} }}"
THEIRS = f"""query ($who: IdentificatieInput!, $stated: IdentiteitsvaststellingInput) {{
  mijnKlantbeeld: klantbeeld(identificatie: $who, identiteitsvaststelling: $stated) {{
    {ASKED} }} }}"""


async def a_contact(
    rows: Rows,
    onderwerpen: Sequence[tuple[str, str]] = (),
    inhoud: Sequence[tuple[str, str]] = (),
    who: str = BENCH_BSN,
) -> None:
    """One person, and one klantcontact of theirs that refers to these."""
    partij = await rows.persoon(who)
    contact = await rows.klantcontact(1, partij)
    for nr, (vorm, url) in enumerate(onderwerpen, 1):
        await rows.onderwerp(contact, vorm, nr, url=url)
    for nr, (vorm, url) in enumerate(inhoud, 1):
        await rows.insert(
            tables.inhoudsdelen,
            klantcontact_id=contact,
            vorm=vorm,
            volgorde=nr,
            url=url,
        )


def parts(answer: Answer, name: str) -> list[Json]:
    beeld = cast("dict[str, dict[str, list[Json]]]", answer.data["mijnKlantbeeld"])
    (contact,) = beeld["klantcontacten"]["nodes"]
    return cast("list[Json]", contact[name])


def codes(answer: Answer) -> list[str]:
    return [answer.codes[place] for place in sorted(answer.codes)]


def rewritten(change: Callable[[Json], None]) -> Callable[[bytes], bytes]:
    """Change every record in what a register answers."""

    def rewrite(body: bytes) -> bytes:
        answer = json.loads(body)
        for record in answer.get("results", [answer]):
            change(record)
        return json.dumps(answer).encode()

    return rewrite


def granted(caller: Caller, *grants: Grant) -> Caller:
    return replace(caller, grants=grants)
