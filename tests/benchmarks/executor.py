"""What execution costs with records at hand: breadth-first, graphql-core, by hand.

    python -m tests.benchmarks.executor

One schema and one municipality; the store and the registers answer from memory. All
three give the same answer, which is asserted before and after. Neither executor parses
or validates: both find the document in the gateway's own cache of documents, which
does what Strawberry's ParserCache and ValidationCache do. *Pipeline* is the whole of
`schema.execute`, with the gateway's own checks; *alone* is the run of an executor that
was built before. By hand there is no difference between these.

They take turns, in one run; of each the least of all rounds, in ms of CPU of this
process. The garbage collector rests while a round is timed, for all of them alike.
"""

import asyncio
import gc
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol, cast
from uuid import UUID

import orjson
from graphql import GraphQLError, parse
from strawberry.execution import optimized_is_awaitable

from gateway.context import RequestContext
from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from gateway.identity.caller import Caller
from gateway.store.embedded import EmbeddedPostgres
from gateway.store.klantcontacten import Klantcontact
from schema import schema
from schema.node import encode_id
from tests.benchmarks.batches import Called, all_again, noted
from tests.benchmarks.by_hand import ByHand, flat
from tests.benchmarks.measuring import a_folder
from tests.benchmarks.page import fill
from tests.benchmarks.replayed import Municipality, municipality
from tests.benchmarks.standins import Running, running
from tests.identity.callers import klant, medewerker
from tests.municipality import MIJN_KLANTBEELD

SHARED = "the batch functions alone, which both executors call"
ROUNDS = 25
PAGED, LISTED = "klantcontacten.find_by_partijen", "klantcontacten.find"
FLAT = """
query Lijst($first: Int!) {
  klantcontacten(first: $first) {
    nodes {
      __typename
      id
      nummer
      kanaal
      plaatsgevondenOp
      beeindigdOp
      taal
      vertrouwelijk
      indicatieContactGelukt
      duur
    }
  }
}
"""
_SELECTION = MIJN_KLANTBEELD[
    MIJN_KLANTBEELD.index("nodes {") + len("nodes {") : MIJN_KLANTBEELD.rindex(
        "interneTaken"
    )
]
ONE = f"""
query Een($id: ID!) {{
  klantcontact(id: $id) {{
    {_SELECTION}
    interneTaken {{ nummer status }}
    beeindigdOp
    taal
    richting
    identiteitsvaststelling {{ middel niveau grond vastgesteldOp }}
    vorige {{ nummer }}
    vervolg {{ nummer }}
  }}
}}
"""


class Result(Protocol):
    """What graphql-core, Strawberry and the functions by hand give."""

    @property
    def data(self) -> object:
        """Of the response."""

    @property
    def errors(self) -> Sequence[object] | None:
        """Told with it."""


Start = Callable[[], Awaitable[object]]


@dataclass
class Case:
    """A question, of whom, and how it is answered without a graph.

    Attributes:
        repeated: how often in each round.
    """

    name: str
    query: str
    variables: dict[str, object]
    caller: Caller
    municipality: Municipality
    by_hand: Callable[[RequestContext], Awaitable[Result]]
    repeated: int


class Contender(NamedTuple):
    """A way to answer.

    Attributes:
        execution: what its process remembers.
        prepare: makes ready what is not measured.
    """

    name: str
    execution: Execution
    prepare: Callable[[RequestContext], Start]


def contenders(case: Case) -> Iterator[Contender]:
    """Give the ways to answer this case."""
    document = parse(case.query)

    def pipeline(context: RequestContext) -> Start:
        return lambda: schema.execute(
            case.query, variable_values=case.variables, context_value=context
        )

    def alone(context: RequestContext) -> Start:
        executor = BreadthFirst.build(
            schema._schema,  # noqa: SLF001 - as Strawberry does
            document,
            context_value=context,
            raw_variable_values=case.variables,
            is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type] # as there
        )
        if isinstance(executor, list):
            raise TypeError(executor)
        return lambda: cast("Awaitable[Result]", executor.execute_operation())

    for way, prepare in (("pipeline", pipeline), ("alone", alone)):
        yield Contender(f"core, {way}", Execution(breadth_first=False), prepare)
        yield Contender(f"breadth-first, {way}", Execution(), prepare)
    yield Contender(
        "by hand", Execution(), lambda context: partial(case.by_hand, context)
    )


class Told(NamedTuple):
    """An answer, to compare: the text of its data; message and path of its errors."""

    data: bytes
    errors: list[str]


async def told(case: Case, contender: Contender) -> Told:
    context = case.municipality.context(case.caller, contender.execution)
    result = cast("Result", await contender.prepare(context)())
    return told_of(result)


def told_of(result: Result) -> Told:
    """Say what was answered, to compare it."""
    errors = [
        f"{each.original_error or each.message} {each.path}"
        if isinstance(each, GraphQLError)
        else str(each)
        for each in result.errors or ()
    ]
    return Told(orjson.dumps(result.data), sorted(errors))


async def compare(case: Case, ways: Sequence[Contender]) -> None:
    """See that all give the same; and learn what each asks.

    Raises:
        AssertionError: they do not.
    """
    case.municipality.answers.checking = True
    answers = [await told(case, each) for each in (*ways, *ways)]
    for way, answer in zip((*ways, *ways), answers, strict=True):
        if answer != answers[0]:
            where = f"{case.name}, {way.name}"
            raise AssertionError(f"{where}: {first_difference(answer, answers[0])}")
    if answers[0].data == b"null" or b'nodes":[]' in answers[0].data:
        raise AssertionError(f"{case.name}: there is nothing in it")
    fallbacks = [way.execution.fallbacks for way in ways if way.execution.breadth_first]
    if any(fallbacks):
        raise AssertionError(f"{case.name}: not breadth-first: {fallbacks}")
    case.municipality.answers.checking = False


def first_difference(one: Told, other: Told) -> str:
    """Say where two answers begin to differ."""
    for mine, its in ((one.data, other.data), (one.errors, other.errors)):
        for at, (each, expected) in enumerate(zip(mine, its, strict=False)):
            if each != expected:
                around = slice(max(0, at - 100), at + 100)
                return f"{mine[around]!r}, not {its[around]!r}"
    return "one of them is longer"


async def timed(case: Case, contender: Contender) -> float:
    """Give the seconds of CPU that one answer takes."""
    starts = [
        contender.prepare(case.municipality.context(case.caller, contender.execution))
        for _ in range(case.repeated)
    ]
    gc.collect()
    begin = time.process_time()
    for start in starts:
        await start()
    return (time.process_time() - begin) / case.repeated


async def shared(case: Case) -> Sequence[Called]:
    """Give the calls of batch functions that an answer makes."""
    context = case.municipality.context(case.caller, Execution())
    with noted() as calls:
        await schema.execute(
            case.query, variable_values=case.variables, context_value=context
        )
    return calls


async def measured(case: Case) -> dict[str, float]:
    """Give the least milliseconds of each contender, and of what executors share."""
    ways = [*contenders(case)]
    await compare(case, ways)
    calls = await shared(case)
    ways.append(Contender(SHARED, Execution(), lambda _: partial(all_again, calls)))
    least = dict.fromkeys((way.name for way in ways), float("inf"))
    gc.freeze()
    gc.disable()
    for _ in range(ROUNDS):
        for way in ways:
            least[way.name] = min(least[way.name], await timed(case, way))
    gc.enable()
    gc.unfreeze()
    await compare(case, ways[:-1])
    return {name: seconds * 1000 for name, seconds in least.items()}


async def recorded(
    whole: Municipality, query: str, variables: dict[str, object], caller: Caller
) -> Told:
    """Ask once for real, so that the answers are known; gives what was told."""
    context = whole.recording(caller, Execution())
    result = await schema.execute(
        query, variable_values=variables, context_value=context
    )
    if result.data is None:
        raise RuntimeError(result.errors)
    return told_of(result)


def key_of_one(whole: Municipality) -> UUID:
    """Choose a klantcontact of which much is known."""
    known = whole.answers.known

    def much(record: Klantcontact) -> int:
        return sum(
            str(known[f"delen.{each}_by_klantcontact"][record.id]).count("id=")
            for each in ("onderwerpen", "inhoud")
        )

    return max(whole.page(PAGED).nodes, key=much).id


async def cases(whole: Municipality) -> list[Case]:
    """Record what is asked, and make the cases."""
    page: dict[str, object] = {"first": 50}
    await recorded(whole, MIJN_KLANTBEELD, page, klant())
    key = key_of_one(whole)
    one: dict[str, object] = {"id": encode_id("Klantcontact", key)}
    await recorded(whole, ONE, one, klant())
    await recorded(whole, FLAT, {"first": 100}, medewerker())
    return [
        Case(
            "page of 50",
            MIJN_KLANTBEELD,
            page,
            klant(),
            whole,
            lambda context: ByHand(context).page(50),
            3,
        ),
        Case(
            "500 flat",
            FLAT,
            {"first": 500},
            medewerker(),
            whole.of_size(500, LISTED),
            lambda context: flat(context, 500),
            5,
        ),
        Case(
            "one, everything",
            ONE,
            one,
            klant(),
            whole,
            lambda context: ByHand(context).one(key),
            20,
        ),
    ]


def table(shown: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Give the lines of a table of cases."""
    yield f"| ms of CPU, least of {ROUNDS} rounds | {' | '.join(shown)} |"
    yield f"|---|{'---|' * len(shown)}"
    for name in next(iter(shown.values())):
        cells = [f"{each[name]:.3f}" for each in shown.values()]
        yield f"| {name} | {' | '.join(cells)} |"
    for way in ("pipeline", "alone"):
        ours, core = f"breadth-first, {way}", f"core, {way}"
        for what, times in (
            ("**times less than core**", [e[core] / e[ours] for e in shown.values()]),
            ("**times by hand**", [e[ours] / e["by hand"] for e in shown.values()]),
        ):
            told = [f"**{each:.1f}**" for each in times]
            yield f"| {what}, {way} | {' | '.join(told)} |"
    ours, core = "breadth-first, alone", "core, alone"
    own = [(e[core] - e[SHARED]) / (e[ours] - e[SHARED]) for e in shown.values()]
    told = [f"{each:.1f}" for each in own]
    yield f"| the same, without what executors share | {' | '.join(told)} |"


async def main(postgres: EmbeddedPostgres, standins: Running) -> None:
    url = await fill(postgres, standins.addresses)
    async with municipality(url, standins) as whole:
        shown = {each.name: await measured(each) for each in await cases(whole)}
    sys.stdout.write("\n".join(table(shown)) + "\n")


if __name__ == "__main__":
    with (
        a_folder() as folder,
        EmbeddedPostgres(folder / "page", durable=False) as server,
        running() as them,
    ):
        asyncio.run(main(server, them))
