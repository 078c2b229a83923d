"""What a schema must not have, told when it is made."""

from collections.abc import Awaitable, Sequence
from functools import wraps

import pytest
import strawberry
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
)
from strawberry.extensions import FieldExtension
from strawberry.permission import BasePermission

from gateway.execution.batch import BatchField, batch
from gateway.execution.fitness import Unfit, check_fit, per_object_resolvers


class Allowed(BasePermission):
    """Lets everybody."""

    def has_permission(self, *_of: object, **_arguments: object) -> bool:
        return True


class Watching(FieldExtension):
    """Does nothing."""


def named() -> BatchField:
    @batch(str, description="")
    async def name(parents: Sequence[object]) -> list[str]:
        return ["name"] * len(parents)

    return name


def queried(*fields: tuple[str, object]) -> GraphQLSchema:
    kind = type("Query", (), {"__annotations__": {}, **dict(fields)})
    return strawberry.Schema(strawberry.type(kind))._schema  # noqa: SLF001 - not public


def test_a_plain_batch_field_is_fit() -> None:
    check_fit(queried(("name", named())))


def test_a_permission_on_a_batch_field_is_refused() -> None:
    one = named()
    one.permission_classes = [Allowed]
    with pytest.raises(Unfit) as told:
        check_fit(queried(("name", one)))
    assert str(told.value) == "Query.name: a batch field cannot have permission classes"


def test_all_that_is_amiss_is_told_at_once() -> None:
    one, other = named(), named()
    one.extensions, other.extensions = [Watching()], [Watching()]
    with pytest.raises(Unfit) as told:
        check_fit(queried(("one", one), ("fine", named()), ("other", other)))
    assert str(told.value) == (
        "Query.one: a batch field cannot have extensions;"
        " Query.other: a batch field cannot have extensions"
    )


def test_an_ordinary_field_may_have_both() -> None:
    def name() -> str:
        return "name"

    one = strawberry.field(name, permission_classes=[Allowed], extensions=[Watching()])
    check_fit(queried(("name", one)))


FIELDS = {"name": GraphQLField(GraphQLString)}


async def awaited(*_of: object) -> bool:
    return True


async def awaited_name(*_of: object) -> str:
    return "Plain"


def at_once(*_of: object) -> bool:
    return True


@wraps(awaited)
def wrapped(*of: object) -> Awaitable[bool]:
    return awaited(*of)


def test_what_an_object_is_may_not_be_awaited() -> None:
    plain = GraphQLObjectType("Plain", FIELDS, is_type_of=awaited)
    other = GraphQLObjectType("Other", FIELDS, is_type_of=wrapped)
    fields = {"plain": GraphQLField(plain), "other": GraphQLField(other)}
    with pytest.raises(Unfit) as told:
        check_fit(GraphQLSchema(GraphQLObjectType("Query", fields)))
    assert str(told.value) == (
        "Plain: what type an object is, cannot be awaited;"
        " Other: what type an object is, cannot be awaited"
    )


def test_nor_may_what_stands_for_an_interface_or_a_union() -> None:
    plain = GraphQLObjectType("Plain", FIELDS, is_type_of=at_once)
    some = GraphQLInterfaceType("Some", FIELDS, resolve_type=awaited_name)
    union = GraphQLUnionType("Either", [plain], resolve_type=awaited_name)
    fields = {"some": GraphQLField(some), "either": GraphQLField(union)}
    with pytest.raises(Unfit) as told:
        check_fit(GraphQLSchema(GraphQLObjectType("Query", fields)))
    assert str(told.value) == (
        "Some: what type an object is, cannot be awaited;"
        " Either: what type an object is, cannot be awaited"
    )


@strawberry.type
class Thing:
    plain: str

    @strawberry.field
    def computed(self) -> str:
        return self.plain

    @strawberry.field
    async def awaited(self) -> str:
        return self.plain

    batched = named()


@strawberry.type
class Query:
    @strawberry.field
    def thing(self) -> Thing:
        return Thing(plain="plain")


def test_what_costs_much_for_each_object_is_named_but_of_root_types() -> None:
    schema = strawberry.Schema(Query)._schema  # noqa: SLF001 - not public
    assert per_object_resolvers(schema) == ["Thing.awaited", "Thing.computed"]
