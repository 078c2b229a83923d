"""Reading the registers' OpenAPI files, and judging answers by them.

They are not part of this repository: they are read from the folder that
`KLANTBEELD_CONTRACTS` names, or from `shared/contracts` beside the checkout. Nothing is
fetched: what a file refers to elsewhere is taken for any object.
"""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import yaml
from openapi_schema_validator import OAS30Validator, oas30_format_checker

from gateway.demo.standins.records import Json, Payload

CONTRACTS = Path(
    os.environ.get("KLANTBEELD_CONTRACTS")
    or Path(__file__).parents[3] / "shared" / "contracts"
)
WITHOUT = f"no contracts in {CONTRACTS}: set KLANTBEELD_CONTRACTS to their folder"

# The register's name here, and that of its file.
FILES = {
    "zaken": "zaken",
    "catalogi": "catalogi",
    "documenten": "documenten",
    "objecten": "objects",
    "notificaties": "vng-notificaties-1.0.1",
    "open-klant": "openklant-klantinteracties",
    "ontvanger": "vng-notificaties-consumer",
}

_DURATION = re.compile(
    r"-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
)


def is_uri(value: object) -> bool:
    # OAS: format uri; Open Zaak 1.30 sends "" for one that is not filled in.
    return not isinstance(value, str) or value == "" or bool(urlsplit(value).scheme)


def is_duration(value: object) -> bool:
    return not isinstance(value, str) or bool(_DURATION.fullmatch(value))


oas30_format_checker.checks("uri")(is_uri)
oas30_format_checker.checks("duration")(is_duration)


@cache
def contract(register: str) -> Payload:
    text = (CONTRACTS / f"{FILES[register]}.yaml").read_text(encoding="utf-8")
    read = cast("Payload", yaml.load(text, Loader=yaml.CSafeLoader))
    local = without_remote(read)
    assert isinstance(local, dict)
    return local


def without_remote(value: Json) -> Json:
    if isinstance(value, list):
        return [without_remote(item) for item in value]
    if not isinstance(value, dict):
        return value
    if not str(value.get("$ref", "#")).startswith("#"):
        return {"type": "object"}
    return {name: without_remote(item) for name, item in value.items()}


def within(value: Json, *path: str) -> Payload:
    for step in path:
        assert isinstance(value, dict)
        value = value[step]
    assert isinstance(value, dict)
    return value


def answers(register: str, path: str, method: str = "get") -> Payload:
    """What an operation may answer, by status."""
    return within(contract(register), "paths", path, method, "responses")


def faults(
    register: str, path: str, body: Json, *, method: str = "get", status: int = 200
) -> list[str]:
    """What is wrong with an answer, by the schema of its operation and status."""
    (media,) = within(answers(register, path, method), str(status), "content").values()
    return _faults(register, within(media, "schema"), body)


def faults_by(register: str, schema: str, body: Json) -> list[str]:
    """What is wrong with a body, by a schema of the contract."""
    return _faults(register, {"$ref": f"#/components/schemas/{schema}"}, body)


def _faults(register: str, schema: Payload, body: Json) -> list[str]:
    whole: Payload = {
        "allOf": [schema],
        "components": contract(register)["components"],
    }
    validator = OAS30Validator(whole, format_checker=oas30_format_checker)
    return [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
        for error in validator.iter_errors(body)
    ]


def choices(register: str, path: str, method: str, name: str) -> Iterator[str]:
    """The values that a query's parameter may have."""
    parameters = within(contract(register), "paths", path, method)["parameters"]
    assert isinstance(parameters, list)
    for each in parameters:
        if isinstance(each, dict) and each["name"] == name:
            listed = within(each, "schema", "items")["enum"]
            assert isinstance(listed, list)
            yield from map(str, listed)
