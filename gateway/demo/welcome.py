"""What the demo says once it runs: where to look, as whom, and how to ask."""

import json
import shlex
import sys
from collections.abc import Mapping
from types import MappingProxyType

from gateway.demo.callers import KLANT, MEDEWERKER, DemoCaller, introduced
from gateway.demo.issuer import Issuer
from gateway.demo.portal import ADDRESS as PORTAL

_KLANTBEELD = """\
partij { nummer ... on Persoon { contactnaam { volledigeNaam } } }
klantcontacten(first: 2) {
  nodes {
    plaatsgevondenOp
    kanaal
    onderwerpen {
      __typename
      ... on TekstOnderwerp { tekst }
      ... on KlanttaakOnderwerp { klanttaak { titel } }
      ... on ZaakOnderwerp { zaak { identificatie status { statustype { omschrijving } } } }
    }
    inhoud {
      __typename
      ... on TekstInhoud { tekst }
      ... on DocumentInhoud { document { titel } }
    }
  }
}
"""
FIRST_QUERY = f"{{ mijnKlantbeeld {{ {_KLANTBEELD} }} }}"
"""A resident's: whose klantbeeld, their token says."""

EMPLOYEE_QUERY = f"""\
query ($bsn: BSN!, $aanWie: IdentiteitsvaststellingInput) {{
  klantbeeld(identificatie: {{bsn: $bsn}}, identiteitsvaststelling: $aanWie) {{
    {_KLANTBEELD}
  }}
}}
"""
EMPLOYEE_VARIABLES: Mapping[str, object] = MappingProxyType(
    {
        "bsn": KLANT.claims["sub"],
        "aanWie": {"middel": "controlevragen", "niveau": "laag", "grond": "zelf"},
    }
)
"""Of that same resident, who is on the phone."""

_TERMS: Mapping[str, str] = MappingProxyType(
    {
        "KLANTBEELD_RETENTION__ZELFSTANDIG_DAYS": "30",
        "KLANTBEELD_RETENTION__KLANTCONTACT_DAYS": "365",
    }
)

# The examples of the explorer (edge/examples.toml) that ask the same.
_RESIDENT_EXAMPLE, _EMPLOYEE_EXAMPLE = 0, 1


def welcome(origin: str, issuer: Issuer, environment: Mapping[str, str]) -> str:
    """Say where to look, and how to ask.

    Args:
        origin: of the gateway: scheme, host and port.
        issuer: makes the tokens that are in it.
        environment: what other commands need to find the gateway's own data.
    """
    address = f"{origin}/graphql"
    resident, employee = issuer.mint(KLANT.claims), issuer.mint(MEDEWERKER.claims)
    return f"""
GraphQL: {address}

The gateway runs. Open one of these in a browser, and run what it shows:

As Sanne van der Veldt, a resident, who asks for her own klantbeeld:
{address}#example={_RESIDENT_EXAMPLE}

As an employee, who has her on the phone and asked her some questions to be sure:
{address}#example={_EMPLOYEE_EXAMPLE}

A portal that shows all this to people, as an example for who makes one:
{origin}{PORTAL}

{introduced(issuer)}
From a shell, as Sanne van der Veldt:

{_command(address, KLANT, resident, FIRST_QUERY)}

And as the employee:

{_command(address, MEDEWERKER, employee, EMPLOYEE_QUERY, EMPLOYEE_VARIABLES)}

Afterwards, in a shell of its own: who was shown what of her, and why; all that is held of
her; and what is due by terms that are short here (with --apply it goes):

{_looking_back(environment)}

Ctrl-C ends everything; the data stays for the next time, the tokens do not.
"""


def _looking_back(environment: Mapping[str, str]) -> str:
    """Commands for what is held of people; what they need to know comes before."""
    known = {**environment, **_TERMS}
    named = [f"{name}={shlex.quote(value)}" for name, value in known.items()]
    program = f"{shlex.quote(sys.executable)} -m gateway"
    who = f'echo "bsn {KLANT.claims["sub"]}" | {program}'
    export = " \\\n  ".join(["export", *named])
    return "\n".join([export, f"{who} inzagen", f"{who} disclose", f"{program} purge"])


def _command(
    address: str,
    who: DemoCaller,
    token: str,
    query: str,
    variables: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """A question for a shell; a line for each thing that can be changed."""
    body = {"query": " ".join(query.split()), "variables": dict(variables)}
    purpose = f"Klantbeeld-Purpose: {who.purpose}"
    headers = [
        "Content-Type: application/json",
        f"Authorization: Bearer {token}",
        *([purpose] if who.purpose else []),
    ]
    return " \\\n  ".join(
        [
            f"curl -s {address}",
            *(f"-H {shlex.quote(each)}" for each in headers),
            f"-d {shlex.quote(json.dumps(body))}",
        ]
    )
