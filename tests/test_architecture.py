"""Who may import what: arrows point one way, and foreign libraries have one door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Runs when the package is installed, and knows no other module of it.
BUILD_HOOK = "gateway.edge.explorer.build_hook"

# imported package -> the modules (or packages, with .*) that may import it
ALLOWED = {
    "schema": ("schema.*", "gateway.app", "gateway.__main__"),
    "httpx": ("gateway.registers.wire.*", "gateway.identity.tokens.jwks"),
    "aiohttp": ("gateway.registers.wire.*",),
    "httpx_aiohttp": ("gateway.registers.wire.transport",),
    "cachetools": (
        "gateway.edge.rates",
        "gateway.execution.documents",
        "gateway.execution.planning.plans",
        "gateway.identity.tokens.tokens",
        "gateway.registers.reading.cache",
        "gateway.registers.reading.rights",
    ),
    "strawberry": (
        "schema.*",
        "gateway.checking.*",
        "gateway.execution.*",
        "gateway.edge.graphql",
    ),
    "graphql": (
        "schema.*",
        "gateway.checking.*",
        "gateway.execution.*",
        "gateway.edge.*",
        "gateway.documenting.*",
    ),
    "sqlalchemy": ("gateway.store.*", "gateway.demo.municipality"),
    "asyncpg": ("gateway.store.*",),
    "alembic": ("gateway.store.*",),
    "starlette": ("gateway.app", "gateway.edge.*", "gateway.demo.*"),
    "uvicorn": ("gateway.__main__", "gateway.demo.*", "gateway.serve"),
    "typer": ("gateway.__main__",),
    "opentelemetry": (
        "gateway.tracing",
        "gateway.identity.trail.processing",
        "gateway.identity.trail.exporters",
        "gateway.identity.trail.otlp",
    ),
    "requests": ("gateway.identity.trail.otlp",),
    "babel": ("gateway.referentielijsten.namen",),
    "joserfc": (
        "gateway.registers.wire.credentials",
        "gateway.identity.tokens.keys",
        "gateway.identity.tokens.tokens",
        "gateway.demo.issuer",
        "gateway.demo.standins.*",
        "gateway.traps.tokens",
    ),
    "pydantic": ("gateway.settings.*",),
    "pydantic_settings": ("gateway.settings",),
    "gateway.edge": ("gateway.edge.*", "gateway.app", "gateway.demo.*"),
    "gateway.demo": ("gateway.demo.*", "gateway.__main__"),
    "gateway.documenting": ("gateway.documenting.*", "gateway.__main__"),
    "gateway.traps": ("gateway.traps.*", "gateway.__main__"),
    "gateway.registers": (
        "gateway.registers.*",
        "gateway.traps.*",
        "gateway.app",
        "gateway.process",
        "gateway.context",
        "gateway.identity.sight.*",
        "gateway.check",
        "gateway.importing.*",
        "gateway.subscribe",
        "gateway.__main__",
        "gateway.edge.notificaties",
        "gateway.retention.archief",
        "gateway.retention.purge",
        "schema.*",
    ),
    "gateway.registers.reading": ("gateway.registers.*",),
    "gateway.registers.wire": (
        "gateway.registers.*",
        "gateway.app",
        "gateway.process",
        "gateway.check",
        "gateway.importing.*",
        "gateway.subscribe",
        "gateway.retention.purge",
        "gateway.traps.*",
    ),
    "gateway.store": (
        "gateway.store.*",
        "gateway.app",
        "gateway.process",
        "gateway.context",
        "gateway.identity.sight.deciding",
        "gateway.identity.sight.sight",
        "gateway.identity.trail.trail",
        "gateway.identity.trail.witness",
        "gateway.importing.*",
        "gateway.check",
        "gateway.inzagen",
        "gateway.recording.*",
        "gateway.retention.*",
        "gateway.__main__",
        "gateway.demo.*",
        "schema.*",
    ),
    "gateway.retention": (
        "gateway.retention.*",
        "gateway.recording.*",
        "gateway.__main__",
        "schema.mutation.*",
    ),
    "gateway.recording": (
        "gateway.recording.*",
        "gateway.app",
        "gateway.process",
        "gateway.context",
        "schema.mutation.*",
    ),
    "gateway.referentielijsten": (
        "gateway.referentielijsten.*",
        "gateway.settings.referentielijsten",
        "gateway.process",
        "gateway.context",
        "gateway.recording.*",
        "schema.*",
    ),
    "gateway.importing": ("gateway.importing.*", "gateway.__main__"),
    "gateway.checking": (
        "gateway.checking.*",
        "gateway.context",
        "gateway.process",
        "schema",
    ),
    "gateway.execution": (
        "gateway.checking.*",
        "gateway.execution.*",
        "gateway.context",
        "gateway.process",
        "schema.*",
    ),
    "gateway.identity": (
        "gateway.identity.*",
        "gateway.settings.*",
        "gateway.app",
        "gateway.process",
        "gateway.context",
        "gateway.edge.*",
        "gateway.check",
        "gateway.inzagen",
        "gateway.recording.*",
        "gateway.retention.disclose",
        "schema.*",
    ),
    "gateway.app": ("gateway.__main__", "gateway.demo.*"),
    "gateway.context": ("gateway.app", "gateway.process", "schema.*"),
    "gateway.process": ("gateway.app",),
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in ("gateway", "schema"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(part for part in parts if part != "__init__")
            yield name, ast.parse(path.read_text())


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inside(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def permitted(module: str, allowed: tuple[str, ...]) -> bool:
    return any(
        inside(module, entry[:-2]) if entry.endswith(".*") else module == entry
        for entry in allowed
    )


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_is_imported_only_where_it_may_be(package: str) -> None:
    offenders = [
        f"{module} imports {name}"
        for module, tree in modules()
        for name in imported(tree)
        if inside(name, package) and not permitted(module, ALLOWED[package])
    ]
    assert offenders == []


def test_another_project_could_lift_the_executor_out() -> None:
    """It knows GraphQL, but nothing of what is executed here."""
    own = [
        f"{module} imports {name}"
        for module, tree in modules()
        for name in imported(tree)
        if inside(module, "gateway.execution")
        and inside(name, "gateway")
        and not inside(name, "gateway.execution")
    ]
    assert own == []


def test_only_the_settings_read_the_environment() -> None:
    offenders = [
        module
        for module, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv"}
        and module not in {"gateway.settings", BUILD_HOOK}
    ]
    assert offenders == []


def test_importing_the_gateway_imports_no_room() -> None:
    trees = dict(modules())
    assert list(imported(trees["gateway"])) == []


def test_no_module_is_longer_than_its_budget() -> None:
    long = {
        path.name: lines
        for package in ("gateway", "schema")
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts
        and (lines := len(path.read_text().splitlines())) > 400
    }
    assert long == {}
