"""Traps of the Zaken API.

Source: Zaken 1.5.1 (Open Zaak 1.30).
"""

from gateway.check import NOBODY
from gateway.registers.rollen import NAMINGS, Naming
from gateway.traps.judging import (
    Payload,
    Unknown,
    must,
    must_be,
    must_blame,
    page_in,
    uuids_of,
)
from gateway.traps.probing import (
    BOTH_CRS,
    NONE,
    OTHER_CRS,
    Asking,
    Headers,
    Probe,
    Probed,
    Trap,
    answered,
    crs,
)
from gateway.traps.zoek import among, zoek_page

ZAKEN = Asking("zaken", crs("Accept-Crs"), BOTH_CRS)

_MISSPELT = "rol__betrokkeneIdentificatie__natuurlijkPersoon__InpBsn"
_LEVEL = "vertrouwelijkheidaanduiding"
_ALIKE = "not one is openbaar while another is not"
# Enough to be filtered.
_FEW = 10


async def _unknown_key(register: Probed) -> None:
    """Nothing of the one zaak that comes back is looked at."""
    whole = await register.page(pageSize="1")
    if not whole.count:
        raise Unknown("no zaken are shown to us")
    reply = await register.zoek({"klantbeeld": 1}, params={"pageSize": "1"})
    must_be(page_in(reply).count, whole.count, "found")


async def _empty_body(register: Probed) -> None:
    must_blame(await register.zoek({}), "nonFieldErrors", "empty_search_body")


def _zoek_with(headers: Headers, status: int) -> Probe:
    async def probe(register: Probed) -> None:
        must(await register.zoek(among([]), headers=headers), status)

    return probe


def _crs(name: str) -> tuple[Trap, Trap]:
    rest = {key: value for key, value in BOTH_CRS.items() if key != name}
    other = {**rest, name: OTHER_CRS}
    return (
        Trap(f"_zoek without {name} is 412", _zoek_with(rest, 412)),
        Trap(f"_zoek with {name} of another system is 406", _zoek_with(other, 406)),
    )


_A_ZAAK = f"/zaken/{NOBODY}"
_CRS = (
    Trap("a zaak without Accept-Crs is 412", answered(_A_ZAAK, 412, headers=NONE)),
    Trap("zaken without Accept-Crs are 412", answered("/zaken", 412, headers=NONE)),
    Trap(
        "a zaak in another system is 406",
        answered(_A_ZAAK, 406, headers={"Accept-Crs": OTHER_CRS}),
    ),
    *_crs("Accept-Crs"),
    *_crs("Content-Crs"),
)


async def _refused_in(register: Probed) -> None:
    params = {"identificatie__in": "klantbeeld"}
    reply = await register.get("/zaken", params=params)
    must_blame(reply, "nonFieldErrors", "unknown-parameters")


async def _some(register: Probed) -> list[Payload]:
    return [*await register.known()][:_FEW]


def _of_nobody(name: str, nobody: str, *, filters: bool) -> Probe:
    """Make the probe that asks for known zaken, if they are also nobody's."""

    async def probe(register: Probed) -> None:
        uuids = uuids_of(await _some(register))
        page = await zoek_page(register, {**among(uuids), name: nobody})
        must_be(page.count, 0 if filters else len(uuids), "found")

    return probe


def _filters(naming: Naming) -> Trap:
    """Expect a filter by which the gateway decides whose a zaak is."""
    name, nobody = naming.filter, naming.nobody
    return Trap(f"_zoek filters by {name}", _of_nobody(name, nobody, filters=True))


async def _confidential(register: Probed) -> None:
    """Ask for a public and another zaak, if they are also public."""
    public = await register.one(lambda zaak: zaak.get(_LEVEL) == "openbaar", _ALIKE)
    other = await register.one(lambda zaak: zaak.get(_LEVEL) != "openbaar", _ALIKE)
    asked = among(uuids_of([public, other]))
    level = {"maximaleVertrouwelijkheidaanduiding": "openbaar"}
    page = await zoek_page(register, {**asked, **level})
    must_be(page.count, 1, "found")


TRAPS = (
    Trap("an unknown key in _zoek answers all zaken", _unknown_key),
    Trap("_zoek refuses an empty body (empty_search_body)", _empty_body),
    *_CRS,
    Trap("zaken refuse identificatie__in", _refused_in),
    *map(_filters, NAMINGS),
    Trap(
        "_zoek ignores a filter that is misspelt",
        _of_nobody(_MISSPELT, NAMINGS[0].nobody, filters=False),
    ),
    Trap("_zoek filters by maximaleVertrouwelijkheidaanduiding", _confidential),
)
