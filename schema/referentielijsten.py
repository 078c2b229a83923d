"""Reference lists: what forms and filters let people choose from."""

from collections.abc import Sequence

import strawberry

from gateway.execution.batch import batch
from gateway.referentielijsten import lijsten


@strawberry.type(description="Een waarde van een referentielijst.")
class Referentiewaarde:
    """A view of `gateway.referentielijsten.lijsten.Referentiewaarde`."""

    code: str = strawberry.field(description="Wat wordt vastgelegd.")
    naam: str = strawberry.field(description="Hoe mensen het noemen.")


@strawberry.type(
    description="Waaruit te kiezen is, op de volgorde waarin het te tonen is. In wat"
    " eerder is vastgelegd of overgenomen kunnen andere codes staan."
)
class Referentielijsten:
    """A view of `gateway.referentielijsten.lijsten.Referentielijsten`."""

    @batch(
        list[Referentiewaarde],
        description="De kanalen van deze gemeente; een klantcontact heeft er een van."
        " Leeg als elk kanaal goed is.",
    )
    def kanalen(
        parents: Sequence[lijsten.Referentielijsten],
    ) -> list[tuple[lijsten.Referentiewaarde, ...]]:
        return [parent.kanalen.waarden for parent in parents]

    @batch(
        list[Referentiewaarde],
        description="Talen om uit te kiezen (ISO 639-2, terminologische variant). Elke"
        " andere taal uit ISO 639-2 mag ook.",
    )
    def talen(
        parents: Sequence[lijsten.Referentielijsten],
    ) -> list[tuple[lijsten.Referentiewaarde, ...]]:
        return [parent.talen.waarden for parent in parents]

    @batch(
        list[Referentiewaarde],
        description="Landen om uit te kiezen (ISO 3166-1, twee letters).",
    )
    def landen(
        parents: Sequence[lijsten.Referentielijsten],
    ) -> list[tuple[lijsten.Referentiewaarde, ...]]:
        return [parent.landen.waarden for parent in parents]

    @batch(
        list[Referentiewaarde],
        description="De soorten digitaal adres; de code is de waarde van"
        " `SoortDigitaalAdres`.",
    )
    def soorten_digitaal_adres(
        parents: Sequence[lijsten.Referentielijsten],
    ) -> list[tuple[lijsten.Referentiewaarde, ...]]:
        return [parent.soorten_digitaal_adres.waarden for parent in parents]
