"""Mutations with anything as input, made from the schema.

Most of what is drawn is right, so that what is wrong is met deep within: a few values
are odd, and in one question of five a few have not even the form of their type.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, cast

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)
from hypothesis import strategies as st

from tests.klantbeeld.rights import GRAPH
from tests.municipality import BENCH_BSN
from tests.recording.generated.world import IDS
from tests.recording.waarden.generated import NUMBERS, TEXTS

assert GRAPH.mutation_type is not None
MUTATIONS: Mapping[str, GraphQLField] = GRAPH.mutation_type.fields

OTHER_BSN = "999990421"
ABSENT_BSN = "123456782"


class Question(NamedTuple):
    """A mutation as a client sends it."""

    query: str
    variables: dict[str, object]


TEXT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "kanaal": ("telefoon",),
        "taal": ("dut", "nld"),
        "voorkeurstaal": ("dut",),
        "postcode": ("1234 AB",),
        "nummeraanduidingId": ("0503200000000001",),
        "land": ("BE",),
        "emailadres": ("an@example.nl",),
        "telefoonnummer": ("0152602411",),
        "bic": ("ABNANL2A",),
        "platform": ("mastodon",),
        "register": ("brp", "hr", "oud"),
        "soort": ("bsn", "oud"),
        "middel": ("digid",),
        "adres": ("an@example.nl", "0152602411", "@an"),
        "iban": ("NL91ABNA0417164300",),
        "code": ("123456",),
        "waarde": (BENCH_BSN, "Z-1"),
    }
)
"""Right texts by the name of their field; elsewhere any text is right."""

SCALARS: Mapping[str, tuple[object, ...]] = MappingProxyType(
    {
        "Int": (1,),
        "Boolean": (True, False),
        "BSN": (BENCH_BSN, OTHER_BSN, ABSENT_BSN),
        "RSIN": ("999990469",),
        "KVKNummer": ("99990018",),
        "Vestigingsnummer": ("999900180001",),
        "URL": ("https://zaken.voorbeeldstad.example/1", "http://elders.example/x"),
        "DateTime": ("2026-03-02T09:31:00Z", "2026-03-02T10:30:00+01:00"),
        "Date": ("1970-01-01",),
    }
)

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "partij": "Partij",
        "partijId": "Partij",
        "vertegenwoordiger": "Partij",
        "vertegenwoordigde": "Partij",
        "actoren": "Actor",
        "vastgesteldDoor": "Actor",
        "klantcontact": "Klantcontact",
        "klantcontactId": "Klantcontact",
        "interneTaak": "InterneTaak",
        "betrokkeneId": "Betrokkene",
        "digitaalAdres": "DigitaalAdres",
        "externeIdentificatie": "ExterneIdentificatie",
    }
)
"""Of what an id is, by the name of its field."""

OWN_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "wijzigActor": "Actor",
        "wijzigDigitaalAdres": "DigitaalAdres",
        "verwijderDigitaalAdres": "DigitaalAdres",
        "vraagVerificatieAan": "DigitaalAdres",
        "bevestigVerificatie": "DigitaalAdres",
        "verwerkInterneTaak": "InterneTaak",
        "herrouteerInterneTaak": "InterneTaak",
        "vulInhoudAan": "Klantcontact",
        "corrigeerKlantcontact": "Klantcontact",
        "voegExterneIdentificatieToe": "Partij",
        "verwijderExterneIdentificatie": "ExterneIdentificatie",
        "wijzigPartij": "Partij",
        "geefToestemming": "Partij",
        "trekToestemmingIn": "Partij",
        "verwijderPartij": "Partij",
        "verwijderRekeningnummer": "Rekeningnummer",
        "OnderwerpCorrectieInput": "Onderwerp",
        "InhoudsdeelCorrectieInput": "Inhoudsdeel",
        "BetrokkeneCorrectieInput": "Betrokkene",
    }
)
"""Of what the field `id` is, by whose field it is."""

Example = Mapping[str, object]

_KLANT: Example = {"rol": "belanghebbende", "initiator": True}
_CONTACT: Example = {
    "kanaal": "telefoon",
    "actoren": [IDS["Actor"][0]],
    "onderwerpen": [{"tekst": "Paspoort"}],
    "inhoud": [{"tekst": "Wat kost een paspoort?"}],
}
_STATED: Example = {"middel": "digid", "niveau": "substantieel", "grond": "zelf"}
_TAAK: Example = {"gevraagdeHandeling": "Bellen", "actoren": [IDS["Actor"][0]]}
_EMAIL: Example = {"soort": "email", "adres": "an@example.nl"}
_BSN: Example = {"bsn": OTHER_BSN}
_PERSOON: Example = {"soortPartij": "persoon", "identificatie": _BSN}

EXAMPLES: Mapping[str, tuple[Example, ...]] = MappingProxyType(
    {
        "AdresInput": (
            {
                "soort": "bezoekadres",
                "vorm": "straatadres",
                "straatnaam": "Markt",
                "huisnummer": 1,
                "postcode": "1234 AB",
                "plaats": "Delft",
            },
            {"soort": "correspondentieadres", "vorm": "postbus", "postbusnummer": 1},
        ),
        "DigitaalAdresInput": (
            _EMAIL,
            {"soort": "telefoonnummer", "adres": "0152602411", "standaard": True},
        ),
        "ExterneIdentificatieInput": (_BSN, {"kvkNummer": "99990018"}),
        "IdentiteitsvaststellingInput": (_STATED,),
        "InhoudsdeelInput": ({"tekst": "Dat kost niets."},),
        "PartijgegevensInput": (_PERSOON,),
        "KlantcontactInput": (
            {
                **_CONTACT,
                "betrokkenen": [{**_KLANT, "digitaleAdressen": [_EMAIL]}],
                "interneTaken": [_TAAK],
            },
            {
                **_CONTACT,
                "betrokkenen": [
                    {**_KLANT, "partij": _PERSOON, "toestemmingHergebruik": True}
                ],
                "identiteitsvaststelling": _STATED,
            },
        ),
    }
)
"""Inputs that are right, of which a field is drawn again now and then."""

_MOMENTS = """
0001-01-01T00:00:00Z 0001-01-01T00:00:00+14:00 9999-12-31T23:59:59Z
9999-12-31T23:59:59-14:00 9999-12-31T00:00:00Z 1900-01-01T00:00:00Z 4713-01-01T00:00:00Z
2199-01-01T00:00:00Z 2016-12-31T23:59:60Z 2026-02-30T09:00:00Z 2026-03-02T09:30:00
2026-03-02 1970-01-01T00:00Z 2026-03-02T09:29:59.999999Z -0001-01-01T00:00:00Z x
"""
_DATES = "0001-01-01 9999-12-31 2026-02-30 2199-01-01 19700101 1970-01-01T00:00:00Z x"
_URLS = [
    "https://",
    "http://[::1",
    "https://x:99999/",
    "https://x/\u2028y",
    "https://x/\ud800",
    "ftp://x",
    "https://é.example/ü?q=%zz#",
    f"https://x/{'y' * 990}",
    f"https://x/{'y' * 991}",
]
_ODD_IDS = [
    "",
    "x",
    "UGFydGlq",
    "\ud800",
    "é" * 1000,
    *(ids[0] for ids in IDS.values()),
    IDS["Partij"][0].upper(),
]
ODD: Mapping[str, st.SearchStrategy[object]] = MappingProxyType(
    {
        "Int": NUMBERS,
        "Boolean": st.booleans(),
        "DateTime": st.sampled_from(_MOMENTS.split()),
        "Date": st.sampled_from(_DATES.split()),
        "URL": st.sampled_from(_URLS) | TEXTS,
        "ID": st.sampled_from(_ODD_IDS),
    }
)
"""Odd values of scalars; of those that are not here, texts."""


def _deep(levels: int) -> object:
    value: object = "x"
    for _ in range(levels):
        value = [value]
    return value


WRONG = st.sampled_from(
    [
        None,
        True,
        0,
        -1.5,
        10**40,
        float("inf"),
        "",
        "x" * 100_000,
        "\x00",
        "\udfff",
        [],
        [None],
        _deep(3),
        _deep(60),
        {},
        {"x": 1},
        {"": {"\ud800": [{}]}},
    ]
)
"""What has the form of hardly any type."""


@st.composite
def questions(draw: st.DrawFn, name: str) -> Question:
    """Draw a mutation of this name."""
    drawing = _Drawing(draw)
    field = MUTATIONS[name]
    given = {
        each: argument.type
        for each, argument in field.args.items()
        if is_required_argument(argument) or draw(st.booleans())
    }
    takes = ", ".join(f"${each}: {kind}" for each, kind in given.items())
    gives = ", ".join(f"{each}: ${each}" for each in given)
    query = f"mutation ({takes}) {{ {name}({gives}) {{ {_shown(field)} }} }}"
    values = {each: drawing.value(kind, each, name) for each, kind in given.items()}
    return Question(query, values)


class _Drawing:
    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._breaks_forms = self._one_in(5)

    def value(self, kind: GraphQLInputType, name: str, owner: str) -> object:
        """Draw a value.

        Args:
            kind: its type.
            name: of the field or argument that takes it.
            owner: the mutation's or input type's name whose field that is.
        """
        if self._breaks_forms and self._one_in(12):
            return self._draw(WRONG)
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
        elif self._one_in(40):
            return None
        if isinstance(kind, GraphQLList):
            return self._several(kind.of_type, name, owner)
        if isinstance(kind, GraphQLInputObjectType):
            return self._fields(kind)
        return self._leaf(kind, name, owner)

    def _one_in(self, number: int) -> bool:
        return self._draw(st.integers(1, number)) == number

    def _several(self, kind: GraphQLInputType, name: str, owner: str) -> list[object]:
        if self._one_in(40):
            return [self.value(kind, name, owner)] * 1000
        number = self._draw(st.sampled_from([1, 1, 1, 2, 0, 3]))
        values = [self.value(kind, name, owner) for _ in range(number)]
        return values * 2 if self._one_in(20) else values

    def _fields(self, kind: GraphQLInputObjectType) -> dict[str, object]:
        names = [*kind.fields]
        known = EXAMPLES.get(kind.name)
        if known is not None and self._one_in(2):
            example = self._draw(st.sampled_from(known))
            return {
                each: self.value(kind.fields[each].type, each, kind.name)
                if self._one_in(10)
                else value
                for each, value in example.items()
            }
        if kind.is_one_of:
            taken = self._draw(st.permutations(names))[: self._number()]
        else:
            taken = [each for each in names if self._is_given(kind, each)]
        return {each: self.value(_taken(kind, each), each, kind.name) for each in taken}

    def _number(self) -> int:
        """Of fields of which one is to be given."""
        return 2 if self._breaks_forms and self._one_in(8) else 1

    def _is_given(self, kind: GraphQLInputObjectType, name: str) -> bool:
        field = kind.fields[name]
        required = is_required_input_field(field)
        is_list = isinstance(field.type, GraphQLNonNull)
        if required or is_list:
            return not (self._breaks_forms and self._one_in(20))
        return self._one_in(3)

    def _leaf(
        self, kind: GraphQLEnumType | GraphQLScalarType, name: str, owner: str
    ) -> object:
        if isinstance(kind, GraphQLEnumType):
            return self._draw(st.sampled_from(list(kind.values)))
        if self._one_in(12):
            return self._draw(ODD.get(kind.name, TEXTS))
        right = _right(kind.name, name, owner)
        return right[0] if self._one_in(2) else self._draw(st.sampled_from(right))


def _taken(kind: GraphQLInputObjectType, name: str) -> GraphQLInputType:
    """Give the type of a field that is given: of one of several, never null."""
    given: GraphQLInputType = kind.fields[name].type
    if kind.is_one_of and not isinstance(given, GraphQLNonNull):
        return GraphQLNonNull(given)
    return given


def _right(kind: str, name: str, owner: str) -> tuple[object, ...]:
    if kind == "ID":
        return tuple(IDS[OWN_KINDS[owner] if name == "id" else KINDS[name]])
    if kind in SCALARS:
        return SCALARS[kind]
    return TEXT.get(name, ("Een tekst", "Nog een"))


def _shown(field: GraphQLField) -> str:
    """Ask for the mistakes, and for what is plain in the records."""
    payload = cast("GraphQLObjectType", get_named_type(field.type))
    below = {
        name: get_named_type(each.type)
        for name, each in payload.fields.items()
        if name != "fouten"
    }
    shown = [
        name if is_leaf_type(kind) else f"{name} {{ __typename {_plain(kind)} }}"
        for name, kind in below.items()
    ]
    return " ".join(["fouten { code pad melding }", *shown])


def _plain(kind: object) -> str:
    if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    return " ".join(
        name
        for name, each in kind.fields.items()
        if is_leaf_type(get_named_type(each.type)) and not each.args
    )
