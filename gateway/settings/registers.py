"""One register in the settings: where it is, what it speaks, how it knows us."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    model_validator,
)

from gateway.settings.addresses import BaseUrl
from gateway.settings.problems import with_problems

SHORTEST_SECRET = 14
"""Of the HS256 key; joserfc warns of shorter ones."""

RegisterKind = Literal["zaken", "catalogi", "documenten", "objecten", "notificaties"]
"""What a register speaks. Notificaties is read by nobody: it tells what changed."""


_HEADER_VALUE = re.compile(r"[!-~]([ -~]*[!-~])?")


def _checked_file(value: Path) -> Path:
    if not value.is_file():
        raise ValueError("there is no such file")
    return value


def _checked_headers(value: dict[str, SecretStr]) -> dict[str, SecretStr]:
    for name, header in value.items():
        if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", name):
            raise ValueError("a name must be that of an HTTP header")
        if name.lower() in _OWN_HEADERS:
            raise ValueError(f"{name} is the gateway's own")
        if not _HEADER_VALUE.fullmatch(header.get_secret_value()):
            raise ValueError(f"the value of {name} must be printable ASCII")
    return value


# What the gateway says itself in every request to a register.
_OWN_HEADERS = frozenset(
    {
        *("accept", "accept-crs", "accept-encoding", "authorization", "connection"),
        *("content-crs", "content-length", "content-type", "host", "if-none-match"),
        *("te", "traceparent", "tracestate", "trailer", "transfer-encoding"),
        "upgrade",
    }
)


def _checked_secret(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if len(text) < SHORTEST_SECRET:
        raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
    if not _HEADER_VALUE.fullmatch(text):
        raise ValueError("must be printable ASCII, without spaces around it")
    return value


HeaderSecret = Annotated[SecretStr, AfterValidator(_checked_secret)]
ExistingFile = Annotated[Path, AfterValidator(_checked_file)]
Headers = Annotated[dict[str, SecretStr], AfterValidator(_checked_headers)]


class RegisterSettings(BaseModel):
    """One register: where it is, what it speaks, how it knows us.

    Objecten takes `token`; all others take `client_id` and `secret` (ZGW JWT, HS256).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    kind: RegisterKind
    base_url: BaseUrl
    other_urls: tuple[BaseUrl, ...] = Field(
        default=(),
        description="Other addresses that mean it, as behind a proxy; nothing is sent"
        " there.",
    )
    client_id: str = ""
    secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    aliases: tuple[str, ...] = Field(
        default=(),
        description="Values of codeRegister that mean this register, any case.",
    )
    zoek: bool = Field(
        default=True,
        description="Whether it has `_zoek`; without, each record is a request.",
    )
    page_size: int = Field(default=100, ge=1, le=500)
    concurrency: int = Field(default=32, ge=1, le=1000)
    connect_timeout: float = Field(default=2.0, gt=0, le=60, description="seconds")
    read_timeout: float = Field(
        default=4.0,
        gt=0,
        le=60,
        description="Seconds for one answer, from its request to its last byte.",
    )
    max_answer_bytes: int = Field(default=20_000_000, ge=1_000)
    breaker_failures: int = Field(
        default=5,
        ge=1,
        le=1000,
        description="After so many outages in a row it is left alone for a while.",
    )
    breaker_seconds: float = Field(
        default=5.0, gt=0, le=600, description="How long it is left alone."
    )
    ca_bundle: ExistingFile | None = Field(
        default=None, description="PEM; who may vouch for it, instead of certifi's."
    )
    client_certificate: ExistingFile | None = Field(
        default=None, description="PEM; how TLS knows us, with client_key."
    )
    client_key: ExistingFile | None = Field(
        default=None, description="PEM; default: it is in client_certificate."
    )
    headers: Headers = Field(default={}, description="Sent with every request.")

    @model_validator(mode="wrap")
    @classmethod
    def _credentials_fit_the_kind(
        cls, given: object, handler: ModelWrapValidatorHandler[Self]
    ) -> Self:
        """Look at the credentials beside the fields: all problems are told at once."""
        problems: list[str | None] = []
        if isinstance(given, dict):
            problems = [_credentials_problem(given), _key_problem(given)]
        return with_problems(cls.__name__, problems, lambda: handler(given))


def _credentials_problem(given: Mapping[str, object]) -> str | None:
    def text(name: str) -> str:
        value = given.get(name, "")
        return value.get_secret_value() if isinstance(value, SecretStr) else str(value)

    kind, token, secret = given.get("kind"), text("token"), text("secret")
    rules: tuple[tuple[object, str], ...] = (
        (token, "a register of kind objecten needs token"),
        (re.fullmatch("[!-~]*", token), "token must be printable ASCII, no spaces"),
    )
    if kind not in get_args(RegisterKind):
        return None  # which is its own problem
    if kind != "objecten":
        rules = (
            (
                text("client_id") and secret,
                f"a register of kind {kind} needs client_id and secret",
            ),
            (
                len(secret) >= SHORTEST_SECRET,
                f"secret must have at least {SHORTEST_SECRET} characters",
            ),
        )
    return next((problem for holds, problem in rules if not holds), None)


def _key_problem(given: Mapping[str, object]) -> str | None:
    alone = given.get("client_key") and not given.get("client_certificate")
    return "client_key needs client_certificate" if alone else None


def clashes(registers: Sequence[object]) -> list[str | None]:
    """Say what two registers may not both have."""

    def twice(what: str, values: Iterable[object]) -> str | None:
        counted = Counter(str(value) for value in values if value)
        again = sorted(value for value, number in counted.items() if number > 1)
        return f"{what} used twice: {', '.join(again)}" if again else None

    known = [each for each in registers if isinstance(each, dict)]
    aliases = [
        (str(each.get("kind")), str(alias).casefold())
        for each in known
        if isinstance(each.get("aliases"), list | tuple)  # else its own problem
        for alias in each["aliases"]
    ]
    kinds = dict.fromkeys(kind for kind, _ in aliases)
    return [
        twice("name", (each.get("name") for each in known)),
        twice(
            "base_url", (str(each.get("base_url", "")).rstrip("/") for each in known)
        ),
        *(
            twice(f"alias of kind {kind}", (a for k, a in aliases if k == kind))
            for kind in kinds
        ),
    ]
