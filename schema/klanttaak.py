"""Klanttaken: objects that ask something of a klant."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
import strawberry

from gateway.errors import GatewayError, UnknownRegister
from gateway.execution.batch import batch
from gateway.registers import klanttaak, objecten, zaken
from schema.object import OverigObject, fetch_referred_objecten
from schema.verwijzing import Info, Verwijzing
from schema.zaak import LazyZaak, fetch_zaken


class KlanttaakObject(msgspec.Struct, frozen=True):
    """An object, and the klanttaak that its data hold."""

    object: objecten.Object
    taak: klanttaak.Klanttaak


@strawberry.type(description="Een formulier dat de klant moet invullen.")
class KlanttaakFormulier:
    """A view of `gateway.registers.klanttaak.KlanttaakFormulier`."""

    soort: str = strawberry.field(
        description="`id` (een naam binnen het portaal) of `url`."
    )
    value: str = strawberry.field(description="De naam of het webadres.")


@strawberry.type(description="Een betaling die de klant moet doen.")
class Ogonebetaling:
    """A view of `gateway.registers.klanttaak.Ogonebetaling`."""

    betaalkenmerk: str = strawberry.field(description="Het kenmerk van de betaling.")

    @batch(float, description="Het bedrag, in euro's.")
    def bedrag(parents: Sequence[klanttaak.Ogonebetaling]) -> list[float]:
        return [float(parent.bedrag) for parent in parents]


@strawberry.type(
    description="Iets wat een inwoner of bedrijf zelf moet doen. Er is geen landelijk"
    " contract; herkend worden beide vormen die in gebruik zijn."
)
class Klanttaak:
    """A view of `KlanttaakObject`."""

    @batch(str, description="Wat er gedaan moet worden, in een regel.")
    def titel(parents: Sequence[KlanttaakObject]) -> list[str]:
        return [parent.taak.titel for parent in parents]

    @batch(klanttaak.KlanttaakStatus, description="Hoe ver de taak is.")
    def status(parents: Sequence[KlanttaakObject]) -> list[str]:
        return [parent.taak.status for parent in parents]

    @batch(klanttaak.KlanttaakSoort, description="Wat de klant moet doen.")
    def soort(parents: Sequence[KlanttaakObject]) -> list[str]:
        return [parent.taak.soort for parent in parents]

    @batch(datetime | None, description="Voor wanneer het gedaan moet zijn.")
    def verloopdatum(parents: Sequence[KlanttaakObject]) -> list[datetime | None]:
        return [parent.taak.verloopdatum for parent in parents]

    @batch(str | None, description="Wie de taak heeft gemaakt.")
    def eigenaar(parents: Sequence[KlanttaakObject]) -> list[str | None]:
        return [parent.taak.eigenaar for parent in parents]

    @batch(str | None, description="Het webadres dat de klant moet volgen.")
    def url(parents: Sequence[KlanttaakObject]) -> list[str | None]:
        return [parent.taak.url for parent in parents]

    @batch(
        KlanttaakFormulier | None,
        description="Het formulier dat de klant moet invullen.",
    )
    def formulier(
        parents: Sequence[KlanttaakObject],
    ) -> list[klanttaak.KlanttaakFormulier | None]:
        return [parent.taak.formulier for parent in parents]

    @batch(Ogonebetaling | None, description="De betaling die de klant moet doen.")
    def ogonebetaling(
        parents: Sequence[KlanttaakObject],
    ) -> list[klanttaak.Ogonebetaling | None]:
        return [parent.taak.ogonebetaling for parent in parents]

    @batch(
        LazyZaak | None,
        description="De zaak waar de taak bij hoort; leeg als het geen zaak is.",
    )
    async def zaak(
        parents: Sequence[KlanttaakObject], info: Info
    ) -> list[zaken.Zaak | GatewayError | None]:
        urls = [_zaak_url(parent.taak.koppeling, info) for parent in parents]
        asked = [None if isinstance(url, GatewayError) else url for url in urls]
        found = await fetch_zaken(asked, info)
        return [
            url if isinstance(url, GatewayError) else zaak
            for url, zaak in zip(urls, found, strict=True)
        ]

    @batch(
        OverigObject,
        name="object",
        description="Het object waarin de taak is vastgelegd, met alle gegevens.",
    )
    def as_object(parents: Sequence[KlanttaakObject]) -> list[objecten.Object]:
        return [parent.object for parent in parents]


def _zaak_url(
    koppeling: klanttaak.KlanttaakKoppeling | None, info: Info
) -> str | GatewayError | None:
    if koppeling is None or koppeling.registratie != "zaak":
        return None
    if koppeling.url is not None:
        return koppeling.url
    registers = info.context.registers.directory.of_kind("zaken")
    if len(registers) != 1 or koppeling.uuid is None:
        return UnknownRegister(
            "the klanttaak does not say in which register its zaak is"
        )
    return f"{registers[0].base_url}/zaken/{koppeling.uuid}"


async def fetch_referred_klanttaken(
    parents: Sequence[Verwijzing], info: Info
) -> list[KlanttaakObject | GatewayError]:
    """Read the objects that these refer to, as klanttaken."""
    found = await fetch_referred_objecten(parents, info)
    return info.context.sight.let_pass(
        each if isinstance(each, GatewayError) else _parsed(each, info)
        for each in info.context.elsewhere.as_onderwerp(found)
    )


def _parsed(found: objecten.Object, info: Info) -> KlanttaakObject | GatewayError:
    register = info.context.registers.bron(found.url) or "objecten"
    taak = objecten.parse_klanttaak(found, register=register)
    if isinstance(taak, GatewayError):
        return taak
    return KlanttaakObject(found, taak)
