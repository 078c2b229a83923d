"""Who asks, told to themselves."""

from typing import Self

import strawberry

from gateway.context import RequestContext
from gateway.identificatie import Identificatie, vestiging
from gateway.identity.caller import CAPACITIES, Caller, SoortAanvrager
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.policy import rules
from gateway.identity.rechten import Recht
from schema.enums import SoortHoedanigheid


@strawberry.type(
    description="Een hoedanigheid waarin een inwoner of bedrijf kan vragen, te kiezen met"
    " de header `Klantbeeld-Capacity`."
)
class KlantHoedanigheid:
    """What one `Identificatie` of a klant means to them; a BSN is not repeated."""

    soort: SoortHoedanigheid = strawberry.field(description="Als wie.")
    kvk_nummer: str | None = strawberry.field(
        description="Van welke onderneming, zo die er is."
    )
    vestigingsnummer: str | None = strawberry.field(
        description="Van welke vestiging, zo die er is."
    )
    gekozen: bool = strawberry.field(description="Of dit de hoedanigheid van nu is.")

    @classmethod
    def of(cls, klant: Identificatie, caller: Caller) -> Self:
        """Tell one."""
        is_vestiging = klant.soort == "vestigingsnummer"
        own = klant.waarde if klant.soort == "kvk_nummer" else None
        return cls(
            soort=SoortHoedanigheid(CAPACITIES[klant.soort]),
            kvk_nummer=klant.kvk_nummer if is_vestiging else own,
            vestigingsnummer=klant.waarde if is_vestiging else None,
            gekozen=klant == caller.klant,
        )


@strawberry.type(description="Wie er vraagt, voor zover de gateway dat weet.")
class Ik:
    """What `Caller` says, without what names a person."""

    soort: SoortAanvrager = strawberry.field(description="Wat voor aanvrager.")
    niveau: Betrouwbaarheidsniveau | None = strawberry.field(
        description="Hoe zeker de identiteit is; leeg als het token dat niet zegt."
    )
    client: str | None = strawberry.field(
        description="De toepassing waarmee wordt gevraagd."
    )
    namens: bool = strawberry.field(
        description="Of namens een ander wordt gevraagd, die daartoe heeft gemachtigd."
    )
    hoedanigheden: list[KlantHoedanigheid] = strawberry.field(
        description="In welke hoedanigheden deze inwoner of dit bedrijf kan vragen."
    )
    rechten: list[str] = strawberry.field(
        description="Wat een medewerker of systeem mag, zoals `klantcontacten.lezen`."
    )
    verwerking: str | None = strawberry.field(
        description="Waarom wordt gevraagd: de verwerkingsactiviteit uit de header"
        " `Klantbeeld-Purpose`."
    )
    verwerkingen: list[str] = strawberry.field(
        description="De verwerkingsactiviteiten die deze toepassing mag noemen."
    )


async def fetch_ik(context: RequestContext) -> Ik:
    """Tell who asks."""
    caller = context.sight.caller
    return Ik(
        soort=caller.soort,
        niveau=caller.niveau,
        client=caller.client or None,
        namens=caller.vertegenwoordiger is not None,
        hoedanigheden=[
            KlantHoedanigheid.of(each, caller)
            for each in await _capacities(caller, context)
        ],
        rechten=[] if caller.is_klant else [each for each in Recht if caller.may(each)],
        verwerking=None if caller.verwerking is None else caller.verwerking.name,
        verwerkingen=list(caller.verwerkingen),
    )


async def _capacities(caller: Caller, context: RequestContext) -> list[Identificatie]:
    """As whom a klant can ask; a company also as each of its known vestigingen."""
    found = list(caller.klanten)
    may_look = context.sight.decided(rules.PARTIJ) is None
    for klant in caller.klanten if may_look else ():
        if klant.soort == "kvk_nummer":
            store = context.store.partijen
            numbers = await store.vestigingen_by_kvk_nummer(klant.waarde)
            found += [vestiging(number, klant.waarde) for number in numbers]
    if caller.klant is not None and caller.klant not in found:
        found.append(caller.klant)
    return found
