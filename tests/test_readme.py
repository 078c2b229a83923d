"""What the README says of settings, limits and commands is so."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from gateway.__main__ import app
from gateway.identity.rechten import Recht
from gateway.settings import DemoSettings, Settings
from gateway.settings.limits import LimitSettings

README = (Path(__file__).parents[1] / "README.md").read_text()
SECRET = "een-geheim-van-meer-dan-32-tekens-0123456789"
# Read from the environment by themselves, not settings of the gateway.
BESIDE = {"KLANTBEELD_CONFIG", "KLANTBEELD_CONTRACTS", "KLANTBEELD_EXAMPLES"}


def named(model: type[BaseModel], prefix: str) -> set[str]:
    """Environment variables of a model's settings, nested ones included."""
    found = set()
    for name, field in model.model_fields.items():
        variable = f"{prefix}{name.upper()}"
        found.add(variable)
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= named(kind, f"{variable}__")
    return found


def test_its_configuration_is_valid_once_filled_in(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    text = "\n".join(blocks).replace("…", SECRET)
    for path in set(re.findall(r'"(/etc/ssl/[^"]+)"', text)):
        file = tmp_path / Path(path).name
        file.touch()
        text = text.replace(path, str(file))
    # What stands in no table comes before the tables.
    made = Settings.model_validate(
        {"database_url": "postgresql://x@/x", **tomllib.loads(text)}
    )
    assert [each.kind for each in made.registers] == [
        "zaken",
        "objecten",
        "notificaties",
    ]
    kinds = {kind for each in made.identity.issuers for kind in each.kinds.values()}
    assert kinds == {"bsn", "rsin", "kvk_nummer", "medewerker", "systeem"}


def test_every_variable_it_names_is_a_setting() -> None:
    known = named(Settings, "KLANTBEELD_") | named(DemoSettings, "KLANTBEELD_") | BESIDE
    mentioned = set(re.findall(r"KLANTBEELD_[A-Z_]*[A-Z]", README))
    # `…__ABSENT_SECONDS` and the like are continued from the variable before.
    assert {name for name in mentioned if name not in known} == set()


@pytest.mark.parametrize("name", LimitSettings.model_fields)
def test_every_limit_is_named(name: str) -> None:
    assert name in README or name.upper() in README


def test_the_limits_it_tells_are_the_defaults() -> None:
    rows = re.findall(
        r"^\|[^|]+\| ([^|]+) \| (`m[^|]+|`in_[^|]+|`d[^|]+) \|$", README, re.MULTILINE
    )
    told = {
        name: int(value.split()[0].replace(",", ""))
        for value, names in rows
        for name in re.findall(r"`(\w+)`", names)
        if name in LimitSettings.model_fields
    }
    limits = LimitSettings()
    assert told == {name: getattr(limits, name) for name in told}
    assert len(told) == 9


def test_every_right_and_command_is_named() -> None:
    assert [right for right in Recht if f"`{right}`" not in README] == []
    commands = [
        each.callback.__name__ for each in app.registered_commands if each.callback
    ]
    assert [name for name in commands if f"klantbeeld {name}" not in README] == []
