"""Who asks in the demo, one of each kind, and what the municipality allows them.

The persons and organisations are those of the fixtures. Everything that shows who can ask
(the terminal, the explorer, the portal) shows these.
"""

from collections.abc import Mapping
from typing import NamedTuple

from gateway.demo.issuer import AUDIENCE, Issuer

PURPOSE = "klantcontact"
"""What a medewerker says in `Klantbeeld-Purpose`."""

_NL_GOV = "urn:nl-eid-gdi:1.0:id"
_DEMO = "urn:klantbeeld:demo"
_DIGID = "urn:oasis:names:tc:SAML:2.0:ac:classes"
_EHERKENNING = "urn:etoegang:core:assurance-class"
_REGISTER = "https://verwerkingen.voorbeeldstad.example"

_READING = (
    "partijen.lezen",
    "identificaties.lezen",
    "klantcontacten.lezen",
    "internetaken.lezen",
    "actoren.lezen",
    "zaken.lezen",
    "documenten.lezen",
    "objecten.lezen",
)
_WRITING = (
    "partijen.schrijven",
    "klantcontacten.schrijven",
    "klantcontacten.corrigeren",
    "internetaken.schrijven",
)


class DemoCaller(NamedTuple):
    """One who asks.

    Attributes:
        name: of the kind.
        who: their name.
        how: what they are, and how they logged in.
        claims: what their token says.
        purpose: that must be named in `Klantbeeld-Purpose`, if any.
        actor: which actor of the municipality they are, if any: the `objectId` of its
            identificator.
    """

    name: str
    who: str
    how: str
    claims: Mapping[str, object]
    purpose: str | None = None
    actor: str | None = None

    @property
    def described(self) -> str:
        """Who they are and how they logged in, in a line."""
        return f"{self.who}, {self.how}"


KLANT = DemoCaller(
    "klant",
    "Sanne van der Veldt",
    "inwoner, met DigiD Substantieel",
    {
        "sub": "999993653",
        "sub_id_type": f"{_NL_GOV}:BSN",
        "acr": f"{_DIGID}:Smartcard",
        "azp": "portaal",
    },
)
BEDRIJF = DemoCaller(
    "bedrijf",
    "Stichting Stadsfeest Voorbeeldstad",
    "organisatie, met eHerkenning 3",
    {
        "sub": "99990021",
        "sub_id_type": f"{_NL_GOV}:KvKnr",
        "acr": f"{_EHERKENNING}:loa3",
        "azp": "portaal",
    },
)
VERTEGENWOORDIGER = DemoCaller(
    "vertegenwoordiger",
    "Bewindvoering De Ankerplaats",
    "namens Ria Kuipers, met eHerkenning 3",
    {
        "sub": "99990022",
        "sub_id_type": f"{_NL_GOV}:KvKnr",
        "acr": f"{_EHERKENNING}:loa3",
        "azp": "portaal",
        "represents": {
            "sub": "999993367",
            "sub_id_type": f"{_NL_GOV}:BSN",
            "mandate": {
                "services": ["gemeentezaken"],
                "valid_until": "2099-12-31T23:59:59+01:00",
            },
        },
    },
)
MEDEWERKER = DemoCaller(
    "medewerker",
    "Yvonne Tieleman",
    "medewerker van het klantcontactcentrum",
    {
        "sub": "ytie01",
        "sub_id_type": f"{_DEMO}:medewerker",
        "azp": "kcc",
        "roles": ["kcc-medewerker"],
    },
    PURPOSE,
    actor="ytie01",
)
SYSTEEM = DemoCaller(
    "systeem",
    "Zaaksysteem",
    "applicatie van de gemeente zelf",
    {
        "sub": "zaaksysteem",
        "sub_id_type": f"{_DEMO}:systeem",
        "azp": "zaaksysteem",
        "scope": " ".join((*_READING, *_WRITING)),
    },
    "zaakbehandeling",
)
CALLERS = (KLANT, BEDRIJF, VERTEGENWOORDIGER, MEDEWERKER, SYSTEEM)


_INTRODUCTION = """\
Who asks says so with a token, in the header Authorization: Bearer. Of each kind of caller
there is one here, good for 12 hours or until the demo ends:
"""


def introduced(issuer: Issuer) -> str:
    """Give everybody a token, and say who they are and how they ask."""
    parts = [_INTRODUCTION]
    for each in CALLERS:
        also = f"; also send Klantbeeld-Purpose: {each.purpose}" if each.purpose else ""
        parts.append(
            f"{each.name}: {each.described}{also}\n{issuer.mint(each.claims)}\n"
        )
    return "\n".join(parts)


def identity_settings(issuer: str, pseudonym_key: str) -> dict[str, object]:
    """Say what the demo's municipality allows, as settings are written.

    Args:
        issuer: the address of the demo's issuer.
        pseudonym_key: at least 32 characters.
    """
    return {
        "issuers": [
            {
                "issuer": issuer,
                "audience": AUDIENCE,
                "algorithms": ["ES256"],
                "kinds": {
                    f"{_NL_GOV}:BSN": "bsn",
                    f"{_NL_GOV}:RSIN": "rsin",
                    f"{_NL_GOV}:KvKnr": "kvk_nummer",
                    f"{_DEMO}:medewerker": "medewerker",
                    f"{_DEMO}:systeem": "systeem",
                },
            }
        ],
        "pseudonym_key": pseudonym_key,
        "activities": [
            {"name": name, "uri": f"{_REGISTER}/{name}"}
            for name in ("inzage", PURPOSE, "zaakbehandeling")
        ],
        "clients": [
            {"client_id": "kcc", "activities": [PURPOSE]},
            {"client_id": "zaaksysteem", "activities": ["zaakbehandeling", PURPOSE]},
        ],
        "roles": _ROLES,
        "services": [
            {"id": "gemeentezaken"},
            {"id": "belastingzaken", "zaaktypen": ["B0606"]},
        ],
        "klant": {"activity": "inzage"},
    }


_ROLES: tuple[dict[str, object], ...] = (
    {"name": "kcc-medewerker", "rechten": [*_READING, *_WRITING]},
    {"name": "kcc-vertrouwelijk", "rechten": ["vertrouwelijk.lezen"]},
    {
        "name": "behandelaar",
        "rechten": [*_READING, "notities.lezen"],
        "max_vertrouwelijkheid": "vertrouwelijk",
    },
    {
        "name": "behandelaar-belastingen",
        "rechten": [*_READING, "notities.lezen"],
        "zaaktypen": ["B0606"],
        "max_vertrouwelijkheid": "vertrouwelijk",
    },
    {"name": "werkvoorraad", "rechten": ["internetaken.lezen", "actoren.lezen"]},
)
