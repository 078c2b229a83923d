"""Mutations of partijen, as tests ask them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import Payload, mutate

BSN = "999993653"
OTHER_BSN = "999990421"
KVK = "99990018"
STATED = {"middel": "digid", "niveau": "substantieel", "grond": "zelf"}
TOO_LOW = STATED | {"niveau": "laag"}

SHOWN = """
partij {
  id
  nummer
  versie
  soortPartij
  indicatieActief
  indicatieGeheimhouding
  interneNotitie
  voorkeurstaal
  externeIdentificaties { id register soort waarde land subjectUrl subjectNaam }
  bezoekadres { straatnaam }
  digitaleAdressen { soort adres }
  rekeningnummers { iban }
  toestemmingHergebruik { ingetrokkenOp }
  vertegenwoordigden { nummer }
  ... on Persoon { contactnaam { volledigeNaam } }
  ... on Organisatie { naam }
  ... on Contactpersoon {
    contactnaam { volledigeNaam }
    hoedanigheid
    formeel
    vastgesteldOp
    namens { nummer }
  }
}
fouten { code pad }
"""


def _mutation(name: str, **arguments: str) -> str:
    arguments["identiteitsvaststelling"] = "IdentiteitsvaststellingInput"
    takes = ", ".join(f"${each}: {kind}" for each, kind in arguments.items())
    gives = ", ".join(f"{each}: ${each}" for each in arguments)
    return f"mutation ({takes}) {{ {name}({gives}) {{ {SHOWN} }} }}"


SOORTEN: Mapping[str, str] = MappingProxyType(
    {
        soort: _mutation(
            f"registreer{soort}",
            invoer=f"Registreer{soort}Input!",
            idempotentiesleutel="String",
        )
        for soort in ("Persoon", "Organisatie", "Contactpersoon")
    }
)
WIJZIG = _mutation("wijzigPartij", id="ID!", versie="Int!", invoer="WijzigPartijInput!")
VOEG_TOE = _mutation(
    "voegExterneIdentificatieToe",
    id="ID!",
    identificatie="ExterneIdentificatieInput!",
    herstelt="HerstelInput",
)
VERWIJDER_IDENTIFICATIE = _mutation(
    "verwijderExterneIdentificatie", id="ID!", reden="String!"
)
GEEF = _mutation("geefToestemming", id="ID!")
TREK_IN = _mutation("trekToestemmingIn", id="ID!")
VERWIJDER = _mutation("verwijderPartij", id="ID!")
_BOTH = {"vertegenwoordiger": "ID!", "vertegenwoordigde": "ID!"}
VERTEGENWOORDIGT = _mutation("voegVertegenwoordigingToe", **_BOTH)
VERTEGENWOORDIGT_NIET = _mutation("verwijderVertegenwoordiging", **_BOTH)


def persoon(bsn: str = BSN, **own: object) -> dict[str, Any]:
    """What a persoon is registered with."""
    return {"identificatie": {"bsn": bsn}, **own}


def known(**own: object) -> dict[str, Any]:
    """The same, with consent and a name."""
    name = {"contactnaam": {"voornaam": "Sanne", "achternaam": "Velde"}}
    return persoon(toestemmingHergebruik=True) | name | own


async def registered(
    office: Municipality, invoer: Mapping[str, object], soort: str = "Persoon"
) -> Payload:
    """Register a partij; mistakes fail the test."""
    payload = await mutate(office, SOORTEN[soort], invoer=invoer)
    assert payload["fouten"] == []
    return dict(payload["partij"])
