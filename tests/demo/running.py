"""Starting the demo as a program, and seeing what it left running."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.request import Request, urlopen

from gateway.demo.callers import KLANT, DemoCaller
from gateway.demo.standins.records import Payload
from gateway.demo.welcome import FIRST_QUERY

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
# Another Python finds what this one has installed.
ENVIRONMENT = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}


class Shown(NamedTuple):
    """What the demo shows once it runs.

    Attributes:
        address: of the gateway.
        links: that open its page.
        tokens: by the name of their kind of caller.
        commands: that ask, for a shell.
        looking_back: commands that tell who was shown what, what is held, and is due.
    """

    address: str
    links: Sequence[str]
    tokens: Mapping[str, str]
    commands: Sequence[str]
    looking_back: Sequence[str]

    @classmethod
    def read(cls, text: str) -> "Shown":
        links = re.findall(r"^http\S+#\S+$", text, re.MULTILINE)
        export = re.findall(r"^export\s(?:.*\\\n)+.*$", text, re.MULTILINE)[0]
        after = text.partition(export)[2].partition("\n\n")[0].strip()
        return cls(
            links[0].partition("#")[0],
            links,
            dict(
                re.findall(r"^(\w+): .*\n([\w-]+\.[\w-]+\.[\w-]+)$", text, re.MULTILINE)
            ),
            re.findall(r"^curl (?:.*\\\n)+.*$", text, re.MULTILINE),
            [f"{export}\n{each}" for each in after.splitlines()],
        )

    def headers(self, who: DemoCaller | None) -> dict[str, str]:
        """How somebody asks; without anybody, nobody says who they are."""
        if who is None:
            return {}
        bearer = {"Authorization": f"Bearer {self.tokens[who.name]}"}
        purpose = {"Klantbeeld-Purpose": who.purpose} if who.purpose else {}
        return {**bearer, **purpose}


class Program:
    """A demo in a process of its own; killed when it takes too long."""

    def __init__(
        self,
        folder: Path,
        *options: str,
        user: str | None = None,
        python: str = sys.executable,
        root: Path = ROOT,
        patience: float = PATIENCE,
    ) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own arguments
            [python, "-m", "gateway", "demo", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=root,
            env={**ENVIRONMENT, "KLANTBEELD_DATA_DIR": str(folder)},
            text=True,
            start_new_session=True,
            user=user,
            extra_groups=None if user is None else [],
        )
        self._timer = threading.Timer(patience, self.process.kill)
        self._timer.start()
        self.shown: list[str] = []

    def wait_for(self, text: str) -> str:
        """Read until this stands in a line; that line."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.shown.append(line)
            if text in line:
                return line
        raise AssertionError(f"{text!r} was not shown: {self.shown} {self.end()}")

    def started(self) -> Shown:
        """Wait until it serves."""
        self.wait_for("Ctrl-C ends everything")
        return Shown.read("".join(self.shown))

    def end(self, number: int | None = None) -> tuple[int, str, str]:
        """Send a signal, and wait: the code, the rest of the output, the errors."""
        if number is not None:
            os.killpg(self.process.pid, number)
        out, errors = self.process.communicate()
        self._timer.cancel()
        return self.process.returncode, out, errors


@contextmanager
def running(
    folder: Path,
    *options: str,
    user: str | None = None,
    python: str = sys.executable,
    root: Path = ROOT,
    patience: float = PATIENCE,
) -> Iterator[Program]:
    program = Program(
        folder, *options, user=user, python=python, root=root, patience=patience
    )
    try:
        yield program
    finally:
        if program.process.poll() is None:
            program.process.terminate()
        program.end()


def ask(
    shown: Shown,
    query: str = FIRST_QUERY,
    variables: Mapping[str, object] | None = None,
    *,
    who: DemoCaller | None = KLANT,
) -> Payload:
    """Put a question to a gateway; it must be answered with HTTP 200.

    Args:
        shown: by the demo.
        query: default: the resident's that the demo shows.
        variables: of the query.
        who: asks; None: somebody without a token.
    """
    body = {"query": query, "variables": variables or {}}
    headers = {"Content-Type": "application/json", **shown.headers(who)}
    request = Request(shown.address, json.dumps(body).encode(), headers)
    with urlopen(request, timeout=PATIENCE) as answer:
        read = json.load(answer)
    assert isinstance(read, dict)
    return read


def python_for(user: str) -> str | None:
    """A Python of this version that another user may run, with all it imports."""
    for python in (sys.executable, "/usr/bin/python3"):
        with suppress(OSError):
            done = subprocess.run(  # noqa: S603 - our own arguments
                [python, "-c", "import gateway.__main__"],
                cwd=ROOT,
                env=ENVIRONMENT,
                user=user,
                extra_groups=[],
                capture_output=True,
                check=False,
            )
            if done.returncode == 0:
                return python
    return None


def servers_on(folder: Path) -> set[int]:
    """The processes of PostgreSQL that keep their data in a folder."""
    found = set()
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = each.read_bytes()
        except OSError:
            continue
        if f"-D\0{folder}".encode() in command:
            found.add(int(each.parent.name))
    return found
