"""What one request may see of zaken, documenten and objecten, which live elsewhere.

Decided after what is remembered of registers: that holds what the gateway may see.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import cache

from gateway.errors import Forbidden, GatewayError, Missing
from gateway.identificatie import Identificatie
from gateway.identity.policy.policy import Policy
from gateway.identity.sight.sight import Sight
from gateway.registers.catalogi import IndicatieInternOfExtern, ZaakType
from gateway.registers.documenten import Documentstatus, EnkelvoudigInformatieObject
from gateway.registers.klanttaak import Klanttaak
from gateway.registers.objecten import Object
from gateway.registers.records import parse_uuid
from gateway.registers.registers import Reads
from gateway.registers.zaken import Zaak

ReadZaken = Callable[[Sequence[str]], Awaitable[list[Zaak | GatewayError]]]

# What is still being worked on is not a klant's yet.
_FINISHED = frozenset({Documentstatus.DEFINITIEF, Documentstatus.GEARCHIVEERD})

_KLANTTAAK_TYPES = {"bsn": "bsn", "kvk": "kvk_nummer"}


class Elsewhere:
    """One for each request; every answer is the record, or why it is not given."""

    def __init__(self, sight: Sight, policy: Policy, registers: Reads) -> None:
        self._sight = sight
        self._policy = policy
        self._registers = registers
        caller = sight.caller
        self._grants = grants = caller.grants
        self._klant = caller.klant if caller.is_klant else None
        # Records are many, their levels and zaaktypen few: each is decided once.
        self._shows_zaak = cache(
            lambda code, level: any(each.shows_zaak(code, level) for each in grants)
        )
        self._shows_document = cache(
            lambda level: any(each.shows_document(level) for each in grants)
        )

    async def zaken(
        self, urls: Sequence[str], read: ReadZaken
    ) -> list[Zaak | GatewayError]:
        """Read zaken, and give those that may be seen; one answer per url, in order.

        A klant's own right on them is asked for at the same time as the zaken.

        Args:
            urls: of zaken.
            read: reads them.
        """
        found, rights = await asyncio.gather(read(urls), self._rights(urls))
        judged = list(map(_judged, found, rights))
        zaken = [each for each in judged if isinstance(each, Zaak)]
        types = await self._zaaktypen(zaken)
        answers = [
            self._zaak(each, types.get(each.zaaktype))
            if isinstance(each, Zaak)
            else each
            for each in judged
        ]
        return self._sight.let_pass(answers)

    async def _rights(self, urls: Sequence[str]) -> Sequence[bool | GatewayError]:
        """Say of which zaken the one who asks may know at all."""
        if not self._sight.caller.is_klant:
            return [True] * len(urls)
        if self._klant is None or not urls:
            return [False] * len(urls)
        return await self._registers.zaken.own(urls, self._klant)

    async def _zaaktypen(
        self, zaken: Sequence[Zaak]
    ) -> dict[str, ZaakType | GatewayError]:
        """Read the types that decide, by url."""
        asks_types = self._klant is not None or any(
            grant.zaaktypen is not None for grant in self._grants
        )
        urls = list(
            dict.fromkeys(
                zaak.zaaktype
                for zaak in zaken
                if asks_types or zaak.vertrouwelijkheidaanduiding is None
            )
        )
        if not urls:
            return {}
        found = await self._registers.catalogi.zaaktypen_by_url(urls)
        return dict(zip(urls, found, strict=True))

    def _zaak(
        self, zaak: Zaak, zaaktype: ZaakType | GatewayError | None
    ) -> Zaak | GatewayError:
        if isinstance(zaaktype, GatewayError):
            return zaaktype  # what it is, decides; and that is not known
        confidential = zaak.vertrouwelijkheidaanduiding
        if zaaktype is not None:
            confidential = confidential or zaaktype.vertrouwelijkheidaanduiding
        code = None if zaaktype is None else zaaktype.identificatie
        shown = self._shows_zaak(code, confidential)
        if self._klant is None:
            return zaak if shown else Forbidden("no role shows zaken like this one")
        extern = zaaktype is not None and (
            zaaktype.indicatie_intern_of_extern is IndicatieInternOfExtern.EXTERN
        )
        return zaak if shown and extern else _absent()

    def documenten(
        self, found: Sequence[EnkelvoudigInformatieObject | GatewayError]
    ) -> list[EnkelvoudigInformatieObject | GatewayError]:
        """Give those that may be seen, of klantcontacten that may be seen."""
        return self._sight.let_pass(
            each if isinstance(each, GatewayError) else self._document(each)
            for each in found
        )

    def _document(
        self, document: EnkelvoudigInformatieObject
    ) -> EnkelvoudigInformatieObject | GatewayError:
        if not self._shows_document(document.vertrouwelijkheidaanduiding):
            return Forbidden("this document is more confidential than may be shown")
        if self._klant is None:
            return document
        if document.status not in _FINISHED or document.tonen_aan_initiator is False:
            return Forbidden("this document is not shown to klanten")
        return document

    def as_inhoud(
        self, found: Sequence[Object | GatewayError]
    ) -> list[Object | GatewayError]:
        """Give objects that are inhoud of klantcontacten that may be seen: all."""
        return self._sight.let_pass(found)

    def as_onderwerp(
        self, found: Sequence[Object | GatewayError]
    ) -> list[Object | GatewayError]:
        """Give objects that klantcontacten were about.

        To a klant their own klanttaken, and what the settings allow to be shown.
        """
        return self._sight.let_pass(
            each
            if isinstance(each, GatewayError) or self._is_for_klant(each)
            else _absent()
            for each in found
        )

    def _is_for_klant(self, found: Object) -> bool:
        if self._klant is None:
            return True
        if parse_uuid(found.type.rpartition("/")[2]) in self._policy.objecttypen:
            return True
        taak = found.klanttaak
        return taak is not None and is_of(taak, self._klant)


def _judged(
    zaak: Zaak | GatewayError, right: bool | GatewayError
) -> Zaak | GatewayError:
    """Say nothing of a zaak, not even that it is not there, without a right on it."""
    if isinstance(right, GatewayError):
        return right
    return zaak if right else _absent()


def is_of(taak: Klanttaak, klant: Identificatie) -> bool:
    """Whether a klanttaak is this klant's, by kind and value."""
    whose = taak.identificatie
    return (_KLANTTAAK_TYPES.get(whose.type), whose.value) == (
        klant.soort,
        klant.waarde,
    )


def _absent() -> Missing:
    """As absent as what a register does not show: they cannot be told apart."""
    return Missing("absent, or not shown to who asks")
