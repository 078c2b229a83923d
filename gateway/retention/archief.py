"""The archive data of zaken, from their registers.

Source: Zaken API 1.5.1, Zaak: `archiefactiedatum` is the day on which the dossier must be
destroyed, or brought to an archive, whichever `archiefnominatie` says.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import MappingProxyType

from gateway.errors import GatewayError, Missing, UnknownRegister
from gateway.registers.directory import Directory
from gateway.registers.registers import Reads
from gateway.registers.zaken import Archiefnominatie, Zaak
from gateway.retention.termijnen import Archief, Reden, Termijn
from gateway.store.retention.draden import Zaakverwijzing

ReadArchief = Callable[[Iterable[Zaakverwijzing]], Awaitable[Archief]]


async def read_archief(registers: Reads, asked: Iterable[Zaakverwijzing]) -> Archief:
    """Read when the dossiers of zaken are due; one request per register and page.

    What was remembered of a register that fails now is no ground to destroy anything.
    """
    directory, every = registers.directory, dict.fromkeys(asked)
    urls = {each: _url(directory, each) for each in every if _is_zaak(directory, each)}
    known = [url for url in urls.values() if url is not None]
    found = dict(
        zip(known, await registers.zaken.zaken_by_url(known), strict=True)
        if known
        else ()
    )
    return every | {
        each: Reden.REGISTER_ONBEKEND if url is None else judged(registers, found[url])
        for each, url in urls.items()
    }


def _is_zaak(directory: Directory, asked: Zaakverwijzing) -> bool:
    """Whether it is a zaak, which may be recorded as any object too."""
    four = asked.identificator
    if asked.is_zaak or four is None:
        return asked.is_zaak or _is_of_zaken(directory, asked.url)
    return directory.is_about(four, "zaken") or _is_of_zaken(directory, four.object_id)


def _url(directory: Directory, asked: Zaakverwijzing) -> str | None:
    four = asked.identificator
    if four is None:
        return asked.url
    if asked.is_zaak or directory.is_about(four, "zaken"):
        return directory.url_of(four, "zaken", "zaken")
    return four.object_id


def _is_of_zaken(directory: Directory, url: str | None) -> bool:
    owner = None if url is None else directory.owner(url)
    return owner is not None and owner.kind == "zaken"


def judged(registers: Reads, zaak: Zaak | GatewayError) -> Termijn | Reden:
    """Say when the dossier of a zaak that was read is due, or why that is not known."""
    if isinstance(zaak, GatewayError):
        return _WHY.get(type(zaak), Reden.REGISTER_ZWIJGT)
    if registers.bron(zaak.url) in registers.reading.stale:
        return Reden.REGISTER_ZWIJGT
    if zaak.archiefnominatie is Archiefnominatie.BLIJVEND_BEWAREN:
        return Reden.BLIJVEND_BEWAREN
    op, einddatum = zaak.archiefactiedatum, zaak.einddatum
    if zaak.archiefnominatie is None or op is None or einddatum is None:
        return Reden.ARCHIEFDATUM_ONBEKEND
    term = Termijn(op, f"archiefactiedatum van zaak {zaak.uuid}")
    # It is counted from the end: before that it is a mistake.
    return term if op >= einddatum else Reden.ARCHIEFDATUM_ONBEKEND


_WHY: Mapping[type[GatewayError], Reden] = MappingProxyType(
    {UnknownRegister: Reden.REGISTER_ONBEKEND, Missing: Reden.ZAAK_ONBEKEND}
)
