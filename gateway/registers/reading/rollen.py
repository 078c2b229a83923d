"""Whether zaken have a rol of somebody: by the filters of `_zoek`, or by the rollen.

Rollen hold what names others: only a yes or no ever leaves this module.
"""

from collections.abc import Sequence

from gateway.deadline import Timer
from gateway.errors import GatewayError, MalformedAnswer, Missing, RegisterError
from gateway.identificatie import Identificatie
from gateway.registers.directory import Place
from gateway.registers.reading.pages import Page, page_in
from gateway.registers.reading.rol_filter import RolFilter, Told
from gateway.registers.reading.together import together
from gateway.registers.records import Record, Resource, parse_uuid
from gateway.registers.rollen import NAMINGS, namings, rol_in
from gateway.registers.wire.http import RegisterClient, Remaining

_MOST_PAGES = 20
"""Of the rollen of one zaak; who has more, is asked no further."""


class Rollen:
    """Those of one register."""

    def __init__(
        self, client: RegisterClient, resource: Resource[Record], *, timer: Timer
    ) -> None:
        """Take what to ask.

        Args:
            client: of the register.
            resource: zaken.
            timer: monotonic seconds.
        """
        self._client = client
        self._filters = {
            naming: RolFilter(client, resource, naming, timer=timer)
            for naming in NAMINGS
        }

    async def tell(
        self, places: Sequence[Place], who: Identificatie, remaining: Remaining
    ) -> dict[str, bool | GatewayError]:
        """Say of each URL whether it is theirs; where that stays unknown, why.

        Args:
            places: of zaken, as many as go in one question.
            who: a person or organisation that a rol can name.
            remaining: seconds until nobody waits any more.
        """
        filters = [self._filters[naming] for naming in namings(who)]
        told = await together(
            each.tell(places, who.waarde, remaining) for each in filters
        )
        answers: dict[str, bool | GatewayError] = {}
        untold: list[Place] = []
        for place in places:
            answer = _together([each[place.url] for each in told])
            if answer is None:
                untold.append(place)
            else:
                answers[place.url] = answer
        if untold:
            read = await self._read_all(untold, who, remaining)
            answers |= read
            # Rollen tell that it is the filter; an error may be anybody's.
            if any(isinstance(answer, bool) for answer in read.values()):
                for each, of_each in zip(filters, told, strict=True):
                    if None in of_each.values():
                        each.leave()
        return answers

    async def _read_all(
        self, places: Sequence[Place], who: Identificatie, remaining: Remaining
    ) -> dict[str, bool | GatewayError]:
        """Read the rollen of each zaak, side by side."""
        read = await together(self._read(place, who, remaining) for place in places)
        return {place.url: each for place, each in zip(places, read, strict=True)}

    async def _read(
        self, place: Place, who: Identificatie, remaining: Remaining
    ) -> bool | GatewayError:
        try:
            for number in range(1, _MOST_PAGES + 1):
                page = await self._page(place, number, remaining)
                if self._names(page, place, who):
                    return True
                if page.next is None:
                    return False
        except RegisterError as error:
            return error
        return self._malformed("a zaak has too many rollen")

    def _names(self, page: Page, place: Place, who: Identificatie) -> bool:
        rollen = [rol_in(result, self._client.settings.name) for result in page.results]
        # Who ignores the name of the zaak, gives all rollen there are.
        if any(parse_uuid(rol.zaak.rpartition("/")[2]) != place.uuid for rol in rollen):
            raise self._malformed("a rol is of another zaak than was asked for")
        return any(rol.names(who) for rol in rollen)

    async def _page(self, place: Place, number: int, remaining: Remaining) -> Page:
        params = {"zaak": place.url}
        if number > 1:
            params["page"] = str(number)
        answer = await self._client.get("/rollen", params=params, remaining=remaining)
        if isinstance(answer, Missing):
            raise self._malformed("it has no rollen")
        return page_in(answer, self._client.settings.name)

    def _malformed(self, message: str) -> MalformedAnswer:
        return MalformedAnswer(self._client.settings.name, message)


def _together(told: Sequence[Told]) -> Told:
    """Put together what several filters say of one zaak: one yes is enough."""
    if any(each is True for each in told):
        return True
    if any(each is None for each in told):
        return None
    return next((each for each in told if each is not False), False)
