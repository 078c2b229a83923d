"""By what zaken and their rollen can be found, in a query and in a `_zoek` alike.

Source: Zaken API 1.5.1 (Open Zaak 1.30), the parameters of `GET /zaken`.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from gateway.demo.standins.problems import invalid
from gateway.demo.standins.records import Json, Matches, Payload, matching, same


def _identified_by(betrokkene_type: str, name: str) -> Matches:
    def matches(rol: Payload, value: Json) -> bool:
        identificatie = rol.get("betrokkeneIdentificatie")
        return (
            rol.get("betrokkeneType") == betrokkene_type
            and isinstance(identificatie, dict)
            and identificatie.get(name) == value
        )

    return matches


ROL_FILTERS: Mapping[str, Matches] = MappingProxyType(
    {
        **{
            name: same(name)
            for name in ("betrokkene", "betrokkeneType", "omschrijvingGeneriek")
        },
        **{
            f"betrokkeneIdentificatie__{kind}__{name}": _identified_by(
                betrokkene_type, name
            )
            for kind, betrokkene_type, name in (
                ("natuurlijkPersoon", "natuurlijk_persoon", "inpBsn"),
                ("nietNatuurlijkPersoon", "niet_natuurlijk_persoon", "innNnpId"),
                ("nietNatuurlijkPersoon", "niet_natuurlijk_persoon", "kvkNummer"),
                (
                    "nietNatuurlijkPersoon",
                    "niet_natuurlijk_persoon",
                    "vestigingsNummer",
                ),
                ("vestiging", "vestiging", "vestigingsNummer"),
                ("vestiging", "vestiging", "kvkNummer"),
                ("medewerker", "medewerker", "identificatie"),
            )
        },
    }
)

_LOW_TO_HIGH = (
    *("openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk"),
    *("vertrouwelijk", "confidentieel", "geheim", "zeer_geheim"),
)


def _at_most(zaak: Payload, value: Json) -> bool:
    return _level(zaak.get("vertrouwelijkheidaanduiding")) <= _level(value)


def _level(value: Json) -> int:
    if value not in _LOW_TO_HIGH:
        name = "maximaleVertrouwelijkheidaanduiding"
        raise invalid(name, "invalid_choice", "Geen geldige keuze.")
    return _LOW_TO_HIGH.index(value)


ZAAK_FILTERS: Mapping[str, Matches] = MappingProxyType(
    {
        **{
            name: same(name)
            for name in ("identificatie", "bronorganisatie", "zaaktype")
        },
        "maximaleVertrouwelijkheidaanduiding": _at_most,
    }
)

# All names that a query may have.
NAMES = frozenset({*ZAAK_FILTERS, *(f"rol__{name}" for name in ROL_FILTERS)})


def matching_zaken(
    zaken: Iterable[Payload], rollen: Iterable[Payload], asked: Payload
) -> list[Payload]:
    """Keep what all filters let through; one and the same rol must satisfy all of rol.

    A filter that is not known is ignored.

    Raises:
        Problem: 400 for a value that a filter does not have.
    """
    of_rol = {
        name.removeprefix("rol__"): value
        for name, value in asked.items()
        if name.startswith("rol__")
    }
    if not of_rol.keys().isdisjoint(ROL_FILTERS):
        theirs = {rol["zaak"] for rol in matching(rollen, ROL_FILTERS, of_rol)}
        zaken = [zaak for zaak in zaken if zaak["url"] in theirs]
    return matching(zaken, ZAAK_FILTERS, asked)
