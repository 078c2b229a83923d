"""Whose zaken of one register are: remembered, being asked already, or asked anew.

What one klant asks at the same moment goes together; klanten are never mixed.
"""

from collections.abc import Callable, Iterable, Sequence

from gateway.deadline import Deadline, Timer
from gateway.errors import GatewayError
from gateway.identificatie import Identificatie
from gateway.registers.directory import Place
from gateway.registers.reading.flights import Flight, Flights, Land, Trip
from gateway.registers.reading.rights import RightLifetimes, Rights
from gateway.registers.reading.rollen import Rollen
from gateway.registers.records import Record, Resource
from gateway.registers.rollen import namings
from gateway.registers.wire.http import RegisterClient

Pseudonym = Callable[[Identificatie], str]
"""Names somebody in a way that only who has its key can make."""

Right = bool | GatewayError
"""Whether a zaak is theirs; where that stays unknown, why."""

_NOTHING: frozenset[str] = frozenset()


class _Klant:
    """Somebody whose zaken are being asked for.

    Attributes:
        flights: all questions about them.
        waiting: how many wait for an answer.
    """

    def __init__(self, own: "Own", who: Identificatie, name: str) -> None:
        self._own = own
        self._who = who
        self._name = name
        self.flights: Flights[Right] = Flights(own.group, self._send, self._keep)
        self.waiting = 0

    async def _send(self, trip: Trip[Right], land: Land[Right]) -> None:
        places = [flight.place for flight in trip.flights]
        told = await self._own.rollen.tell(places, self._who, trip.remaining)
        for url, right in told.items():
            land(url, right)

    def _keep(self, flight: Flight[Right], right: Right) -> None:
        if isinstance(right, bool) and not flight.forgotten:
            self._own.rights.put(self._name, flight.place.url, own=right)


class Own:
    """One of these per register of zaken and process.

    Attributes:
        rollen: of the register.
        rights: what is remembered.
    """

    def __init__(
        self,
        client: RegisterClient,
        resource: Resource[Record],
        pseudonym: Pseudonym,
        lifetimes: RightLifetimes,
        *,
        max_entries: int,
        timer: Timer,
    ) -> None:
        """Take what to ask.

        Args:
            client: of the register.
            resource: zaken.
            pseudonym: names klanten in what is remembered.
            lifetimes: of that.
            max_entries: of that.
            timer: monotonic seconds.
        """
        self.rollen = Rollen(client, resource, timer=timer)
        self.rights = Rights(lifetimes, max_entries=max_entries, timer=timer)
        self._resource = resource
        self._pseudonym = pseudonym
        self._page_size = client.settings.page_size
        self._klanten: dict[str, _Klant] = {}

    def group(self, flights: Sequence[Flight[Right]]) -> list[Sequence[Flight[Right]]]:
        """As many in one question as the register puts on a page."""
        size = self._page_size
        return [flights[at : at + size] for at in range(0, len(flights), size)]

    async def read(
        self, places: Sequence[Place], who: Identificatie, deadline: Deadline
    ) -> dict[str, Right]:
        """Give one answer per URL.

        Args:
            places: of zaken of this register, each once.
            who: a person or organisation.
            deadline: until when to wait.
        """
        if not namings(who):
            return dict.fromkeys((place.url for place in places), False)
        name = f"{who.soort} {self._pseudonym(who)}"
        rights: dict[str, Right] = {}
        wanted: list[Place] = []
        for place in places:
            known = self.rights.get(name, place.url)
            if known is None:
                wanted.append(place)
            else:
                rights[place.url] = known
        if wanted:
            rights |= await self._asked(wanted, who, name, deadline)
        return rights

    def forget(self, urls: Iterable[str]) -> None:
        """Forget whose zaken these are, or of which zaken a rol is among these.

        Args:
            urls: that were told together; those of other resources do no harm.
        """
        by_path: dict[str, list[str]] = {}
        for url in urls:
            by_path.setdefault(url.rsplit("/", 2)[1], []).append(url)
        zaken = by_path.get(self._resource.path, [])
        for url in zaken:
            self.rights.forget(url)
            for klant in self._klanten.values():
                klant.flights.forget(url)
        # A notification names the zaak beside its rol; without, it may be any.
        if "rollen" in by_path and not zaken:
            self.forget_all()

    def forget_all(self) -> None:
        """Forget everything that is remembered or under way."""
        self.rights.clear()
        for klant in self._klanten.values():
            klant.flights.forget_all()

    async def aclose(self) -> None:
        """Give up what is under way."""
        for klant in [*self._klanten.values()]:
            await klant.flights.aclose()

    async def _asked(
        self, places: Sequence[Place], who: Identificatie, name: str, deadline: Deadline
    ) -> dict[str, Right]:
        late = deadline.exceeded()
        if deadline.remaining() <= 0:
            return dict.fromkeys((place.url for place in places), late)
        klant = self._klanten.setdefault(name, _Klant(self, who, name))
        klant.waiting += 1
        try:
            join = klant.flights.join
            flights = [join(place, _NOTHING, deadline) for place in places]
            await klant.flights.landed(flights, deadline)
        finally:
            klant.waiting -= 1
            if not klant.waiting:
                del self._klanten[name]
        return {
            flight.place.url: flight.answer.result()
            if flight.answer.done() and not flight.answer.cancelled()
            else late
            for flight in flights
        }
