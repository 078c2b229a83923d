"""Puts rows into a test's database: the least that keeps every rule of the tables."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Table, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store import tables
from gateway.store.keyset import Limits

BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)


def day(number: int) -> datetime:
    """The moment that many days after the beginning."""
    return BEGIN + timedelta(days=number)


class Rows:
    """Inserts rows; what is not given is as plain as possible."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def insert(self, table: Table, **values: object) -> UUID:
        """Insert a row; returns its key."""
        async with self._engine.connect() as connection:
            statement = insert(table).values(values).returning(table.c.id)
            key = await connection.scalar(statement)
        assert isinstance(key, UUID)
        return key

    async def link(self, table: Table, **values: object) -> None:
        """Insert a row of a table without a key of its own."""
        async with self._engine.connect() as connection:
            await connection.execute(insert(table).values(values))

    async def persoon(self, bsn: str | None = None, **values: object) -> UUID:
        """Insert a persoon, named by a BSN or by nothing."""
        subject = "natuurlijk_persoon" if bsn else None
        key = await self.insert(
            tables.partijen, soort_partij="persoon", soort_subject=subject, **values
        )
        if bsn:
            await self.identificatie(key, "brp", "bsn", bsn)
        return key

    async def organisatie(
        self, kvk_nummer: str, naam: str | None = None, **values: object
    ) -> UUID:
        """Insert an organisatie, named by a KVK-nummer."""
        key = await self.insert(
            tables.partijen,
            soort_partij="organisatie",
            soort_subject="niet_natuurlijk_persoon",
            naam=naam,
            **values,
        )
        await self.identificatie(key, "hr", "kvk_nummer", kvk_nummer)
        return key

    async def contactpersoon(
        self, namens: UUID, soort: str = "organisatie", **values: object
    ) -> UUID:
        """Insert someone who acted for a partij of this kind."""
        return await self.insert(
            tables.partijen,
            soort_partij="contactpersoon",
            namens_partij_id=namens,
            namens_soort_partij=soort,
            formeel=True,
            vastgesteld_op=BEGIN,
            **values,
        )

    async def identificatie(
        self, partij: UUID, register: str, soort: str, waarde: str, **values: object
    ) -> UUID:
        """Insert what names a partij elsewhere."""
        natural = "natuurlijk" if soort == "bsn" else "niet_natuurlijk"
        return await self.insert(
            tables.externe_identificaties,
            partij_id=partij,
            soort_subject=f"{natural}_persoon",
            register=register,
            soort=soort,
            waarde=waarde,
            **values,
        )

    async def klantcontact(
        self,
        number: int,
        *partijen: UUID | None,
        initiator: bool = True,
        **values: object,
    ) -> UUID:
        """Insert the klantcontact of a day, with a betrokkene for each partij."""
        moment = day(number)
        key = await self.insert(
            tables.klantcontacten, plaatsgevonden_op=moment, **values
        )
        for partij in partijen:
            await self.betrokkene(key, number, partij_id=partij, initiator=initiator)
        return key

    async def betrokkene(
        self, klantcontact: UUID, number: int, **values: object
    ) -> UUID:
        """Insert one who took part in the klantcontact of a day."""
        given = {"rol": "belanghebbende", "initiator": True, **values}
        return await self.insert(
            tables.betrokkenen,
            klantcontact_id=klantcontact,
            plaatsgevonden_op=day(number),
            **given,
        )

    async def onderwerp(
        self, klantcontact: UUID, vorm: str, volgorde: int = 1, **values: object
    ) -> UUID:
        """Insert what a klantcontact was about."""
        return await self.insert(
            tables.onderwerpen,
            klantcontact_id=klantcontact,
            vorm=vorm,
            volgorde=volgorde,
            **values,
        )

    async def interne_taak(self, klantcontact: UUID, **values: object) -> UUID:
        """Insert what a klantcontact led to."""
        contacten = tables.klantcontacten.c
        moment = select(contacten.plaatsgevonden_op).where(contacten.id == klantcontact)
        given = {
            "gevraagde_handeling": "Terugbellen",
            "status": "te_verwerken",
            "toegewezen_op": BEGIN,
            "plaatsgevonden_op": moment.scalar_subquery(),
        }
        return await self.insert(
            tables.interne_taken, klantcontact_id=klantcontact, **(given | values)
        )

    async def assigned(self, taak: UUID, actor: UUID) -> None:
        """Assign an interne taak to an actor."""
        link, taken = tables.interne_taak_actoren, tables.interne_taken.c
        own = select(taken.id, literal(actor), taken.status, taken.plaatsgevonden_op)
        columns = ["interne_taak_id", "actor_id", "status", "plaatsgevonden_op"]
        async with self._engine.connect() as connection:
            chosen = own.where(taken.id == taak)
            await connection.execute(insert(link).from_select(columns, chosen))


def limits(page_size: int) -> Limits:
    """Of an installation with pages of this size."""
    return Limits(page_size, b"a secret of the tests")
