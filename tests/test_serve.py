import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests import rude
from tests.municipality import ROOT

STARTED = "INFO:     Application startup complete."


@pytest.mark.parametrize("workers", [1, 2])
def test_nobody_has_lines_written_by_breaking_the_rules(
    database_url: str, tmp_path: Path, workers: int
) -> None:
    with serving(database_url, tmp_path, workers) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        port = int(server.stdout.readline().rpartition(":")[2].partition("/")[0])
        for _ in range(workers):
            until(STARTED, server.stderr)
        told = rude.statuses(port)
        server.send_signal(signal.SIGINT)
        after = server.stderr.read().splitlines()
    assert told == [307, 307, 400]
    assert [line for line in after if not line.startswith("INFO: ")] == []
    assert after.count("INFO:     Application shutdown complete.") == workers


def until(line: str, lines: IO[str]) -> None:
    """Read until there is one like this."""
    assert line in (each.rstrip() for each in lines)


@contextmanager
def serving(
    database_url: str, folder: Path, workers: int
) -> Iterator[subprocess.Popen[str]]:
    """A gateway in processes of its own."""
    command = [sys.executable, "-m", "gateway", "serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - our own arguments
        [*command, "--workers", str(workers)],
        cwd=folder,
        env={
            "PYTHONPATH": f"{ROOT}:{sysconfig.get_path('purelib')}",
            "KLANTBEELD_DATABASE_URL": database_url,
            "KLANTBEELD_IDENTITY__DEVELOPMENT": "true",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            yield server
        finally:
            server.terminate()
