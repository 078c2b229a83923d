"""Starting the demo as a program, and seeing what it left running."""

import json
import os
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import Request, urlopen

from gateway.demo.standins.records import Payload
from gateway.demo.welcome import FIRST_QUERY, FIRST_VARIABLES

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
# Another Python finds what this one has installed.
ENVIRONMENT = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}


class Program:
    """A demo in a process of its own; killed when it takes too long."""

    def __init__(
        self,
        folder: Path,
        *options: str,
        user: str | None = None,
        python: str = sys.executable,
    ) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own arguments
            [python, "-m", "gateway", "demo", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**ENVIRONMENT, "KLANTBEELD_DATA_DIR": str(folder)},
            text=True,
            start_new_session=True,
            user=user,
            extra_groups=None if user is None else [],
        )
        self._timer = threading.Timer(PATIENCE, self.process.kill)
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

    def address(self) -> str:
        """Wait until it serves; its address."""
        return self.wait_for("Open http").split()[1]

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
) -> Iterator[Program]:
    program = Program(folder, *options, user=user, python=python)
    try:
        yield program
    finally:
        if program.process.poll() is None:
            program.process.terminate()
        program.end()


def ask(
    address: str, query: str = FIRST_QUERY, variables: object = FIRST_VARIABLES
) -> Payload:
    """Put a question to a gateway; it must be answered with HTTP 200.

    Args:
        address: of the gateway.
        query: default: the one that the demo shows.
        variables: JSON, or what becomes it.
    """
    values = json.loads(variables) if isinstance(variables, str) else variables
    body = {"query": query, "variables": values}
    request = Request(
        address, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
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
