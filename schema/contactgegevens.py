"""What to use to follow up a klantcontact, of each betrokkene."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import strawberry

from gateway.errors import Denied
from gateway.execution.batch import BatchField, batch
from gateway.store import adressen, contactgegevens, contactnaam as namen
from gateway.store.contactgegevens import Herkomst, Opgave, RedenNietGebruiken
from schema.adres import Adres
from schema.betrokkene import Betrokkene
from schema.contactnaam import Contactnaam
from schema.digitaal_adres import DigitaalAdres
from schema.verwijzing import Info

T = TypeVar("T")
V = TypeVar("V")
Parents = Sequence[contactgegevens.Contactgegevens]


def herkomst_field(kind: Callable[[Opgave], object], what: str) -> BatchField:
    """Make the field that says who gave what is used of a kind of data."""

    @batch(Herkomst | None, description=f"Wie {what} opgaf; leeg als niemand dat deed.")
    async def herkomst(parents: Parents, info: Info) -> list[Herkomst | Denied | None]:
        found = await _used(parents, info, kind)
        return [each if isinstance(each, Denied) else each[1] for each in found]

    return herkomst


@strawberry.type(
    description="Waarmee een klantcontact is op te volgen: wat de betrokkene ervoor"
    " opgaf, en anders wat van de partij is vastgelegd als wie die gekend is. Per soort"
    " gegeven (naam, bezoekadres, correspondentieadres, digitale adressen) van een van"
    " beide. Wat van de partij komt is alleen te zien voor wie haar gegevens mag zien."
    " Waar de wet het adres in de BRP voorschrijft, geldt dat."
)
class Contactgegevens:
    """A view of `gateway.store.contactgegevens.Contactgegevens`."""

    betrokkene: Betrokkene = strawberry.field(description="Van wie ze zijn.")

    @batch(Contactnaam | None, description="Met welke naam iemand is aan te spreken.")
    async def contactnaam(
        parents: Parents, info: Info
    ) -> list[namen.Contactnaam | Denied | None]:
        found = await _used(parents, info, lambda gave: gave.naam)
        return _each(found, lambda naam: naam.contactnaam)

    @batch(
        str | None,
        description="De organisatie, of die waarmee iemand een relatie heeft.",
    )
    async def organisatienaam(
        parents: Parents, info: Info
    ) -> list[str | Denied | None]:
        found = await _used(parents, info, lambda gave: gave.naam)
        return _each(found, lambda naam: naam.organisatienaam)

    herkomst_naam = herkomst_field(
        lambda gave: gave.naam, "`contactnaam` en `organisatienaam`"
    )

    @batch(Adres | None, description="Waar iemand te bezoeken is.")
    async def bezoekadres(
        parents: Parents, info: Info
    ) -> list[adressen.Adres | Denied | None]:
        found = await _used(parents, info, lambda gave: gave.bezoekadres)
        return _each(found, lambda adres: adres)

    herkomst_bezoekadres = herkomst_field(
        lambda gave: gave.bezoekadres, "het bezoekadres"
    )

    @batch(Adres | None, description="Waar post heen kan.")
    async def correspondentieadres(
        parents: Parents, info: Info
    ) -> list[adressen.Adres | Denied | None]:
        found = await _used(parents, info, lambda gave: gave.correspondentieadres)
        return _each(found, lambda adres: adres)

    herkomst_correspondentieadres = herkomst_field(
        lambda gave: gave.correspondentieadres, "het correspondentieadres"
    )

    @batch(
        list[DigitaalAdres] | None,
        description="E-mailadressen, telefoonnummers en andere digitale adressen.",
    )
    async def digitale_adressen(
        parents: Parents, info: Info
    ) -> list[list[adressen.DigitaalAdres] | Denied]:
        found = await _used(parents, info, lambda gave: gave.digitaal)
        given = _each(found, lambda digitaal: digitaal.adressen)
        return [each or [] if not isinstance(each, Denied) else each for each in given]

    @batch(
        DigitaalAdres | None,
        description="Welk van de digitale adressen de partij boven andere verkiest; leeg"
        " als ze van de betrokkene zijn.",
    )
    async def voorkeurs_digitaal_adres(
        parents: Parents, info: Info
    ) -> list[adressen.DigitaalAdres | Denied | None]:
        found = await _used(parents, info, lambda gave: gave.digitaal)
        return _each(found, lambda digitaal: digitaal.voorkeur)

    herkomst_digitale_adressen = herkomst_field(
        lambda gave: gave.digitaal, "de digitale adressen"
    )

    @batch(
        list[RedenNietGebruiken] | None,
        description="Waarom wat van de partij komt niet is te gebruiken; geldt niet voor"
        " wat de betrokkene opgaf.",
    )
    async def redenen_niet_gebruiken(
        parents: Parents, info: Info
    ) -> list[list[RedenNietGebruiken] | Denied]:
        refused = await info.context.sight.undisclosed_of(parents)
        return [
            each.redenen_niet_gebruiken if why is None else why
            for each, why in zip(parents, refused, strict=True)
        ]


async def _used(
    parents: Parents, info: Info, kind: Callable[[Opgave], T | None]
) -> list[tuple[T | None, Herkomst | None] | Denied]:
    """Find what is used of a kind of data, and who gave it.

    Where that depends on a partij whose data may not be seen, say why: that they would
    be used, or that there are none, is not told either.
    """
    depends = [each.needs_partij(kind) for each in parents]
    asked = [each for each, on in zip(parents, depends, strict=True) if on]
    refused = iter(await info.context.sight.undisclosed_of(asked))
    return [
        (next(refused) if on else None) or each.used(kind)
        for each, on in zip(parents, depends, strict=True)
    ]


def _each(
    found: Sequence[tuple[T | None, object] | Denied], part: Callable[[T], V | None]
) -> list[V | Denied | None]:
    """Take a part of each value; leave refusals as they are."""
    return [
        each
        if isinstance(each, Denied)
        else (None if each[0] is None else part(each[0]))
        for each in found
    ]
