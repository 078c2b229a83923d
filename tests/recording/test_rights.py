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
        "registreerActor": "          A FF FF .F FFFFF. F .FF",
        "wijzigActor": "              A FF FF .F FFFFF. F .FF",
    }
)
WORDS: Mapping[str, str] = MappingProxyType(
    {"UNAUTHENTICATED": "A", "STEP_UP_REQUIRED": "S", "FORBIDDEN": "F"}
)
SCALARS: Mapping[str, object] = MappingProxyType(
    {
        "ID": as_id("Partij", "00000000-0000-0000-0000-000000000000"),
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
        "UUID": "00000000-0000-0000-0000-000000000000",
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
async def test_a_mutation_is_for_whom_the_table_says(house: House, name: str) -> None:
    answers = [await asked(house, each, name) for each in CALLERS.values()]
    words = [WORDS.get(each.codes.get(name, ""), ".") for each in answers]
    assert "".join(words) == TABLE[name].replace(" ", "")


@pytest.mark.parametrize("name", MUTATIONS)
async def test_who_may_not_ask_it_changes_nothing(
    house: House, rows_now: Counted, name: str
) -> None:
    refused = [
        caller
        for caller, word in zip(
            CALLERS.values(), TABLE[name].replace(" ", ""), strict=True
        )
        if word != "."
    ]
    for caller in refused:
        await asked(house, caller, name)
    assert await rows_now() == {}
