"""Which register owns a URL, and which URL a reference of four parts means.

A URL is followed only when a configured register owns it. Addresses are compared as
parsed parts, and what is fetched is composed anew from the register's own base and
the uuid: a caller's text never reaches a socket.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from gateway.errors import InvalidSettings
from gateway.identificator import Identificator
from gateway.registers.records import parse_uuid
from gateway.settings import RegisterKind, RegisterSettings

# RFC 3986 section 3, without what no register needs and what tricks are made of:
# userinfo, percent-encoding, backslashes, control characters, empty segments, query
# and fragment.
_URL = re.compile(
    r"(?P<scheme>[Hh][Tt][Tt][Pp][Ss]?)://"
    r"(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]+)*)"
)
_DEFAULT_PORTS = MappingProxyType({"http": 80, "https": 443})

# Open Klant's manual says zaak, KISS writes zgw-Zaak; in any case.
_RESOURCE_OF_OBJECTTYPE: Mapping[str, str] = MappingProxyType(
    {
        "zaak": "zaken",
        "zgw-zaak": "zaken",
        "document": "enkelvoudiginformatieobjecten",
        "informatieobject": "enkelvoudiginformatieobjecten",
        "enkelvoudiginformatieobject": "enkelvoudiginformatieobjecten",
        "object": "objects",
        "klanttaak": "objects",
    }
)


class Place(NamedTuple):
    """Where a record is.

    Attributes:
        register: its name.
        uuid: of the record, there.
        url: in one form, whatever form it was asked in.
    """

    register: str
    uuid: UUID
    url: str


class _Address(NamedTuple):
    origin: tuple[str, str, int]
    segments: tuple[str, ...]


class Directory:
    """The configured registers, by what they own."""

    def __init__(self, settings: Sequence[RegisterSettings]) -> None:
        """Read the registers' addresses.

        Raises:
            InvalidSettings: two registers own one address, an address has parts that
                are never followed, or one codeRegister means two of a kind.
        """
        self._registers: dict[_Address, RegisterSettings] = {}
        self._aliases: dict[tuple[RegisterKind, str], RegisterSettings] = {}
        problems = [
            f"registers: {problem}"
            for register in settings
            for problem in (*self._add(register), *self._add_aliases(register))
        ]
        if problems:
            raise InvalidSettings(problems)
        self._longest_first = sorted(
            self._registers.items(), key=lambda item: -len(item[0].segments)
        )
        # The same URLs come again and again; reading one takes as long as a look-up.
        self._found = lru_cache(maxsize=10_000)(self._find)
        self._places = lru_cache(maxsize=10_000)(self._read_place)

    def of_kind(self, kind: RegisterKind) -> list[RegisterSettings]:
        """The registers of one kind, in the order of the settings."""
        by_name = {each.name: each for each in self._registers.values()}
        return [each for each in by_name.values() if each.kind == kind]

    def owner(self, url: str) -> RegisterSettings | None:
        """Say whose URL this is; of nested bases the longest."""
        register, _ = self._found(url)
        return register

    def owner_of_asked(self, url: str) -> RegisterSettings | None:
        """Say the same of a URL that a client gives; nothing asked is remembered."""
        register, _ = self._find(url)
        return register

    def place(self, url: str, kind: RegisterKind, resource: str) -> Place | None:
        """Read `<base of a register of this kind>/<resource>/<uuid>`, exactly that."""
        return self._places(url, kind, resource)

    def any_place(self, url: str) -> Place | None:
        """Read `<base of a register>/<any resource>/<uuid>`, exactly that."""
        register, rest = self._find(url)
        if register is None or len(rest) != 2:
            return None
        return self._read_place(url, register.kind, rest[0])

    def _read_place(self, url: str, kind: RegisterKind, resource: str) -> Place | None:
        register, rest = self._find(url)
        if register is None or register.kind != kind or rest[:-1] != (resource,):
            return None
        uuid = parse_uuid(rest[-1])
        if uuid is None:
            return None
        return Place(register.name, uuid, f"{register.base_url}/{resource}/{uuid}")

    def is_about(self, identificator: Identificator, resource: str) -> bool:
        """Whether the codeObjecttype of a reference is a known one of a resource."""
        objecttype = identificator.code_objecttype.casefold()
        return _RESOURCE_OF_OBJECTTYPE.get(objecttype) == resource

    def url_of(
        self, identificator: Identificator, kind: RegisterKind, resource: str
    ) -> str | None:
        """Compose the URL that a reference means; None where that is unknown.

        A URL in the reference itself says enough, unless it is not one of the register
        that the reference names. The codeObjecttype is compared only when it is a
        known one: what the reference is about (a zaak, a document, an object) was
        decided before.
        """
        named = self._aliases.get((kind, identificator.code_register.casefold()))
        objecttype = identificator.code_objecttype.casefold()
        if _RESOURCE_OF_OBJECTTYPE.get(objecttype, resource) != resource:
            return None
        url, soort = identificator.object_id, identificator.code_soort_object_id
        if soort.casefold() == "uuid" and named is not None:
            url = f"{named.base_url}/{resource}/{url}"
        elif soort.casefold() != "url":
            return None
        place = self.place(url, kind, resource)
        if place is None or (named is not None and named.name != place.register):
            return None
        return place.url

    def _find(self, url: str) -> tuple[RegisterSettings | None, tuple[str, ...]]:
        address = _parse(url)
        if address is not None:
            for base, register in self._longest_first:
                depth = len(base.segments)
                below = address.segments[:depth] == base.segments
                if below and address.origin == base.origin:
                    return register, address.segments[depth:]
        return None, ()

    def _add(self, register: RegisterSettings) -> Iterator[str]:
        for url in (register.base_url, *register.other_urls):
            setting = "base_url" if url == register.base_url else "an other_urls"
            base = _parse(url)
            if base is None:
                yield f"{setting} of {register.name} has parts that are never followed"
            elif base in self._registers:
                other = self._registers[base].name
                yield f"{setting} of {register.name} is that of {other}"
            else:
                self._registers[base] = register

    def _add_aliases(self, register: RegisterSettings) -> Iterator[str]:
        for alias in register.aliases:
            key = (register.kind, alias.casefold())
            other = self._aliases.setdefault(key, register)
            if other is not register:
                yield f"alias {alias} means both {other.name} and {register.name}"


def _parse(url: str) -> _Address | None:
    parts = _URL.fullmatch(url)
    if parts is None:
        return None
    segments = tuple(parts["path"].split("/")[1:])
    if not {".", ".."}.isdisjoint(segments):
        return None
    scheme = parts["scheme"].lower()
    port = int(parts["port"] or _DEFAULT_PORTS[scheme])
    return _Address((scheme, parts["host"].lower(), port), segments)
