"""Every setting, its default and its meaning: from the environment or TOML.

The environment (`KLANTBEELD_…`) wins over the TOML file that `KLANTBEELD_CONFIG`
names (default: `klantbeeld.toml` in the current folder). Nothing else in the gateway
reads the environment.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    ValidationError,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from gateway.errors import InvalidSettings

PREFIX = "KLANTBEELD_"

_SHORTEST_SECRET = 14
"""Of the HS256 key; joserfc warns of shorter ones."""

V = TypeVar("V")

RegisterKind = Literal["zaken", "catalogi", "documenten", "objecten", "notificaties"]
"""What a register speaks. Notificaties is read by nobody: it tells what changed."""


def _checked_base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an absolute http(s) address")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ValueError("must have no query, fragment or credentials")
    if not all(0 < len(label) < 64 for label in parts.hostname.split(".")):
        raise ValueError("must have a host whose name can be one")
    _check_port(value)
    return value.rstrip("/")


def _checked_database_url(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(("postgresql://", "postgres://")):
        raise ValueError("must be a postgresql:// address")
    _check_port(value.get_secret_value())
    return value


def _check_port(address: str) -> None:
    try:
        _ = urlsplit(address).port
    except ValueError:
        raise ValueError("must have a port from 0 to 65535, or none") from None


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
        if not re.fullmatch(r"[!-~]([ -~]*[!-~])?", header.get_secret_value()):
            raise ValueError(f"the value of {name} must be printable ASCII")
    return value


# What the gateway says itself in every request to a register.
_OWN_HEADERS = frozenset(
    {
        *("accept", "accept-crs", "accept-encoding", "authorization", "connection"),
        *("content-crs", "content-length", "content-type", "host", "if-none-match"),
        *("te", "trailer", "transfer-encoding", "upgrade"),
    }
)

BaseUrl = Annotated[str, AfterValidator(_checked_base_url)]
ExistingFile = Annotated[Path, AfterValidator(_checked_file)]
Headers = Annotated[dict[str, SecretStr], AfterValidator(_checked_headers)]
Seconds = Annotated[float, Field(ge=0, le=30 * 24 * 3600, allow_inf_nan=False)]
Lifetime = Annotated[float, Field(ge=0.05, le=30 * 24 * 3600, allow_inf_nan=False)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_checked_database_url)]


class RegisterSettings(BaseModel):
    """One register: where it is, what it speaks, how it knows us.

    Objecten takes `token`; all others take `client_id` and `secret` (ZGW JWT, HS256).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    kind: RegisterKind
    base_url: BaseUrl
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
        return _with_problems(cls.__name__, problems, lambda: handler(given))


class CacheSettings(BaseModel):
    """How long answers of registers are good for, in seconds, and how many are kept.

    A lifetime cannot be 0: what came along in one answer is read by its own URL.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    types_seconds: Lifetime = Field(default=4 * 3600, description="Published types.")
    zaken_seconds: Lifetime = 60
    documenten_seconds: Lifetime = 60
    objecten_seconds: Lifetime = 60
    absent_seconds: Seconds = Field(default=10, description="That it is not there.")
    stale_seconds: Seconds = Field(
        default=3600, description="How much longer when the register fails."
    )
    max_entries: int = Field(default=50_000, ge=1_000)
    max_bytes: int = Field(default=100_000_000, ge=1_000_000)


class Settings(BaseSettings):
    """All of them; see the README's table for their meaning."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",  # KLANTBEELD_CACHE__ZAKEN_SECONDS
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: DatabaseUrl = Field(description="The runtime role's database.")
    migration_url: DatabaseUrl | None = Field(
        default=None, description="The owner's, for `migrate`; default: database_url."
    )
    # NoDecode: text that is no JSON is this setting's problem, not the end of reading.
    registers: Annotated[tuple[RegisterSettings, ...], NoDecode] = ()
    max_page_size: int = Field(default=100, ge=1, le=1000)
    max_body_bytes: int = Field(default=1_000_000, ge=1_000)
    database_pool_size: int = Field(default=10, ge=1, le=200)

    deadline_seconds: float = Field(default=5.0, gt=0, le=600)
    max_deadline_seconds: float = Field(default=30.0, gt=0, le=600)

    cache: CacheSettings = CacheSettings()

    notificaties_secret: SecretStr | None = Field(
        default=None,
        min_length=_SHORTEST_SECRET,
        description="What stands in Authorization of a notification.",
    )
    notificaties_callback_url: BaseUrl | None = Field(
        default=None, description="Where the Notificaties API reaches this gateway."
    )

    @model_validator(mode="after")
    def _usual_deadline_within_the_longest(self) -> Self:
        if self.deadline_seconds > self.max_deadline_seconds:
            raise ValueError("deadline_seconds must not exceed max_deadline_seconds")
        return self

    @field_validator("registers", mode="wrap")
    @classmethod
    def _registers_together(
        cls, given: object, handler: ValidatorFunctionWrapHandler
    ) -> tuple[RegisterSettings, ...]:
        """Look at the list beside its members: all problems are told at once."""
        if isinstance(given, str):  # the environment's
            try:
                given = json.loads(given)
            except ValueError as error:
                raise ValueError(f"must be a JSON list: {error}") from None
        problems = _clashes(given) if isinstance(given, list | tuple) else []
        return _with_problems(cls.__name__, problems, lambda: handler(given))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over TOML."""
        named = os.environ.get(f"{PREFIX}CONFIG")
        if named is not None and not Path(named).is_file():
            raise ValueError(f"there is no file {named} ({PREFIX}CONFIG)")
        toml = named or "klantbeeld.toml"
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, Path(toml)),
        )


def _credentials_problem(given: Mapping[str, object]) -> str | None:
    def text(name: str) -> str:
        value = given.get(name, "")
        return value.get_secret_value() if isinstance(value, SecretStr) else str(value)

    kind, token, secret = given.get("kind"), text("token"), text("secret")
    rules: tuple[tuple[object, str], ...] = (
        (token, "a register of kind objecten needs token"),
        (re.fullmatch("[!-~]*", token), "token must be printable ASCII, no spaces"),
    )
    if kind != "objecten":
        rules = (
            (
                text("client_id") and secret,
                f"a register of kind {kind} needs client_id and secret",
            ),
            (
                len(secret) >= _SHORTEST_SECRET,
                f"secret must have at least {_SHORTEST_SECRET} characters",
            ),
        )
    return next((problem for holds, problem in rules if not holds), None)


def _key_problem(given: Mapping[str, object]) -> str | None:
    alone = given.get("client_key") and not given.get("client_certificate")
    return "client_key needs client_certificate" if alone else None


def _clashes(registers: Sequence[object]) -> list[str | None]:
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


def _with_problems(
    title: str, problems: Sequence[str | None], validate: Callable[[], V]
) -> V:
    """Validate, and tell these problems beside the ones that it finds.

    Raises:
        ValidationError: with all of them.
    """
    found: list[InitErrorDetails] = [
        {"type": PydanticCustomError("settings", problem), "loc": (), "input": None}
        for problem in problems
        if problem is not None
    ]
    try:
        made = validate()
    except ValidationError as error:
        found += [
            {
                "type": PydanticCustomError("settings", each["msg"]),
                "loc": each["loc"],
                "input": None,
            }
            for each in error.errors(include_input=False, include_url=False)
        ]
    else:
        if not found:
            return made
    raise ValidationError.from_exception_data(title, found)


class DemoSettings(BaseSettings):
    """What `klantbeeld demo` needs; it makes the rest itself."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, env_ignore_empty=True
    )

    data_dir: Path | None = Field(
        default=None,
        description="Where the demo keeps its data; default: /var/lib/klantbeeld "
        "as root, else ~/.local/share/klantbeeld.",
    )


def load_settings() -> Settings:
    """Read the settings from the environment and TOML.

    Raises:
        InvalidSettings: with every problem found, one sentence each.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise InvalidSettings(
            [
                f"{_name_of(problem['loc'])}:"
                f" {problem['msg'].removeprefix('Value error, ')}"
                for problem in error.errors(include_input=False, include_url=False)
            ]
        ) from None
    except ValueError as error:  # TOML or JSON that cannot be read
        raise InvalidSettings([f"the configuration cannot be read: {error}"]) from None


def _name_of(location: tuple[int | str, ...]) -> str:
    if not location:
        return "settings"
    first, *rest = location
    path = "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}" for part in rest
    )
    return f"{PREFIX}{str(first).upper()}{path}"
