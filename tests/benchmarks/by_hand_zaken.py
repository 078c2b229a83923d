"""Zaken of a klant by hand, and what all that is by hand has in common."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

import msgspec

from gateway.context import RequestContext
from gateway.errors import Denied, GatewayError, Missing
from gateway.identity.policy.rules import Rule
from gateway.registers.catalogi import IndicatieInternOfExtern, ZaakType
from gateway.registers.zaken import Resultaat, Status, Zaak

R = TypeVar("R")
Json = dict[str, object]
Path = tuple[str | int, ...]
Known = dict[str, Json | GatewayError]
"""By URL: what is shown, or why not."""

_BOTH = frozenset({"status", "resultaat"})


class Failure(NamedTuple):
    """Why something is null, and where."""

    message: str
    path: Path

    def __str__(self) -> str:
        return f"{self.message} {[*self.path]}"


class ByZaak:
    """For one klant, once.

    Attributes:
        errors: the message and the path of each.
    """

    def __init__(self, context: RequestContext) -> None:
        self.context = context
        self.errors: list[Failure] = []
        caller = context.sight.caller
        if caller.klant is None:
            raise TypeError("this is for klanten")
        self.klant = caller.klant
        self.grants = caller.grants

    def may(self, *asked: Rule) -> None:
        """Ask the rules of what cannot be left out."""
        for rule in asked:
            refused = self.context.sight.decided(rule)
            if refused is not None:
                raise refused

    def refused(self, rule: Rule) -> Denied:
        """Give the reason of what is not for klanten."""
        found = self.context.sight.decided(rule)
        if found is None:
            raise TypeError("this is for klanten")
        return found

    def fails(self, error: GatewayError, path: Path) -> None:
        """Note why something is null."""
        self.errors.append(Failure(str(error), path))

    async def zaken(self, urls: Sequence[str]) -> Known:
        """Read zaken with all that is shown of them."""
        registers = self.context.registers
        found, rights = await asyncio.gather(
            registers.zaken.zaken_by_url(urls, expand=_BOTH),
            registers.zaken.own(urls, self.klant),
        )
        known: dict[str, Zaak | GatewayError] = {
            url: right
            if isinstance(right, GatewayError)
            else (zaak if right else not_shown())
            for url, zaak, right in zip(urls, found, rights, strict=True)
        }
        zaken = [each for each in known.values() if isinstance(each, Zaak)]
        types = list({each.zaaktype: None for each in zaken})
        statussen = list({x.status: None for x in zaken if x.status})
        resultaten = list({x.resultaat: None for x in zaken if x.resultaat})
        zaaktypen, gezet, uitkomsten = await asyncio.gather(
            registers.catalogi.zaaktypen_by_url(types),
            registers.zaken.statussen_by_url(statussen),
            registers.zaken.resultaten_by_url(resultaten),
        )
        statussen_made, resultaten_made = await asyncio.gather(
            self._statussen(sure(gezet)), self._resultaten(sure(uitkomsten))
        )
        by_type = dict(zip(types, sure(zaaktypen), strict=True))
        return {
            url: each
            if isinstance(each, GatewayError)
            else self._zaak(
                each, by_type[each.zaaktype], statussen_made, resultaten_made
            )
            for url, each in known.items()
        }

    async def _statussen(self, found: Sequence[Status]) -> dict[str | None, Json]:
        catalogi = self.context.registers.catalogi
        types = list({each.statustype: None for each in found})
        told = dict(
            zip(types, sure(await catalogi.statustypen_by_url(types)), strict=True)
        )
        return {
            each.url: {
                "datumStatusGezet": moment(each.datum_status_gezet.astimezone(UTC)),
                "statustype": {
                    "omschrijving": told[each.statustype].omschrijving,
                    "isEindstatus": told[each.statustype].is_eindstatus,
                },
            }
            for each in found
        }

    async def _resultaten(self, found: Sequence[Resultaat]) -> dict[str | None, Json]:
        catalogi = self.context.registers.catalogi
        types = list({each.resultaattype: None for each in found})
        named = sure(await catalogi.resultaattypen_by_url(types))
        told = dict(zip(types, named, strict=True))
        return {
            each.url: {
                "resultaattype": {"omschrijving": told[each.resultaattype].omschrijving}
            }
            for each in found
        }

    def _zaak(
        self,
        zaak: Zaak,
        zaaktype: ZaakType,
        statussen: dict[str | None, Json],
        resultaten: dict[str | None, Json],
    ) -> Json | GatewayError:
        level = zaak.vertrouwelijkheidaanduiding or zaaktype.vertrouwelijkheidaanduiding
        code = zaaktype.identificatie
        if (
            zaaktype.indicatie_intern_of_extern is not IndicatieInternOfExtern.EXTERN
            or not any(grant.shows_zaak(code, level) for grant in self.grants)
        ):
            return not_shown()
        return {
            "identificatie": zaak.identificatie,
            "omschrijving": zaak.omschrijving,
            "startdatum": zaak.startdatum.isoformat(),
            "einddatum": zaak.einddatum.isoformat() if zaak.einddatum else None,
            "zaaktype": {"omschrijving": zaaktype.omschrijving},
            "status": statussen[zaak.status] if zaak.status else None,
            "resultaat": resultaten[zaak.resultaat] if zaak.resultaat else None,
        }


def not_shown() -> GatewayError:
    """As absent as what a register does not show."""
    return Missing("absent, or not shown to who asks")


def sure(found: Sequence[R | GatewayError]) -> list[R]:
    """Say that all of them are there."""
    for each in found:
        if isinstance(each, GatewayError):
            raise each
    return [each for each in found if not isinstance(each, GatewayError)]


def moment(value: datetime | None) -> str | None:
    """Write a moment, which is in UTC."""
    text: str | None = msgspec.to_builtins(value)
    return text
