"""Judging the stand-in's answers by Open Klant's OpenAPI file.

That is read as it is meant, where it says otherwise than what Open Klant 2.18 answers:
null for an object of its own that is `nullable` beside `allOf` (by OAS 3.0.3 each schema
in `allOf` would have to allow it), and "" for a text with a pattern, format or least length that is not
filled in.
"""

from collections.abc import Iterator
from functools import cache

from openapi_schema_validator import OAS30Validator, oas30_format_checker

from gateway.registers.records import Json
from tests.demo.contracts import contract, within
from tests.importing.standin import Payload


def faults(path: str, body: Json) -> Iterator[str]:
    """What is wrong with an answer; of several ways to be right, the nearest."""
    content = within(_meant(), "paths", path, "get", "responses", "200", "content")
    schema = within(content, "application/json", "schema")
    whole: Payload = {"allOf": [schema], "components": _meant()["components"]}
    validator = OAS30Validator(whole, format_checker=oas30_format_checker)
    for error in validator.iter_errors(body):
        yield f"{'.'.join(map(str, error.absolute_path))}: {error.message}"


@cache
def _meant() -> Payload:
    read = meant(contract("open-klant"))
    assert isinstance(read, dict)
    return read


def meant(value: Json) -> Json:
    if isinstance(value, list):
        return [meant(item) for item in value]
    if not isinstance(value, dict):
        return value
    schema = {name: meant(item) for name, item in value.items()}
    if schema.get("nullable") is True and "allOf" in schema:
        nothing: Json = {"type": "object", "nullable": True, "maxProperties": 0}
        return {"anyOf": [nothing, {**schema, "nullable": False}], "nullable": True}
    if schema.get("type") == "string" and {"pattern", "format", "minLength"} & set(
        schema
    ):
        blank: Json = {"type": "string", "maxLength": 0}
        return {"anyOf": [schema, blank], "nullable": schema.get("nullable", False)}
    return schema
