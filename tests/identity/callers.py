"""Callers of every kind, and a door that lets one of them in."""

from dataclasses import dataclass

from msgspec.structs import replace

from gateway import identificatie
from gateway.identity.caller import Caller, Claimed, SoortAanvrager, Verwerking
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.rechten import Grant, Recht
from gateway.identity.tokens.claims import Subject
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tests.identity.minting import ISSUER
from tests.municipality import BENCH_BSN

INZAGE = Verwerking("inzage", "https://voorbeeldstad.example/verwerkingen/inzage/1")
KLANTCONTACT = Verwerking(
    "klantcontact", "https://voorbeeldstad.example/verwerkingen/klantcontact/1"
)
OWN = Grant(
    frozenset({Recht.ZAKEN, Recht.DOCUMENTEN, Recht.OBJECTEN}),
    None,
    Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK,
)


def klant(
    who: identificatie.Identificatie | None = None,
    niveau: Betrouwbaarheidsniveau | None = Betrouwbaarheidsniveau.SUBSTANTIEEL,
) -> Caller:
    """One who asks for themselves; default: whose page the benchmarks use."""
    who = who or identificatie.bsn(BENCH_BSN)
    return Caller(
        soort=SoortAanvrager.KLANT,
        issuer=ISSUER,
        client="portaal",
        subject=who.waarde,
        niveau=niveau,
        klanten=(who,),
        klant=who,
        grants=(OWN,),
        verwerking=INZAGE,
        verwerkingen=(INZAGE.name,),
    )


def vertegenwoordiger(who: identificatie.Identificatie | None = None) -> Caller:
    """One who asks for another."""
    acting = Subject("bsn", "999990421", (identificatie.bsn("999990421"),))
    return replace(
        klant(who), soort=SoortAanvrager.VERTEGENWOORDIGER, vertegenwoordiger=acting
    )


def medewerker(*rechten: Recht) -> Caller:
    """An employee with these rights; without any, with all."""
    return Caller(
        soort=SoortAanvrager.MEDEWERKER,
        issuer=ISSUER,
        client="kcc-werkplek",
        subject="bsch02",
        grants=(Grant(frozenset(rechten or Recht)),),
        verwerking=KLANTCONTACT,
        verwerkingen=(KLANTCONTACT.name,),
    )


def systeem(*rechten: Recht) -> Caller:
    """An application with these scopes; without any, with all."""
    return replace(
        medewerker(*rechten),
        soort=SoortAanvrager.SYSTEEM,
        client="koppeling",
        subject="koppeling",
    )


@dataclass
class OneDoor:
    """Lets in this caller, whatever is said."""

    lets_in: Caller

    async def caller(self, _authorization: str | None, _claimed: Claimed) -> Caller:
        return self.lets_in

    async def aclose(self) -> None:
        """Nothing was opened."""
