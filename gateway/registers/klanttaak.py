"""A klanttaak: something a resident or company must do, kept as an object.

There is no national contract; there are two forms in the field, both of the
objecttype "taak" of NL Portal, told apart by their property names: the second says
`titel`, the first `title`. Both become one record here.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

import msgspec

from gateway.registers.records import UNREADABLE, Json, parse_uuid, without_blanks

_LARGEST_BEDRAG = Decimal(10) ** 12


class KlanttaakStatus(StrEnum):
    """How far a klanttaak is; `ingediend` is the first form's word for `afgerond`."""

    OPEN = "open"
    INGEDIEND = "ingediend"
    AFGEROND = "afgerond"
    VERWERKT = "verwerkt"
    GESLOTEN = "gesloten"


class KlanttaakSoort(StrEnum):
    """What is to be done: follow a link, fill in a form, or pay."""

    URL = "url"
    PORTAALFORMULIER = "portaalformulier"
    OGONEBETALING = "ogonebetaling"


class KlanttaakIdentificatie(msgspec.Struct, frozen=True):
    """Whose task it is: `type` is bsn, kvk or other."""

    type: str
    value: str


class KlanttaakKoppeling(msgspec.Struct, frozen=True, kw_only=True):
    """What the task belongs to: `registratie` is zaak, product or other.

    The first form knows the zaak's URL, the second only a uuid.
    """

    registratie: str
    uuid: str | None = None
    url: str | None = None


class KlanttaakFormulier(msgspec.Struct, frozen=True):
    """The form to fill in: `soort` is `id` (a name in the portal) or `url`."""

    soort: str
    value: str


class Ogonebetaling(msgspec.Struct, frozen=True):
    """What to pay, in euros."""

    bedrag: Decimal
    betaalkenmerk: str
    pspid: str

    def __post_init__(self) -> None:
        if not self.bedrag.is_finite() or abs(self.bedrag) > _LARGEST_BEDRAG:
            raise ValueError("no amount of money")


class Klanttaak(msgspec.Struct, frozen=True, kw_only=True):
    """A task, whatever form it was written in.

    Of `url`, `formulier` and `ogonebetaling` the one that `soort` names is there.
    """

    titel: str
    status: KlanttaakStatus
    soort: KlanttaakSoort
    identificatie: KlanttaakIdentificatie
    verwerker_taak_id: str
    eigenaar: str | None = None
    verloopdatum: datetime | None = None
    koppeling: KlanttaakKoppeling | None = None
    url: str | None = None
    formulier: KlanttaakFormulier | None = None
    ogonebetaling: Ogonebetaling | None = None


class _Koppeling(msgspec.Struct):
    registratie: str
    # taakv2.json: its oneOf says `value`, its example and NL Portal's code `uuid`.
    uuid: str | None = None
    value: str | None = None


class _Url(msgspec.Struct):
    uri: str


class _Portaalformulier(msgspec.Struct):
    formulier: KlanttaakFormulier


class _Tweede(msgspec.Struct):
    """Source: NL Portal, taakv2.json, "ObjectType Taak"."""

    titel: str
    status: KlanttaakStatus
    soort: KlanttaakSoort
    identificatie: KlanttaakIdentificatie
    verwerker_taak_id: str
    eigenaar: str
    verloopdatum: str | None = None
    koppeling: _Koppeling | None = None
    url: _Url | None = None
    portaalformulier: _Portaalformulier | None = None
    ogonebetaling: Ogonebetaling | None = None


class _Formulier(msgspec.Struct):
    value: str
    formuliertype: str | None = None
    type: str | None = None  # the older name, with the older words


class _Eerste(msgspec.Struct):
    """Source: NL Portal, zgw/taak, TaakObject."""

    title: str
    status: KlanttaakStatus
    formulier: _Formulier
    identificatie: KlanttaakIdentificatie
    verwerker_taak_id: str
    verloopdatum: str | None = None
    zaak: str | None = None


# What is to be done, and how its form is named if there is one.
_SOORT_OF_FORMULIERTYPE: Mapping[str, tuple[KlanttaakSoort, str]] = MappingProxyType(
    {
        "portalid": (KlanttaakSoort.PORTAALFORMULIER, "id"),
        "id": (KlanttaakSoort.PORTAALFORMULIER, "id"),
        "objecturl": (KlanttaakSoort.PORTAALFORMULIER, "url"),
        "url": (KlanttaakSoort.PORTAALFORMULIER, "url"),
        "externalurl": (KlanttaakSoort.URL, ""),
    }
)


NO_KLANTTAAK = (*UNREADABLE, KeyError)
"""What `read_klanttaak` raises; KeyError: a formuliertype that neither form knows."""


def read_klanttaak(data: dict[str, Json]) -> Klanttaak:
    """Read data in either form.

    Raises:
        NO_KLANTTAAK: one of these, when they are in neither.
    """
    filled_in = without_blanks(data)
    if "titel" in data:
        return _from_tweede(msgspec.convert(filled_in, _Tweede))
    return _from_eerste(msgspec.convert(filled_in, _Eerste))


def _from_tweede(taak: _Tweede) -> Klanttaak:
    formulier = taak.portaalformulier
    if getattr(taak, taak.soort) is None:
        raise ValueError(f"soort is {taak.soort}, but it is not there")
    return Klanttaak(
        titel=taak.titel,
        status=taak.status,
        soort=taak.soort,
        identificatie=taak.identificatie,
        verwerker_taak_id=taak.verwerker_taak_id,
        eigenaar=taak.eigenaar,
        verloopdatum=_moment(taak.verloopdatum),
        koppeling=None if taak.koppeling is None else _without_url(taak.koppeling),
        url=None if taak.url is None else taak.url.uri,
        formulier=None if formulier is None else formulier.formulier,
        ogonebetaling=taak.ogonebetaling,
    )


def _without_url(koppeling: _Koppeling) -> KlanttaakKoppeling:
    return KlanttaakKoppeling(
        registratie=koppeling.registratie, uuid=koppeling.uuid or koppeling.value
    )


def _from_eerste(taak: _Eerste) -> Klanttaak:
    formuliertype = taak.formulier.formuliertype or taak.formulier.type or ""
    soort, form = _SOORT_OF_FORMULIERTYPE[formuliertype]
    value = taak.formulier.value
    return Klanttaak(
        titel=taak.title,
        status=taak.status,
        soort=soort,
        identificatie=taak.identificatie,
        verwerker_taak_id=taak.verwerker_taak_id,
        verloopdatum=_moment(taak.verloopdatum),
        koppeling=None if taak.zaak is None else _with_url(taak.zaak),
        url=None if form else value,
        formulier=KlanttaakFormulier(form, value) if form else None,
    )


def _with_url(zaak: str) -> KlanttaakKoppeling:
    uuid = parse_uuid(zaak.rpartition("/")[2])
    return KlanttaakKoppeling(
        registratie="zaak", uuid=None if uuid is None else str(uuid), url=zaak
    )


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    # The schema says date-time, which has an offset; NL Portal writes some without.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
