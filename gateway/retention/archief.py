"""The archive data of zaken, from their registers.

Source: Zaken API 1.5.1, Zaak: `archiefactiedatum` is the day on which the dossier must be
destroyed, or brought to an archive, whichever `archiefnominatie` says.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import MappingProxyType

from gateway.errors import GatewayError, Missing, UnknownRegister
from gateway.registers.registers import Reads
from gateway.registers.zaken import Archiefnominatie, Zaak
from gateway.retention.termijnen import Archief, Reden, Termijn
from gateway.store.retention.draden import Zaakverwijzing

ReadArchief = Callable[[Iterable[Zaakverwijzing]], Awaitable[Archief]]


async def read_archief(registers: Reads, asked: Iterable[Zaakverwijzing]) -> Archief:
    """Read when the dossiers of zaken are due; one request per register and page.

    What was remembered of a register that fails now is no ground to destroy anything.
    """
    urls = {each: _url(registers, each) for each in dict.fromkeys(asked)}
    known = [url for url in urls.values() if url is not None]
    found = dict(
        zip(known, await registers.zaken.zaken_by_url(known), strict=True)
        if known
        else ()
    )
    return {
        each: Reden.REGISTER_ONBEKEND if url is None else _judged(registers, found[url])
        for each, url in urls.items()
    }


def _url(registers: Reads, zaak: Zaakverwijzing) -> str | None:
    if zaak.identificator is None:
        return zaak.url
    return registers.directory.url_of(zaak.identificator, "zaken", "zaken")


def _judged(registers: Reads, zaak: Zaak | GatewayError) -> Termijn | Reden:
    if isinstance(zaak, GatewayError):
        return _WHY.get(type(zaak), Reden.REGISTER_ZWIJGT)
    if registers.bron(zaak.url) in registers.reading.stale:
        return Reden.REGISTER_ZWIJGT
    if zaak.archiefnominatie is Archiefnominatie.BLIJVEND_BEWAREN:
        return Reden.BLIJVEND_BEWAREN
    if zaak.archiefnominatie is None or zaak.archiefactiedatum is None:
        return Reden.ARCHIEFDATUM_ONBEKEND
    return Termijn(zaak.archiefactiedatum, f"archiefactiedatum van zaak {zaak.uuid}")


_WHY: Mapping[type[GatewayError], Reden] = MappingProxyType(
    {UnknownRegister: Reden.REGISTER_ONBEKEND, Missing: Reden.ZAAK_ONBEKEND}
)
