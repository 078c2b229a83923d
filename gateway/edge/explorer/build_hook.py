"""Builds the explorer when the package is installed, or its wheel is made.

Loaded by hatch, in an environment without any other module of ours. An installation never
fails on it: without Node.js, npm or a registry the gateway serves its small page.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Iterator

SWITCH = "KLANTBEELD_EXPLORER"
"""In the environment: one of `OFF`, in any case, leaves the explorer out."""
OFF = frozenset({"off", "false", "no", "0"})

PATIENCE = 180.0
"""Seconds that all of it may take."""

SOURCE = "gateway/edge/explorer"
BUNDLE = "gateway/edge/static/explorer"
SOURCES = ("package.json", "package-lock.json", ".npmrc", "*.mjs", "src/*")
MARK = "built-from"
"""A file of the bundle, with the digest of what it was built from."""


class NotBuiltError(Exception):
    """Why there is no bundle; to be read by who installs."""


class ExplorerHook(BuildHookInterface):  # type: ignore[type-arg] # generic since 1.19
    """What hatch calls; see `[tool.hatch.build.targets.wheel.hooks.custom]`."""

    def initialize(self, version: str, build_data: dict[str, list[str]]) -> None:
        """Have the bundle in the wheel where that is wanted and can be, or say why not.

        Git ignores the bundle, and so does hatch unless it is told: one that was built
        from something else never comes along.

        Args:
            version: `editable` when the folder itself is what is installed.
            build_data: hatch's; what is among `artifacts` is in the wheel.
        """
        target = Path(self.root, BUNDLE)
        stays = version == "editable" and target.is_dir()
        instead = _STAYS if stays else _SMALL_PAGE
        if os.environ.get(SWITCH, "").lower() in OFF:
            self.app.display_info(f"explorer: left out, as {SWITCH} says; {instead}")
            return
        try:
            build(Path(self.root, SOURCE), target)
        except NotBuiltError as error:
            self.app.display_warning(f"explorer: not built ({error}); {instead}")
            return
        build_data["artifacts"].append(f"/{BUNDLE}/")


_SMALL_PAGE = "the small page is served instead"
_STAYS = f"the one that was built before stays in {BUNDLE}"


def build(source: Path, target: Path, *, patience: float = PATIENCE) -> bool:
    """Build the bundle, whole or not at all.

    Args:
        source: the folder of what it is built from; nothing is written there.
        target: the folder of the bundle; one that was built from the same is left alone.
        patience: seconds.

    Returns:
        Whether it was built now.

    Raises:
        NotBuiltError: it is not; what was there before is there still.
    """
    until = time.monotonic() + patience
    try:
        digest = digest_of(source)
        if _built_from(target) == digest:
            return False
        if not os.access(target.parent, os.W_OK | os.X_OK):  # before minutes of npm
            raise NotBuiltError(f"{target.parent} cannot be written in")
        with _made(source, until) as made:
            (made / MARK).write_text(digest)
            _put(made, target)
    except OSError as error:
        raise NotBuiltError(str(error)) from error
    return True


def digest_of(source: Path) -> str:
    """Tell what a bundle is built from: names and contents."""
    digest = sha256()
    for path in _sources(source):
        digest.update(f"{path.relative_to(source)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(source: Path) -> Sequence[Path]:
    return sorted(path for pattern in SOURCES for path in source.glob(pattern))


def _built_from(target: Path) -> str | None:
    mark = target / MARK
    return mark.read_text() if mark.is_file() else None


@contextmanager
def _made(source: Path, until: float) -> "Iterator[Path]":
    """Make the bundle in a folder of its own, that goes with all that was downloaded."""
    npm, node = _program("npm"), _program("node")
    with tempfile.TemporaryDirectory(prefix="klantbeeld-explorer-") as name:
        work = Path(name, "work")
        for path in _sources(source):
            copy = work / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        made = Path(name, "made")
        made.mkdir()
        _run([npm, "ci"], work, until)
        _run([node, "build.mjs", str(made)], work, until)
        if not (made / "index.html").is_file():
            raise NotBuiltError("build.mjs made no page")
        yield made


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotBuiltError(f"there is no {name} here")
    return found


def _run(command: Sequence[str], folder: Path, until: float) -> None:
    """Run a program to its end, in time; what it started is ended with it."""
    program = subprocess.Popen(  # noqa: S603 - our own arguments
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    name = Path(command[0]).name
    try:
        code = program.wait(max(until - time.monotonic(), 0))
    except subprocess.TimeoutExpired:
        raise NotBuiltError(f"{name} took too long") from None
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
    if code != 0:
        raise NotBuiltError(f"{name} failed with {code}")


def _put(made: Path, target: Path) -> None:
    """Put the bundle in its place at once; half of it is never there."""
    beside = Path(tempfile.mkdtemp(prefix="explorer-", dir=target.parent))
    try:
        new = shutil.copytree(made, beside / "new")
        if target.exists():
            target.rename(beside / "old")
        new.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
