"""Every setting, its default and its meaning: from the environment or TOML.

The environment (`KLANTBEELD_…`) wins over the TOML file that `KLANTBEELD_CONFIG`
names (default: `klantbeeld.toml` in the current folder). Nothing else in the gateway
reads the environment.
"""

import json
import os
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from gateway.errors import InvalidSettings
from gateway.settings.addresses import BaseUrl, DatabaseUrl
from gateway.settings.agreement import nobody_asked
from gateway.settings.cache import CacheSettings
from gateway.settings.identity import IdentitySettings
from gateway.settings.importing import OpenKlantSettings
from gateway.settings.limits import LimitSettings
from gateway.settings.names import PREFIX, name_of, unknown_variables
from gateway.settings.problems import with_problems
from gateway.settings.recording import RecordingSettings
from gateway.settings.referentielijsten import ReferentielijstenSettings
from gateway.settings.registers import (
    HeaderSecret,
    RegisterKind,
    RegisterSettings,
    clashes,
)
from gateway.settings.retention import RetentionSettings
from gateway.settings.traces import TraceSettings

__all__ = [
    "PREFIX",
    "CacheSettings",
    "DemoSettings",
    "IdentitySettings",
    "LimitSettings",
    "RegisterKind",
    "RegisterSettings",
    "ServedSettings",
    "Settings",
    "TraceSettings",
    "doubts",
    "load_settings",
]


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

    graphql_core: bool = Field(
        default=False,
        description="Have graphql-core run every operation: slower, the same answers.",
    )

    deadline_seconds: float = Field(default=5.0, gt=0, le=600)
    max_deadline_seconds: float = Field(default=30.0, gt=0, le=600)

    cache: CacheSettings = CacheSettings()
    identity: IdentitySettings = IdentitySettings()
    limits: LimitSettings = LimitSettings()
    open_klant: OpenKlantSettings | None = None
    recording: RecordingSettings = RecordingSettings()
    referentielijsten: ReferentielijstenSettings = ReferentielijstenSettings()
    retention: RetentionSettings = RetentionSettings()
    traces: TraceSettings = TraceSettings()

    notificaties_secret: HeaderSecret | None = Field(
        default=None,
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
        problems = clashes(given) if isinstance(given, list | tuple) else []
        return with_problems(cls.__name__, problems, lambda: handler(given))

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
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, _toml()),
        )


class ServedSettings(Settings):
    """What is served must know whom to believe of who asks."""

    @model_validator(mode="wrap")
    @classmethod
    def _somebody_is_asked(
        cls, given: object, handler: ModelWrapValidatorHandler[Self]
    ) -> Self:
        """Look at it as it is given: all problems are told at once."""
        identity = given.get("identity") if isinstance(given, dict) else None
        problems = [nobody_asked(identity)]
        at = ("identity", "issuers")
        return with_problems(cls.__name__, problems, lambda: handler(given), at=at)


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


def load_settings(kind: type[Settings] = Settings) -> Settings:
    """Read the settings from the environment and TOML.

    Args:
        kind: with what a command needs beside.

    Raises:
        InvalidSettings: with every problem found, one sentence each.
    """
    try:
        return kind()
    except ValidationError as error:
        toml = TomlConfigSettingsSource(kind, _toml()).toml_data
        raise InvalidSettings(
            [
                f"{name_of(kind, problem['loc'], toml=toml, environment=os.environ)}:"
                f" {problem['msg'].removeprefix('Value error, ')}"
                for problem in error.errors(include_input=False, include_url=False)
            ]
        ) from None
    except ValueError as error:  # TOML or JSON that cannot be read
        raise InvalidSettings([_unreadable(error)]) from None


def _unreadable(error: ValueError) -> str:
    """Name the variable; pydantic-settings names the group that it belongs to only."""
    cause = error.__cause__
    if not isinstance(cause, json.JSONDecodeError):
        return f"the configuration cannot be read: {error}"
    names = [
        name
        for name, value in os.environ.items()
        if name.upper().startswith(PREFIX) and value == cause.doc
    ]
    return f"{' or '.join(names)}: must be JSON: {cause}"


def _toml() -> Path:
    named = os.environ.get(f"{PREFIX}CONFIG")
    if named is not None and not Path(named).is_file():
        raise ValueError(f"there is no file {named} ({PREFIX}CONFIG)")
    return Path(named or "klantbeeld.toml")


def doubts() -> list[str]:
    """Say what in the environment looks like a setting, but is none."""
    return list(unknown_variables(Settings, os.environ))
