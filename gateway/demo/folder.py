"""The folder where the demo keeps what it made, for one demo at a time.

<folder>/
  lock        held while a demo runs
  postgres/   the embedded PostgreSQL's own
  ports.json  where the stand-ins are, so that stored URLs stay true
  pseudonyms  the key that persons are written down by, for its owner only
  verwerkingen.jsonl  the processing records: who was shown, and why
  verzonden.jsonl  the codes that would have been sent
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gateway.store.embedded import EmbeddedPostgres
from gateway.store.programs import command_of

_SHORTEST_KEY = 32
CHOOSE = "choose another folder with KLANTBEELD_DATA_DIR"


class DemoError(Exception):
    """The demo cannot run; the message is one sentence that says what to do."""


def default_folder(*, root: bool) -> Path:
    """Say where the data is kept when nobody says otherwise.

    Args:
        root: whether it is for the user root.
    """
    if root:
        return Path("/var/lib/klantbeeld")
    return Path("~/.local/share/klantbeeld").expanduser()


class DataFolder:
    """The folder and what is in it.

    Attributes:
        path: of the folder.
        postgres: the folder of the embedded PostgreSQL.
        ports: the file with the ports of the stand-ins.
        verwerkingen: the file for processing records.
        verzonden: the file for what would have been sent.
    """

    def __init__(self, path: Path) -> None:
        """Choose the folder; nothing happens yet."""
        self.path = path.expanduser().absolute()
        self.postgres = self.path / "postgres"
        self.ports = self.path / "ports.json"
        self.verwerkingen = self.path / "verwerkingen.jsonl"
        self.verzonden = self.path / "verzonden.jsonl"
        self._pseudonyms = self.path / "pseudonyms"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder if need be, and keep other demos out.

        Raises:
            DemoError: it cannot be written, or another demo has it.
        """
        try:
            self._make()
            lock = (self.path / "lock").open("ab")
        except OSError as error:
            raise DemoError(
                f"the folder {self.path} cannot be used ({error.strerror}); {CHOOSE}"
            ) from None
        with lock:
            self._take(lock)
            yield

    def pseudonym_key(self) -> str:
        """Give the key, made the first time.

        Raises:
            DemoError: it cannot be read or written.
        """
        try:
            self._pseudonyms.touch(mode=0o600)
            key = self._pseudonyms.read_text(encoding="ascii")
            if len(key) < _SHORTEST_KEY:
                key = secrets.token_urlsafe(_SHORTEST_KEY)
                self._pseudonyms.write_text(key, encoding="ascii")
        except (OSError, UnicodeError):
            raise DemoError(
                f"{self._pseudonyms} cannot be used; start over with --fresh"
            ) from None
        return key

    def clear(self) -> None:
        """Remove what the demo made, and end a PostgreSQL that was left behind.

        Raises:
            DemoError: there is something in it that the demo did not make.
            EmbeddedError: what was left behind does not end.
        """
        if self.postgres.exists() and not (self.postgres / "lock").exists():
            raise DemoError(f"{self.postgres} was not made by the demo; {CHOOSE}")
        if self._is_served():
            with EmbeddedPostgres(self.postgres):
                pass  # adopted, and ended
        with suppress(FileNotFoundError):
            shutil.rmtree(self.postgres)
        self.ports.unlink(missing_ok=True)
        self.verwerkingen.unlink(missing_ok=True)
        self.verzonden.unlink(missing_ok=True)
        self._pseudonyms.unlink(missing_ok=True)

    def _is_served(self) -> bool:
        data = self.postgres / "data"
        try:
            pid = int((data / "postmaster.pid").read_text().partition("\n")[0])
        except (FileNotFoundError, ValueError):
            return False
        return str(data) in command_of(pid)

    def _make(self) -> None:
        for each in reversed([self.path, *self.path.parents]):
            if not each.exists():
                each.mkdir()
                if os.geteuid() == 0:  # PostgreSQL's own user must get in
                    each.chmod(0o711)

    def _take(self, lock: BinaryIO) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoError(
                f"another demo uses the folder {self.path}; stop it, or {CHOOSE}"
            ) from None
