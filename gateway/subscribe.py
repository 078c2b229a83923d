"""`klantbeeld subscribe`: have Notificaties APIs tell this gateway what changes.

May be run again and again: there is one abonnement for the callback URL, and it is
written anew, since nobody can see which secret it has.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple

from gateway.check import Finding
from gateway.errors import InvalidSettings, RegisterError
from gateway.registers.abonnementen import Abonnement, Abonnementen, FilterGroup
from gateway.registers.directory import Directory
from gateway.registers.notificaties import KANALEN
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.transport import Transport
from gateway.settings import PREFIX, RegisterSettings, Settings

# Open Notificaties 1.x sends trial messages to the callback before it agrees.
_TRIED = "it tries the callback URL at once: does the gateway answer there?"


class _Wish(NamedTuple):
    """What is asked of every Notificaties API."""

    callback_url: str
    auth: str
    kanalen: Sequence[str]


async def subscribe(
    settings: Settings, transport: Transport | None = None
) -> list[Finding]:
    """Make or renew the abonnement at each Notificaties API; a line for all it did.

    Args:
        settings: all of them.
        transport: instead of the network, for all registers.

    Raises:
        InvalidSettings: with all that is missing for it.
    """
    wish, apis = _read(settings)
    clients = [RegisterClient(each, transport) for each in apis]
    done = await asyncio.gather(*(_subscribe_at(each, wish) for each in clients))
    return [line for lines in done for line in lines]


def _read(settings: Settings) -> tuple[_Wish, list[RegisterSettings]]:
    apis = Directory(settings.registers).of_kind("notificaties")
    secret, callback_url = (
        settings.notificaties_secret,
        settings.notificaties_callback_url,
    )
    kanalen = [
        kanaal
        for kind, named in KANALEN.items()
        if any(register.kind == kind for register in settings.registers)
        for kanaal in named
    ]
    problems = [
        f"{PREFIX}{name}: {problem}"
        for missing, name, problem in (
            (secret is None, "NOTIFICATIES_SECRET", "is needed to subscribe"),
            (
                callback_url is None,
                "NOTIFICATIES_CALLBACK_URL",
                "is needed to subscribe",
            ),
            (not apis, "REGISTERS", "none is of kind notificaties"),
            (not kanalen, "REGISTERS", "none has records that change"),
        )
        if missing
    ]
    if problems or secret is None or callback_url is None:
        raise InvalidSettings(problems)
    return _Wish(callback_url, secret.get_secret_value(), kanalen), apis


async def _subscribe_at(client: RegisterClient, wish: _Wish) -> list[Finding]:
    """Do it at one; it closes the client."""
    name = client.settings.name
    lines: list[Finding] = []
    try:
        async for line in _steps(Abonnementen(client), wish):
            text = f"register {name}: {line.text}"
            lines.append(line._replace(text=text))
    except RegisterError as error:
        hint = f"; {_TRIED}" if error.status == 400 else ""
        lines.append(Finding(False, f"{error}{hint}"))
    finally:
        await client.aclose()
    return lines


async def _steps(api: Abonnementen, wish: _Wish) -> AsyncIterator[Finding]:
    known = await api.kanalen()
    for kanaal in wish.kanalen:
        if kanaal not in known:
            yield Finding(True, f"has no kanaal {kanaal}, so nothing is told of that")
    here = [kanaal for kanaal in wish.kanalen if kanaal in known]
    if not here:
        yield Finding(False, "no abonnement, since it has no kanaal of use")
        return
    abonnement = Abonnement(wish.callback_url, wish.auth, [*map(FilterGroup, here)])
    ours = await api.with_callback(wish.callback_url)
    if ours:
        await api.renew(ours[0], abonnement)
    else:
        await api.create(abonnement)
    done = "renewed" if ours else "made"
    yield Finding(True, f"abonnement {done}, for {', '.join(here)}")
    for other in ours[1:]:
        yield Finding(True, f"abonnement {other} is one too many: delete it there")
