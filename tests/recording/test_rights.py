"""Who may ask which mutation: every kind of caller, every mutation.

The questions are made from the schema, so that a new mutation is asked, and fails until
it stands in the table. What is asked need not make sense: a right is looked at first.
"""

from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_required_argument,
    is_required_input_field,
)
from msgspec.structs import replace

from gateway.errors import Forbidden
from gateway.identity.caller import ANONIEM, Caller
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.rechten import Recht
from tests.identity.callers import klant, medewerker, systeem, vertegenwoordiger
from tests.klantbeeld.conftest import a_network
from tests.klantbeeld.rights import GRAPH, Answer, House, a_house, as_id
from tests.municipality import BENCH_BSN
from tests.recording.conftest import Counted

pytestmark = pytest.mark.anyio

NOBODY = "00000000-0000-0000-0000-000000000000"
L = Betrouwbaarheidsniveau
ENDED = Forbidden("the mandate has ended", needs="mandate")
WRITING = [recht for recht in Recht if not recht.endswith(".lezen")]

CALLERS: Mapping[str, Caller] = MappingProxyType(
    {
        "anoniem": ANONIEM,
        "klant midden": klant(niveau=L.MIDDEN),
        "klant laag": klant(niveau=L.LAAG),
        "vertegenwoordiger": vertegenwoordiger(),
        "mandaat verlopen": replace(vertegenwoordiger(), refusal=ENDED),
        "medewerker": medewerker(),
        "medewerker die alleen leest": medewerker(*(set(Recht) - set(WRITING))),
        **{f"medewerker met {recht}": medewerker(recht) for recht in WRITING},
        "medewerker zonder doel": replace(medewerker(), verwerking=None),
        "systeem": systeem(),
        "systeem zonder scopes": replace(systeem(), grants=()),
        "systeem zonder doel": replace(systeem(), verwerking=None),
    }
)
# anoniem | klant: at its level, below | vertegenwoordiger: mandate, ended |
# medewerker: all rights, those to read | one right only: partijen.schrijven,
# partijen.verwijderen, klantcontacten.schrijven, klantcontacten.corrigeren,
# internetaken.schrijven, actoren.schrijven | all rights, no purpose |
# systeem: all scopes, none, no purpose.
# . may, A needs to be known, S needs a level, F is not for these.
TABLE: Mapping[str, str] = MappingProxyType(
    {
        "registreerPersoon": "             A FF FF .F .FFFFF F .FF",
        "registreerOrganisatie": "         A FF FF .F .FFFFF F .FF",
        "registreerContactpersoon": "      A FF FF .F .FFFFF F .FF",
        "voegExterneIdentificatieToe": "   A FF FF .F .FFFFF F .FF",
        "verwijderExterneIdentificatie": " A FF FF .F .FFFFF F .FF",
        "voegVertegenwoordigingToe": "     A FF FF .F .FFFFF F .FF",
        "verwijderVertegenwoordiging": "   A FF FF .F .FFFFF F .FF",
        "verwijderPartij": "               A FF FF .F F.FFFF F .FF",
        "wijzigPartij": "                  A .S .F .F .FFFFF F .FF",
        "geefToestemming": "               A .S .F .F .FFFFF F .FF",
        "trekToestemmingIn": "             A .S .F .F .FFFFF F .FF",
        "voegDigitaalAdresToe": "          A .S .F .F .FFFFF F .FF",
        "wijzigDigitaalAdres": "           A .S .F .F .FFFFF F .FF",
        "verwijderDigitaalAdres": "        A .S .F .F .FFFFF F .FF",
        "kiesVoorkeursDigitaalAdres": "    A .S .F .F .FFFFF F .FF",
        "zetAdres": "                      A .S .F .F .FFFFF F .FF",
        "verwijderAdres": "                A .S .F .F .FFFFF F .FF",
        "voegRekeningnummerToe": "         A .S .F .F .FFFFF F .FF",
        "verwijderRekeningnummer": "       A .S .F .F .FFFFF F .FF",
        "vraagVerificatieAan": "           A .S .F .F .FFFFF F .FF",
        "bevestigVerificatie": "           A .S .F .F .FFFFF F .FF",
        "registreerKlantcontact": "        A FF FF .F FF.FFF F .FF",
        "vulInhoudAan": "                  A FF FF .F FF.FFF F .FF",
        "koppelBetrokkene": "              A FF FF .F FF.FFF F .FF",
        "corrigeerKlantcontact": "         A FF FF .F FFF.FF F .FF",
        "registreerInterneTaak": "         A FF FF .F FFFF.F F .FF",
        "verwerkInterneTaak": "            A FF FF .F FFFF.F F .FF",
        "herrouteerInterneTaak": "         A FF FF .F FFFF.F F .FF",
        "registreerActor": "               A FF FF .F FFFFF. F .FF",
        "wijzigActor": "                   A FF FF .F FFFFF. F .FF",
    }
)
WORDS: Mapping[str, str] = MappingProxyType(
    {"UNAUTHENTICATED": "A", "STEP_UP_REQUIRED": "S", "FORBIDDEN": "F"}
)
SCALARS: Mapping[str, object] = MappingProxyType(
    {
        "ID": as_id("Partij", NOBODY),
        "String": "x",
        "Int": 1,
        "Boolean": True,
        "BSN": BENCH_BSN,
        "Identificatienummer": "x",
        "KVKNummer": "99990018",
        "RSIN": "999990469",
        "Vestigingsnummer": "999900180001",
        "URL": "https://zaken.voorbeeldstad.example/1",
        "DateTime": "2026-01-05T10:00:00Z",
        "Date": "2026-01-05",
        "UUID": NOBODY,
    }
)
assert GRAPH.mutation_type is not None
MUTATIONS: Mapping[str, GraphQLField] = GRAPH.mutation_type.fields


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with a_house(database_url, a_network()) as made:
        yield made


def example(kind: object) -> object:
    """Make a value of a type, with nothing in it that may be left out."""
    # What is drawn is looked at below, not known here.
    given = get_nullable_type(kind)  # type: ignore[call-overload]
    if isinstance(given, GraphQLList):
        return [example(given.of_type)]
    if isinstance(given, GraphQLEnumType):
        return next(iter(given.values))
    if not isinstance(given, GraphQLInputObjectType):
        assert isinstance(given, GraphQLNamedType)
        return SCALARS[given.name]
    fields = {
        name: each.type
        for name, each in given.fields.items()
        if given.is_one_of or is_required_input_field(each)
    }
    taken = dict([next(iter(fields.items()))]) if given.is_one_of else fields
    return {name: example(each) for name, each in taken.items()}


async def word(house: House, who: str, name: str) -> str:
    """What a caller is told, as a letter of the table."""
    answer = await asked(house, CALLERS[who], name)
    return WORDS.get(answer.codes.get(name, ""), ".")


async def asked(house: House, caller: Caller, name: str) -> Answer:
    arguments = {
        each: argument.type
        for each, argument in MUTATIONS[name].args.items()
        if is_required_argument(argument)
    }
    takes = ", ".join(f"${each}: {kind}" for each, kind in arguments.items())
    gives = ", ".join(f"{each}: ${each}" for each in arguments)
    query = f"mutation ({takes}) {{ {name}({gives}) {{ fouten {{ code }} }} }}"
    values = {each: example(kind) for each, kind in arguments.items()}
    return await house.ask(caller, query, **values)


def test_every_mutation_stands_in_the_table_and_tells_mistakes() -> None:
    assert set(TABLE) == set(MUTATIONS)
    told = {
        str(payload.fields["fouten"].type)
        for payload in (get_named_type(field.type) for field in MUTATIONS.values())
        if isinstance(payload, GraphQLObjectType)
    }
    assert told == {"[Fout!]!"}


@pytest.mark.parametrize("name", MUTATIONS)
async def test_a_mutation_is_for_whom_the_table_says(
    house: House, rows_now: Counted, name: str
) -> None:
    expected = dict(zip(CALLERS, TABLE[name].replace(" ", ""), strict=True))
    found = {
        who: await word(house, who, name)
        for who, letter in expected.items()
        if letter != "."
    }
    assert await rows_now() == {}
    for who in expected.keys() - found.keys():
        found[who] = await word(house, who, name)
    assert found == expected


async def test_a_refusal_takes_no_more_than_its_own_mutation(house: House) -> None:
    query = """mutation ($invoer: RegistreerActorInput!, $id: ID!) {
      eerst: registreerActor(invoer: $invoer) { actor { soortActor } }
      dan: verwerkInterneTaak(id: $id, versie: 1) { fouten { code } }
    }"""
    invoer = {"soortActor": "medewerker", "naam": "Balie"}
    caller, taak = medewerker(Recht.ACTOREN_SCHRIJVEN), as_id("InterneTaak", NOBODY)
    answer = await house.ask(caller, query, invoer=invoer, id=taak)
    assert answer.codes == {"dan": "FORBIDDEN"}
    made = {"actor": {"soortActor": "medewerker"}}
    assert answer.data == {"eerst": made, "dan": None}
