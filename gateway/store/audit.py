"""The audit trail: rows are added, in one statement, and read; nothing else.

The write is a statement like the reads, so that it has their deadline, and like them is
tried anew on a connection that turns out to be lost: the keys of its rows follow from
one that is made here, so that what was written twice is there once.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import product
from uuid import uuid4

import msgspec
from sqlalchemy import (
    ARRAY,
    Boolean,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from gateway.deadline import Deadline
from gateway.store.compiled import compiled
from gateway.store.database import outages_reported
from gateway.store.statements import Statements
from gateway.store.tables import inzagen, mutaties


class Inzage(msgspec.Struct, frozen=True, kw_only=True):
    """What one operation showed, all but of whom.

    Attributes:
        wie: a medewerker's or systeem's own name; of a klant a pseudonym.
        uitgever: whose name for them that is: of the token; None of a klant.
        namens: a pseudonym: for whom a vertegenwoordiger acts.
        wat: the operation's root fields.
        operatie: what the document calls itself.
        verwerking: the name of the processing activity, which is why.
    """

    moment: datetime
    trace_id: str
    soort_aanvrager: str
    wie: str
    uitgever: str | None
    namens: str | None
    client: str | None
    wat: Sequence[str]
    operatie: str | None
    verwerking: str
    verwerking_uri: str
    identiteit_middel: str | None = None
    identiteit_niveau: str | None = None
    identiteit_grond: str | None = None


class Audit:
    """Writes and reads the trail; one of these per process."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements

    async def write(
        self,
        inzage: Inzage,
        shown: Sequence[tuple[str | None, str | None]],
        deadline: Deadline,
    ) -> None:
        """Add a row for each person; it is there when this returns.

        Args:
            inzage: what they have in common.
            shown: pseudonym and kind of each, both None for somebody whom nothing
                names.
            deadline: until when that may take.

        Raises:
            RegisterUnavailable: the database does not answer.
            DeadlineExceeded: it did not in time; the rows may be there all the same.
        """
        values = {
            **msgspec.structs.asdict(inzage),
            "write": uuid4().hex,
            "betrokkenen": [betrokkene for betrokkene, _ in shown],
            "soorten": [soort for _, soort in shown],
        }
        with outages_reported():
            await self._statements.rows(_WRITE, values, deadline)

    async def of(
        self, betrokkenen: Sequence[str], since: datetime | None, deadline: Deadline
    ) -> list[Inzage]:
        """Read what was shown of somebody, oldest first.

        Args:
            betrokkenen: their pseudonyms.
            since: leave out what was before.
            deadline: until when that may take.

        Raises:
            RegisterUnavailable: the database does not answer.
            DeadlineExceeded: it did not in time.
        """
        values = {"betrokkenen": list(betrokkenen), "since": since}
        statement = _OF if since is None else _OF_SINCE
        with outages_reported():
            rows = await self._statements.rows(statement, values, deadline)
        fields = Inzage.__struct_fields__
        return [
            msgspec.convert(dict(zip(fields, each, strict=True)), Inzage)
            for each in rows
        ]

    async def rights(self, deadline: Deadline) -> dict[str, frozenset[str]]:
        """Say which rights on each trail the role has that asks.

        Returns:
            Rights, such as `SELECT`, by the name of the table.

        Raises:
            RegisterUnavailable: the database does not answer.
            DeadlineExceeded: it did not in time.
        """
        with outages_reported():
            (row,) = await self._statements.rows(_RIGHTS, {}, deadline)
        has = dict(zip(product(_TRAILS, _PRIVILEGES), row, strict=True))
        return {
            trail: frozenset(right for right in _PRIVILEGES if has[trail, right])
            for trail in _TRAILS
        }


APPENDING = frozenset({"SELECT", "INSERT"})
"""The rights that the runtime role must have on a trail: these, and no others."""

_TRAILS = (inzagen.name, mutaties.name)

_PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
_RIGHTS = compiled(
    select(
        *(
            func.has_table_privilege(trail, right, type_=Boolean)
            for trail, right in product(_TRAILS, _PRIVILEGES)
        )
    )
)
_SHOWN = (
    select(*(inzagen.c[name] for name in Inzage.__struct_fields__))
    .where(inzagen.c.betrokkene == any_(bindparam("betrokkenen", type_=ARRAY(Text))))
    .order_by(inzagen.c.moment, inzagen.c.id)
)
_OF = compiled(_SHOWN)
_OF_SINCE = compiled(
    _SHOWN.where(inzagen.c.moment >= bindparam("since", type_=inzagen.c.moment.type))
)
_COMMON = [
    bindparam(name, type_=inzagen.c[name].type) for name in Inzage.__struct_fields__
]
_EACH = (
    func.unnest(
        bindparam("betrokkenen", type_=ARRAY(Text)),
        bindparam("soorten", type_=ARRAY(Text)),
    )
    .table_valued(
        "betrokkene", "soort_betrokkene", with_ordinality="number", name="person"
    )
    .render_derived()
)
_KEY = cast(func.md5(bindparam("write", type_=Text) + cast(_EACH.c.number, Text)), Uuid)
_WRITTEN = (
    insert(inzagen)
    .from_select(
        ["id", "betrokkene", "soort_betrokkene", *Inzage.__struct_fields__],
        select(_KEY, _EACH.c.betrokkene, _EACH.c.soort_betrokkene, *_COMMON),
    )
    .on_conflict_do_nothing()
    .returning(literal(1))
    .cte("written")
)
# A statement that gives rows, though only one.
_WRITE = compiled(select(func.count()).select_from(_WRITTEN))
