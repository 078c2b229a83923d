"""Verifying a digitaal adres: who gives back the code that was sent there, has it.

A code is good once, for a while, and only a keyed hash of it is kept. Codes that are sent
and codes that are wrong are counted until the last one would have expired, by a keyed hash
of the address and whose it is: neither a new code, nor another address meanwhile, gives
new tries.
"""

import asyncio
import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from gateway.deadline import Deadline
from gateway.recording.contactgegevens.digitale_adressen import Eigen, lock_own
from gateway.recording.fouten import Fout, FoutCode
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.verzenden import Bericht, Verzending
from gateway.store.writing import adressen, partijen, verificatie as stored
from gateway.store.writing.verificatie import Telling

Row = Mapping[str, object]

DIGITS = 6
SOORTEN = frozenset({"email", "telefoonnummer"})
"""Soorten of digitale adressen to which a code can be sent."""


class Aanvraag:
    """A code that is asked: it is sent once it is written that it was."""

    def __init__(self, verzending: Verzending | None) -> None:
        """Take what sends; None where nothing does."""
        self._verzending = verzending
        self._bericht: Bericht | None = None

    async def vraag_aan(self, key: UUID, recording: Recording) -> Uitkomst:
        """Make a code, in the place of the one before.

        Raises:
            Mistaken: with all that is wrong.
        """
        found = await lock_own(key, recording)
        telling = await _telling(found, recording)
        self._check(found, telling, recording)
        await stored.forget(recording.tx, recording.now)
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        hashed, verloopt_op = _hashed(key, code, recording), _until(recording)
        await stored.put(recording.tx, key, hashed, verloopt_op)
        sent = telling.verzonden + 1
        counted = replace(telling, verloopt_op=verloopt_op, verzonden=sent)
        await stored.put_telling(recording.tx, counted)
        recording.made("verificatiecode", key)
        adres = found.adres
        self._bericht = Bericht(str(adres["soort"]), str(adres["adres"]), code)
        return Uitkomst(found.sleutels)

    def _check(self, found: Eigen, telling: Telling, recording: Recording) -> None:
        fouten, settings = recording.fouten, recording.settings
        if found.adres["soort"] not in SOORTEN:
            melding = "Alleen een e-mailadres of telefoonnummer is zo te bevestigen."
            fouten.add(FoutCode.NIET_TOEGESTAAN, "id", melding)
        if self._verzending is None:
            melding = "Er is hier niets ingesteld dat codes verstuurt."
            fouten.add(FoutCode.NIET_TOEGESTAAN, "id", melding)
        if telling.pogingen >= settings.code_tries:
            fouten.add(FoutCode.TE_VAAK, "id", TE_VAAK)
        elif telling.verzonden >= settings.code_sendings:
            melding = "Er is te vaak een code verstuurd; vraag later een nieuwe aan."
            fouten.add(FoutCode.TE_VAAK, "id", melding)
        fouten.check()

    async def verzend(self, deadline: Deadline) -> None:
        """Send the code, if there is one.

        Raises:
            RegisterUnavailable: it is not sent.
            DeadlineExceeded: nor in time.
        """
        if self._verzending is None or self._bericht is None:
            return
        try:
            async with asyncio.timeout(deadline.remaining()):
                await self._verzending.verzend(self._bericht)
        except TimeoutError:
            raise deadline.exceeded() from None


TE_VAAK = "Er is te vaak een verkeerde code gegeven; vraag later een nieuwe aan."


async def bevestig(key: UUID, code: str, recording: Recording) -> Uitkomst:
    """Take a code: when it is right, the adres is verified today.

    Returns:
        Also with a mistake in the code, the keys of what stands there: so that it is
        written that one was wrong.

    Raises:
        Mistaken: there is no such adres, or what is given cannot be a code.
    """
    found = await lock_own(key, recording)
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        melding = f"Een code is {DIGITS} cijfers."
        recording.fouten.add(FoutCode.ONGELDIG, "code", melding)
    recording.fouten.check()
    standing = _standing(await stored.lock(recording.tx, key), recording.now)
    fout = await _tried(found, code, standing, recording)
    if fout is not None:
        return Uitkomst(found.sleutels, (fout,))
    today = {"verificatie_datum": recording.now.date()}
    await stored.remove(recording.tx, key)
    await adressen.change_digitaal_adres(recording.tx, key, today)
    recording.changed(
        "digitaal_adres", key, {name: found.adres[name] for name in today}
    )
    await partijen.change(recording.tx, found.partij_id, {})
    return Uitkomst(found.sleutels)


async def _tried(
    found: Eigen, code: str, standing: Row | None, recording: Recording
) -> Fout | None:
    """Say what is wrong with a code, and count that."""
    if standing is None:
        melding = "Er is voor dit adres geen code aangevraagd, of die is verlopen."
        return Fout(FoutCode.NIET_GEVONDEN, "code", melding)
    telling = await _telling(found, recording)
    wrong, most = telling.pogingen, recording.settings.code_tries
    if wrong >= most:
        return Fout(FoutCode.TE_VAAK, "code", TE_VAAK)
    key = found.sleutels["digitaal_adres"]
    if hmac.compare_digest(str(standing["code"]), _hashed(key, code, recording)):
        return None
    await stored.put_telling(recording.tx, replace(telling, pogingen=wrong + 1))
    if wrong + 1 >= most:
        return Fout(FoutCode.TE_VAAK, "code", TE_VAAK)
    return Fout(FoutCode.ONGELDIG, "code", "Deze code klopt niet.")


def _until(recording: Recording) -> datetime:
    return recording.now + timedelta(seconds=recording.settings.code_seconds)


async def _telling(found: Eigen, recording: Recording) -> Telling:
    """Give what was counted of an address, or begin to count."""
    soort, adres = str(found.adres["soort"]), str(found.adres["adres"])
    named = (str(found.partij_id), soort, _read_as_one(soort, adres))
    hashed = recording.digest("verificatieadres", *named)
    counted = await stored.telling(recording.tx, hashed)
    if counted is not None and counted.verloopt_op > recording.now:
        return counted
    return Telling(hashed, _until(recording))


def _read_as_one(soort: str, adres: str) -> str:
    """Spell an address in one way of those in which it gets there."""
    if soort == "email":
        return adres.casefold()
    return re.sub(r"^00", "+", re.sub(r"^0(?!0)", "+31", adres))


def _standing(row: Row | None, now: datetime) -> Row | None:
    """Give a code that has not expired."""
    verloopt_op = None if row is None else row["verloopt_op"]
    return row if isinstance(verloopt_op, datetime) and verloopt_op > now else None


def _hashed(key: UUID, code: str, recording: Recording) -> str:
    return recording.digest("verificatiecode", str(key), code)
