"""A frontend with types generated for its own queries, by the line that is documented."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import GraphQLScalarType, build_schema, is_specified_scalar_type

from gateway.demo.callers import KLANT, MEDEWERKER, DemoCaller
from schema import schema
from tests.demo.running import ROOT, Shown, running
from tests.frontend.npm import modules, program

HERE = Path(__file__).parent
CONFIG = ROOT / "schema" / "codegen.mjs"
PATIENCE = 120.0
SANNE = """\
1001 Sanne van der Veldt
2026-10-05T07:00:00Z berichtenbox: klanttaak Beoordeel hoe we uw meldingen afhandelden;\
 klanttaak Laat ons weten of uw buurtfeest in 2027 doorgaat; Twee vragen die op u wachten
2026-09-14T07:20:00Z telefoon: zaak ZAAK-2026-0000000178;\
 klanttaak Kies een moment voor de schouw van het fietspad; InterneTaakOnderwerp
2026-08-17T18:35:00Z e-mail: Uitnodiging voor de evaluatie van het buurtfeest;\
 zaak ZAAK-2026-0000000321
2026-08-03T19:05:00Z chat: klanttaak Vul uw aanvraag voor zonnepanelen aan;\
 zaak ZAAK-2026-0000000243
"""
NO_NETWORK = {**os.environ, "npm_config_offline": "true", "NO_COLOR": "1"}


def line_of_the_manual() -> tuple[str, str]:
    """What it installs, and what it runs."""
    (line,) = re.findall(
        r"^//\s+npm install --save-dev (.*)$", CONFIG.read_text(), re.MULTILINE
    )
    packages, _, command = line.partition(" && ")
    return packages, command


def a_frontend(beside: Path) -> Path:
    """A folder of a frontend, beside this project, with its packages installed."""
    folder = beside / "frontend"
    shutil.copytree(HERE / "src", folder / "src")
    shutil.copy(HERE / "tsconfig.json", folder)
    (folder / "node_modules").symlink_to(modules())
    (beside / "klantbeeld").symlink_to(ROOT)
    return folder


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A frontend with its types."""
    folder = a_frontend(tmp_path_factory.mktemp("generated"))
    _, command = line_of_the_manual()
    code, said = run(command, folder)
    assert code == 0, said
    return folder


@pytest.fixture
def frontend(generated: Path, tmp_path: Path) -> Path:
    """The same, to change."""
    return shutil.copytree(generated, tmp_path / "frontend", symlinks=True)


def run(command: str, folder: Path) -> tuple[int, str]:
    """A command line's exit code, and all it said."""
    name, *arguments = command.split()
    done = subprocess.run(  # noqa: S603 - our own arguments
        [program(name), *arguments],
        cwd=folder,
        env=NO_NETWORK,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    return done.returncode, done.stdout


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def test_each_scalar_has_a_type() -> None:
    kinds = build_schema(schema.as_str()).type_map.values()
    scalars = {
        kind.name
        for kind in kinds
        if isinstance(kind, GraphQLScalarType) and not is_specified_scalar_type(kind)
    }
    (block,) = re.findall(r"scalars: \{(.*?)\}", CONFIG.read_text(), re.DOTALL)
    told = re.findall(r'^\s*(\w+): "(?:string|unknown)",$', block, re.MULTILINE)
    assert told == sorted(scalars)


def test_the_tests_have_what_the_line_installs() -> None:
    packages, _ = line_of_the_manual()
    wanted = (ROOT / "tests" / "frontend" / "package.json").read_text()
    assert [each for each in packages.split() if f'"{each}"' not in wanted] == []


def test_the_readme_has_that_line() -> None:
    packages, command = line_of_the_manual()
    line = f"npm install --save-dev {packages} && {command}\n"
    assert (ROOT / "README.md").read_text().count(line) == 1


@pytest.fixture(scope="module")
def shown(public_folder: Path) -> Iterator[Shown]:
    with running(public_folder / "typed", "--port", "0") as demo:
        yield demo.started()


def asked(frontend: Path, shown: Shown, who: DemoCaller) -> tuple[int, str]:
    """What its page says, once compiled."""
    assert run("npx tsc", frontend) == (0, "")
    return run(f"node out/main.js {shown.address} {shown.tokens[who.name]}", frontend)


@pytest.mark.npm
def test_it_compiles_and_reads_a_klantbeeld(frontend: Path, shown: Shown) -> None:
    assert asked(frontend, shown, KLANT) == (0, SANNE)


@pytest.mark.npm
def test_it_compiles_for_a_bundler_too(frontend: Path) -> None:
    bundled = "--module esnext --moduleResolution bundler"
    assert run(f"npx tsc --noEmit {bundled}", frontend) == (0, "")


@pytest.mark.npm
def test_it_says_what_is_not_for_who_asks(frontend: Path, shown: Shown) -> None:
    assert asked(frontend, shown, MEDEWERKER) == (0, "mijnKlantbeeld FORBIDDEN\n")


@pytest.mark.npm
def test_what_is_not_valid_is_no_answer(frontend: Path, shown: Shown) -> None:
    """A frontend whose types are of another version of the schema."""
    generated = frontend / "src" / "klantbeeld" / "graphql.ts"
    change(generated, '"value":"plaatsgevondenOp"', '"value":"gevondenOp"')
    code, said = asked(frontend, shown, KLANT)
    assert (code, "Error: HTTP 400: " in said) == (1, True)


@pytest.mark.npm
def test_what_cannot_be_asked_is_not_generated(tmp_path: Path) -> None:
    frontend = a_frontend(tmp_path)
    change(frontend / "src" / "main.ts", "          kanaal\n", "          kannaal\n")
    _, command = line_of_the_manual()
    code, said = run(command, frontend)
    assert code == 1
    assert 'Cannot query field "kannaal" on type "Klantcontact"' in said
    assert not (frontend / "src" / "klantbeeld").exists()


@pytest.mark.npm
@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("contact.kanaal ", "contact.kannaal ", "Property 'kannaal' does not exist"),
        ("contact.kanaal ", "contact.taal ", "Property 'taal' does not exist"),
        ("return onderwerp.tekst;", "return onderwerp.zaak;", "'zaak' does not exist"),
        ("{ aantal: 4 }", '{ aantal: "4" }', "'string' is not assignable"),
        ("if (!klantbeeld) return;", "", "'klantbeeld' is possibly 'null'"),
        ("data?.mijn", "data.mijn", "'data' is possibly 'null' or 'undefined'"),
    ],
    ids=[
        "no such field",
        "not asked",
        "of another member",
        "variable",
        "null",
        "no data",
    ],
)
def test_what_is_not_in_the_answer_does_not_compile(
    frontend: Path, old: str, new: str, problem: str
) -> None:
    change(frontend / "src" / "main.ts", old, new)
    code, said = run("npx tsc", frontend)
    assert (code != 0, problem in said) == (True, True)
    assert not (frontend / "out").exists()
