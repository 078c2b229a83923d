"""What Strawberry has that no generated operation asks: both executors, fixed queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Self

import pytest
import strawberry
from strawberry import relay
from strawberry.directive import DirectiveLocation, DirectiveValue
from strawberry.federation import Schema
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionResult

from gateway.execution.batch import BatchInfo, batch
from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from gateway.execution.loader import Loader
from tests.execution.differential.comparing import Outcome, differences
from tests.execution.differential.executors import Core

pytestmark = pytest.mark.anyio

ID = str(relay.GlobalID("Client", "7"))


@dataclass
class Context:
    execution: Execution = field(default_factory=Execution)
    loaders: list[Loader] = field(default_factory=list)


@strawberry.federation.type(keys=["key"])
class Keyed:
    key: int

    @classmethod
    def resolve_reference(cls, key: int) -> Self:
        if key == 3:
            raise ValueError("no such key")
        return cls(key=key)

    @batch(str | None, description="")
    async def shared(parents: Sequence["Keyed"]) -> list[str]:
        return [f"{parent.key} of {len(parents)}" for parent in parents]


@strawberry.type
class Client(relay.Node):
    code: relay.NodeID[str]
    name: str

    @classmethod
    def resolve_nodes(
        cls,
        *,
        info: strawberry.Info,  # noqa: ARG003 - as Strawberry calls it
        node_ids: Iterable[str],
        required: bool = False,  # noqa: ARG003
    ) -> list["Client"]:
        return [cls(code=code, name=f"n{code}") for code in node_ids]

    @batch(str | None, description="")
    async def greeting(parents: Sequence["Client"]) -> list[str]:
        return [f"hello {parent.name}" for parent in parents]


@dataclass
class Source:
    """What two types are cast from."""

    number: int


@strawberry.type
class One:
    number: int


@strawberry.type
class Two:
    number: int


@strawberry.type
class Query:
    node: relay.Node | None = relay.node()
    nodes: list[relay.Node] = relay.node()

    @relay.connection(relay.ListConnection[Client])
    def clients(self) -> Iterable[Client]:
        return [Client(code=str(nr), name=f"n{nr}") for nr in range(5)]

    @strawberry.field(
        graphql_type=list[Annotated[One | Two, strawberry.union("OneOrTwo")]]
    )
    def cast(self) -> object:
        made = strawberry.cast(One, Source(1)), strawberry.cast(Two, Source(2))
        return [*made, One(number=3)]

    @strawberry.field
    def keyed(self) -> Keyed:
        return Keyed(key=1)

    @batch(Client | None, description="")
    async def by_id(
        parents: Sequence[None], info: BatchInfo[Context], client: relay.GlobalID
    ) -> list[Client]:
        name = type(info.context).__name__
        return [Client(code=client.node_id, name=name)] * len(parents)


@strawberry.directive(locations=[DirectiveLocation.FIELD])
def loud(value: DirectiveValue[str]) -> str:
    return value.upper()


def looked_up(of: object, name: str) -> object:
    """Resolve as Strawberry does, but not by the very function that it takes."""
    return getattr(of, name)


SCHEMA = Schema(
    Query,
    types=[Client, Keyed, One, Two],
    config=StrawberryConfig(default_resolver=looked_up),
)


@strawberry.type
class Plain:
    text: str = "words"


DIRECTED = strawberry.Schema(Plain, directives=[loud])


async def outcome(
    schema: strawberry.Schema, query: str, executor: type[Core], execution: Execution
) -> Outcome:
    schema.execution_context_class = executor
    variables = {"id": ID} if "$id" in query else {}
    result = await schema.execute(
        query,
        variable_values=variables,
        context_value=Context(execution),
        root_value=Plain(),
    )
    assert isinstance(result, ExecutionResult)
    return Outcome(result.data, result.errors or ())


REPRESENTATIONS = """
  [{__typename: "Keyed", key: %d}, {__typename: "Keyed", key: 2}]
"""
QUERIES = {
    "connection": """{ clients(first: 2) {
      edges { cursor node { id name greeting } }
      pageInfo { hasNextPage endCursor }
    } }""",
    "wrong cursor": '{ clients(first: 2, after: "x") { edges { cursor } } }',
    "node": f'{{ node(id: "{ID}") {{ __typename id ... on Client {{ greeting }} }} }}',
    "nodes": f'{{ nodes(ids: ["{ID}", "{ID}"]) {{ ... on Client {{ greeting }} }} }}',
    "wrong id": '{ node(id: "x") { id } byId(client: "x") { id } }',
    "global id": "query ($id: ID!) { byId(client: $id) { id name } }",
    "cast": "{ cast { __typename ... on One { number } ... on Two { n: number } } }",
    "attribute": "{ keyed { key shared } }",
    "entities": f"""{{ _entities(representations: {REPRESENTATIONS % 1}) {{
      ... on Keyed {{ key shared }}
    }} }}""",
    "an entity that fails": f"""{{ _entities(representations: {REPRESENTATIONS % 3}) {{
      ... on Keyed {{ key shared }}
    }} }}""",
    "service": "{ _service { sdl } }",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
async def test_both_executors_give_the_same_answer(query: str) -> None:
    execution = Execution()
    core = await outcome(SCHEMA, query, Core, execution)
    other = await outcome(SCHEMA, query, BreadthFirst, execution)
    assert differences(core, other) == []
    assert execution.fallbacks == {}


async def test_a_directive_of_an_operation_is_left_to_graphql_core() -> None:
    execution = Execution()
    core = await outcome(DIRECTED, "{ text @loud }", Core, execution)
    other = await outcome(DIRECTED, "{ text @loud }", BreadthFirst, execution)
    assert differences(core, other) == []
    assert (core.data, execution.fallbacks) == (
        {"text": "WORDS"},
        {"resolve extension": 1},
    )
