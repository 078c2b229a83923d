"""What a Notificaties API tells: that something changed, not what.

Source: Notifications webhook receiver 1.0.0-rc1, Notificatie.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, NamedTuple

import msgspec

from gateway.registers.records import UNREADABLE, DateTime
from gateway.settings import RegisterKind

KANALEN: Mapping[RegisterKind, tuple[str, ...]] = MappingProxyType(
    {
        "zaken": ("zaken",),
        "catalogi": ("zaaktypen", "informatieobjecttypen"),
        "documenten": ("documenten",),
        "objecten": ("objecten",),
    }
)
"""Where changes of a register's records are told, as Open Zaak 1.30 and Open Object 4.0
name the kanalen."""

WHOLE = "nonFieldErrors"
"""What ZGW calls a message that is wrong as a whole."""

# RFC 3986, section 3: a scheme, and printable ASCII.
_Uri = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z][A-Za-z0-9+.-]*:[!-~]*\Z")]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class Notificatie(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One message; other properties are ignored."""

    kanaal: Annotated[str, msgspec.Meta(min_length=1, max_length=50)]
    hoofd_object: _Uri
    resource: _Name
    resource_url: _Uri
    actie: _Name
    aanmaakdatum: DateTime
    kenmerken: dict[str, Annotated[str, msgspec.Meta(max_length=1000)]] = {}


class InvalidParam(NamedTuple):
    """What is wrong with one property; FieldValidationError in the contract.

    Attributes:
        name: of the property.
        code: `required`, `invalid` or `parse_error`.
        reason: the rule that it breaks, never its value.
    """

    name: str
    code: str
    reason: str


class InvalidNotificatie(Exception):
    """A message outside its contract.

    Attributes:
        params: all that is wrong.
    """

    def __init__(self, params: Sequence[InvalidParam]) -> None:
        super().__init__("a notification is outside its contract")
        self.params = tuple(params)


def parse_notificatie(body: bytes) -> Notificatie:
    """Read one message.

    Raises:
        InvalidNotificatie: with everything that is wrong.
    """
    try:
        return msgspec.json.decode(body, type=Notificatie)
    except UNREADABLE:
        raise InvalidNotificatie(_problems(body)) from None


def _problems(body: bytes) -> list[InvalidParam]:
    try:
        given = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        return [InvalidParam(WHOLE, "invalid", "must be an object")]
    except UNREADABLE:
        return [InvalidParam(WHOLE, "parse_error", "must be JSON")]
    found = [
        problem
        for field in msgspec.structs.fields(Notificatie)
        if (problem := _problem(field, given.get(field.encode_name))) is not None
    ]
    # The last one of a name is what was looked at, here.
    return found or [InvalidParam(WHOLE, "invalid", "must have each property once")]


def _problem(
    field: msgspec.structs.FieldInfo, given: msgspec.Raw | None
) -> InvalidParam | None:
    name = field.encode_name
    if given is None:
        missing = InvalidParam(name, "required", "must be there")
        return missing if field.required else None
    try:
        msgspec.json.decode(given, type=field.type)
    except msgspec.ValidationError as error:
        # msgspec names the rule, and after this where in the value it was broken.
        return InvalidParam(name, "invalid", str(error).partition(" - at ")[0])
    except UNREADABLE:
        return InvalidParam(name, "parse_error", "must be JSON")
    return None
