"""References to other registers: what is known of one without asking anybody."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

import strawberry

from gateway.context import RequestContext
from gateway.errors import UnknownRegister
from gateway.execution.batch import BatchField, BatchInfo, batch
from gateway.identificator import Identificator as IdentificatorRecord
from gateway.registers.records import parse_uuid
from gateway.settings import RegisterKind
from schema.scalars import URL

Info = BatchInfo[RequestContext]


class Verwijzing(Protocol):
    """A record that refers: by URL, or by identificator."""

    @property
    def url(self) -> str | None:
        """As it was given."""

    @property
    def identificator(self) -> IdentificatorRecord | None:
        """As it was given."""


@strawberry.type(
    description="Een verwijzing in vier delen, voor wat geen webadres heeft."
)
class Identificator:
    """A view of `gateway.identificator.Identificator`."""

    code_register: str = strawberry.field(
        description="In welk register het object staat."
    )
    code_objecttype: str = strawberry.field(description="Wat voor object het is.")
    code_soort_object_id: str = strawberry.field(
        description="Welk gegeven het object aanduidt, zoals `uuid`."
    )
    object_id: str = strawberry.field(description="De waarde van dat gegeven.")


class Target:
    """Where references of one form lead.

    Attributes:
        kind: of the register that owns it.
        resource: the path segment before the uuid.
    """

    def __init__(self, kind: RegisterKind, resource: str) -> None:
        self.kind: RegisterKind = kind
        self.resource = resource

    def urls(
        self, parents: Sequence[Verwijzing], context: RequestContext
    ) -> list[str | None]:
        """The address of each; None where four parts mean no configured register."""
        directory = context.registers.directory
        return [
            directory.url_of(parent.identificator, self.kind, self.resource)
            if parent.identificator
            else parent.url
            for parent in parents
        ]

    def url(self) -> BatchField:
        """Make the field `url`."""

        @batch(
            URL | None,
            description="Het adres waar het gegeven staat; leeg bij een verwijzing in"
            " vier delen die geen van de aangesloten registers aanduidt.",
        )
        def url(parents: Sequence[Verwijzing], info: Info) -> list[str | None]:
            return self.urls(parents, info.context)

        return url

    def uuid(self) -> BatchField:
        """Make the field `uuid`."""

        @batch(
            UUID | None,
            description="De sleutel in het register, als de verwijzing die noemt.",
        )
        def uuid(parents: Sequence[Verwijzing], info: Info) -> list[UUID | None]:
            urls = self.urls(parents, info.context)
            return [
                parse_uuid(_last_part(url, parent))
                for url, parent in zip(urls, parents, strict=True)
            ]

        return uuid

    def bron(self) -> BatchField:
        """Make the field `bron`."""

        @batch(
            str | None,
            description="De naam van het aangesloten register waar het gegeven staat;"
            " leeg als geen aangesloten register het heeft.",
        )
        def bron(parents: Sequence[Verwijzing], info: Info) -> list[str | None]:
            urls = self.urls(parents, info.context)
            return [url and info.context.registers.bron(url) for url in urls]

        return bron

    def identificator(self) -> BatchField:
        """Make the field `identificator`."""

        @batch(
            Identificator | None,
            description="De verwijzing in vier delen, als die zo is vastgelegd.",
        )
        def identificator(
            parents: Sequence[Verwijzing],
        ) -> list[IdentificatorRecord | None]:
            return [parent.identificator for parent in parents]

        return identificator


def _last_part(url: str | None, reference: Verwijzing) -> str:
    if url is None and reference.identificator is not None:
        return reference.identificator.object_id
    return (url or "").rpartition("/")[2]


ZAAK = Target("zaken", "zaken")
DOCUMENT = Target("documenten", "enkelvoudiginformatieobjecten")
OBJECT = Target("objecten", "objects")


def unmapped() -> UnknownRegister:
    """The answer for four parts that mean no configured register."""
    return UnknownRegister("no configured register is meant by this identificator")
