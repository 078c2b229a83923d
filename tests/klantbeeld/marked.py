"""What is asked with marks in it: each root field, each argument, and what is no question."""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from tests.klantbeeld.emissions import MADE_UP
from tests.klantbeeld.rights import STATED, as_id, everything_below
from tests.municipality import BENCH_BSN

BSN, MAIL, IBAN, PHONE, STREET, NAME = MADE_UP
ALL_OF_THEM = " ".join(MADE_UP)
PERSOON = as_id("Partij", "0ea6880b-b832-5af2-86d4-58c5ebd523a8")
KLANTCONTACT = as_id("Klantcontact", "30e9aa48-a668-5ef5-a4f8-9b10c6e0de5d")


def made_id(kind: str, key: str) -> str:
    """An id that the graph never gave."""
    return base64.urlsafe_b64encode(f"{kind}:{key}".encode()).decode()


ROOTS: Mapping[str, str] = MappingProxyType(
    {
        "_service": "",
        "ik": "",
        "referentielijsten": "",
        "mijnKlantbeeld": "",
        "mijnInzage": "",
        "klantbeeld": "(identificatie: $who, identiteitsvaststelling: $stated)",
        "partij": "(id: $partij, identiteitsvaststelling: $stated)",
        "partijen": "(filter: $partijen, after: $after)",
        "klantcontact": "(id: $klantcontact)",
        "klantcontacten": "(filter: $klantcontacten, after: $after, first: 20)",
        "interneTaken": "(filter: $taken, after: $after, first: 20)",
        "actoren": "(filter: $actoren, after: $after)",
        "node": "(id: $klantcontact)",
    }
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "who": "IdentificatieInput!",
        "stated": "IdentiteitsvaststellingInput",
        "partij": "ID!",
        "klantcontact": "ID!",
        "partijen": "PartijFilter!",
        "klantcontacten": "KlantcontactFilter",
        "taken": "InterneTaakFilter",
        "actoren": "ActorFilter",
        "after": "String",
    }
)
GOOD: Mapping[str, object] = MappingProxyType(
    {
        "who": {"bsn": BENCH_BSN},
        "stated": STATED,
        "partij": PERSOON,
        "klantcontact": KLANTCONTACT,
        "partijen": {"identificatie": {"bsn": BENCH_BSN}},
    }
)
MARKED: Mapping[str, Sequence[object]] = MappingProxyType(
    {
        "who": [
            {"bsn": BSN},
            {"bsn": NAME},
            {"bsn": BSN[::-1]},
            {"rsin": BSN},
            {"bsn": BSN, "rsin": BSN},
            {"kvkNummer": BSN},
            {"overig": {"register": NAME, "soort": STREET, "waarde": MAIL}},
            {"vestiging": {"kvkNummer": PHONE, "vestigingsnummer": IBAN}},
            {NAME: BSN},
            BSN,
        ],
        "stated": [
            {"middel": ALL_OF_THEM, "niveau": "laag", "grond": "zelf"},
            {"middel": NAME, "niveau": NAME, "grond": "zelf"},
        ],
        "partij": [BSN, made_id("Partij", BSN), made_id(NAME, BSN), f"{NAME}\x00"],
        "klantcontact": [NAME, made_id("Klantcontact", MAIL)],
        "partijen": [
            {"digitaalAdres": MAIL},
            {"digitaalAdres": "sanne.vanderveldt@example.nl"},
            {"nummer": BSN},
            {"nummer": NAME},
            {"identificatie": {"overig": {"register": NAME}}},
            {"identificatie": {"bsn": BSN}, NAME: BSN},
        ],
        "klantcontacten": [
            {"tekst": ALL_OF_THEM},
            {"tekst": f"{NAME}\x00"},
            {"kanalen": [NAME]},
            {"onderwerpUrl": f"https://zaken.example/{BSN}?naam={NAME}"},
            {"onderwerpUrl": NAME},
            {"identificatie": {"bsn": BENCH_BSN}},
            {"periode": {"van": BSN}},
            {"richting": NAME},
        ],
        "taken": [{"actor": MAIL}, {"status": NAME}, {"nummer": BSN}],
        "actoren": [{"naam": NAME}, {"soortActor": NAME}],
        "after": [BSN, ALL_OF_THEM, made_id(NAME, BSN)],
    }
)


@dataclass(frozen=True)
class Question:
    """What is sent; a document with words of the client's own may be told of them."""

    query: str
    variables: Mapping[str, object] = field(default_factory=dict)
    operation_name: str | None = None
    in_own_words: bool = False

    def body(self) -> dict[str, object]:
        named = {"operationName": self.operation_name} if self.operation_name else {}
        return {"query": self.query, "variables": dict(self.variables), **named}


def variables_in(text: str) -> set[str]:
    """Their names; one may be the beginning of another."""
    return set(re.findall(r"\$(\w+)", text))


def document(text: str) -> str:
    names = variables_in(text)
    used = [f"${name}: {kind}" for name, kind in KINDS.items() if name in names]
    return (
        f"query Gevraagd({', '.join(used)}) {{ {text} }}" if used else f"{{ {text} }}"
    )


def good(root: str) -> Question:
    """Everything below a root field."""
    query = document(everything_below(root, ROOTS[root]))
    return Question(query, GOOD)


def marked(root: str) -> Iterator[Question]:
    """A root field with marks in each of its arguments."""
    query = document(f"{root}{ROOTS[root]} {{ __typename }}")
    names = variables_in(query)
    for name, values in MARKED.items():
        if name in names:
            yield from (Question(query, {**GOOD, name: each}) for each in values)


NO_QUESTIONS = (
    Question(f'{{ klantbeeld(identificatie: {{bsn: "{BSN}"}}) {{ __typename }} }}'),
    Question(f'{{ partijen(filter: {{digitaalAdres: "{MAIL}"}}) {{ totalCount }} }}'),
    Question(f'{{ klantcontacten(first: "{NAME}") {{ totalCount }} }}'),
    Question(f'{{ ik @include(if: "{NAME}") {{ soort }} }}'),
    Question(f"{{ ik @skip(if: {BSN}) {{ soort }} }}"),
    Question(f'{{ ik(wie: "{NAME}") {{ soort }} }}'),
    Question(f"{{ ik {{ soort }} {BSN} }}"),
    Question(f'{{ ik {{ soort }} "{ALL_OF_THEM}" }}'),
    Question(f'{{ ik {{ soort }} """{ALL_OF_THEM}""" }}'),
    Question("query ($x: Int) { ik { soort } }", {"x": NAME}),
    Question("query ($x: Int!) { ik { soort } }", {NAME: BSN}),
    *(
        Question(query, GOOD, operation_name, in_own_words=True)
        for query, operation_name in (
            (f"{{ {NAME}: mijnKlantbeeld {{ {NAME}: __typename }} }}", None),
            (f"{{ {NAME} }}", None),
            (f"{{ mijnKlantbeeld {{ {NAME} }} }}", None),
            (f"query {NAME} {{ mijnKlantbeeld {{ __typename }} }}", NAME),
            (f"query Van_{BSN} {{ mijnKlantbeeld {{ __typename }} }}", f"Van_{BSN}"),
            (f"query {NAME} {{ ik {{ soort }} }}", f"{NAME}{BSN}"),
            (f"query (${NAME}: Int) {{ ik {{ soort }} }}", None),
            (f"query (${NAME}: {NAME}) {{ ik {{ soort }} }}", None),
            (f"fragment {NAME} on {NAME} {{ x }} {{ ...{NAME} }}", None),
            (f"{{ ik @{NAME} {{ soort }} }}", None),
            (f"# {ALL_OF_THEM}\n{{ ik {{ soort }} }}", None),
        )
    ),
)
