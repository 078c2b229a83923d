"""Rollen: who has to do with a zaak. Read for who asks only, shown to nobody, never kept.

Source: Zaken API 1.5.1 (Open Zaak 1.30); of its filters, the standard's own Zaken API
1.7.0 has those on BSN, RSIN and `vestiging__vestigingsNummer`. That two filters must
hold for one and the same rol, neither says: each is asked by itself.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from gateway.errors import MalformedAnswer
from gateway.identificatie import Identificatie
from gateway.registers.records import UNREADABLE


class BetrokkeneIdentificatie(msgspec.Struct, frozen=True, rename="camel"):
    """What names a betrokkene; which of these there are, the type decides."""

    inp_bsn: str | None = None
    inn_nnp_id: str | None = None
    kvk_nummer: str | None = None
    vestigings_nummer: str | None = None

    def __repr__(self) -> str:
        """Say nothing of whose it is: this may end up in a traceback."""
        return "BetrokkeneIdentificatie(…)"


class Rol(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """That somebody has to do with a zaak."""

    zaak: str
    betrokkene_type: str
    betrokkene_identificatie: BetrokkeneIdentificatie | None = None

    def names(self, who: Identificatie) -> bool:
        """Whether it is of this person or organisation, by kind and value."""
        named = self.betrokkene_identificatie or BetrokkeneIdentificatie()
        # A vestigingsnummer is unique without it, but then they may not contradict.
        if who.kvk_nummer and named.kvk_nummer not in {None, "", who.kvk_nummer}:
            return False
        return any(
            self.betrokkene_type == naming.betrokkene_type
            and getattr(named, naming.field) == who.waarde
            for naming in namings(who)
        )


class Naming(NamedTuple):
    """One way in which a rol names somebody.

    Attributes:
        betrokkene_type: of the rol.
        field: of its betrokkeneIdentificatie.
        nobody: a value that is valid, and that nobody has.
        usual: whether rollen may be expected to name them so.
    """

    betrokkene_type: str
    field: str
    nobody: str
    usual: bool = True

    @property
    def filter(self) -> str:
        """The name by which `_zoek` of zaken finds those that have such a rol."""
        kind = _camel(self.betrokkene_type)
        return f"rol__betrokkeneIdentificatie__{kind}__{_camel(self.field)}"


class _Soort(NamedTuple):
    digits: int
    namings: tuple[Naming, ...]


# The check on their digits (elfproef) is right: who checks it, does not refuse. No BSN
# or RSIN begins with seven zeros, no KVK-nummer with four; vestigingsnummers are given
# out from below, and are far from here. Not those of a test range: test systems are
# full of these.
_NO_BSN = _NO_RSIN = "000000061"
_NO_KVK = "00000061"
_NO_VESTIGING = "999999999961"

_NIET_NATUURLIJK = "niet_natuurlijk_persoon"
# By the soort of an identificatie. Lengths: BSN and RSIN 9, KVK-nummer 8 in the
# contract; vestigingsnummer 12, though the contract leaves room for 24.
_SOORTEN: Mapping[str, _Soort] = MappingProxyType(
    {
        "bsn": _Soort(9, (Naming("natuurlijk_persoon", "inp_bsn", _NO_BSN),)),
        "rsin": _Soort(9, (Naming(_NIET_NATUURLIJK, "inn_nnp_id", _NO_RSIN),)),
        # Of its vestigingen too: who acts for the whole, acts for each.
        "kvk_nummer": _Soort(8, (Naming(_NIET_NATUURLIJK, "kvk_nummer", _NO_KVK),)),
        "vestigingsnummer": _Soort(
            12,
            (
                Naming(_NIET_NATUURLIJK, "vestigings_nummer", _NO_VESTIGING),
                # Open Zaak 1.30 calls it deprecated.
                Naming("vestiging", "vestigings_nummer", _NO_VESTIGING, usual=False),
            ),
        ),
    }
)
NAMINGS = tuple(naming for soort in _SOORTEN.values() for naming in soort.namings)


def namings(who: Identificatie) -> tuple[Naming, ...]:
    """Give the ways in which a rol may name them; none where no rol can.

    A value that is none must not be asked for: Open Zaak ignores an empty filter.
    """
    soort = _SOORTEN.get(who.soort)
    waarde = who.waarde
    if soort is None or len(waarde) != soort.digits or not waarde.isascii():
        return ()
    return soort.namings if waarde.isdecimal() else ()


def rol_in(result: msgspec.Raw, register: str) -> Rol:
    """Read one.

    Raises:
        MalformedAnswer: it is outside its contract; holds nothing of it.
    """
    try:
        return msgspec.json.decode(result, type=Rol)
    except UNREADABLE:
        message = "a record of rollen is outside its contract"
        raise MalformedAnswer(register, message) from None


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(each.capitalize() for each in rest)
