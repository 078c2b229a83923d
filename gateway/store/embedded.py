"""An embedded PostgreSQL, for the demo and the tests; `serve` never uses it.

Nothing outside the given folder changes:

    <folder>/
      lock          held while a process uses the folder
      data/         PostgreSQL's own; made beside it and renamed, so never half made
      run/          the socket, for its owner only: whoever reaches it is trusted
      log           what the server said; previous.log is the start before
      programs-<v>/ a copy of the programs, only where they cannot be reached
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import quote

from gateway.store.programs import (
    CHOOSE,
    ENVIRONMENT,
    UNPRIVILEGED,
    Account,
    EmbeddedError,
    account_of_server,
    command_of,
    last_lines,
    usable_programs,
)

__all__ = ["EmbeddedError", "EmbeddedPostgres"]

SUPERUSER = "postgres"
SOCKET = ".s.PGSQL.5432"

# sun_path (unix(7)) is 108 bytes with its closing NUL, on macOS 104.
LONGEST_SOCKET = 103 if sys.platform == "darwin" else 107

FAST_SHUTDOWN = signal.SIGINT

# The built-in provider orders and folds letters alike on every system.
INITDB = (
    f"--username={SUPERUSER}",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--set=timezone=UTC",
    "--set=log_timezone=UTC",
)
SERVER = (
    "listen_addresses=",
    "unix_socket_directories=../run",  # seen from data/
    "unix_socket_permissions=0700",
    # Statements and rows hold personal data: they stay out of the log.
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
)
FORGETFUL = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    # Less to write when a database is copied from a template.
    "wal_level=minimal",
    "max_wal_senders=0",
)


class EmbeddedPostgres:
    """One server on one folder, reached over a unix socket only.

    Attributes:
        folder: where everything is kept.
        pid: the server's process, while it runs.
    """

    def __init__(
        self,
        folder: Path,
        *,
        durable: bool = True,
        programs: Path | None = None,
        patience: float = 60.0,
    ) -> None:
        """Choose the folder; nothing happens yet.

        Args:
            folder: made when absent.
            durable: whether data survives a power cut; false is faster, for tests.
            programs: the folder of `initdb` and `postgres`; default: the wheel's.
            patience: seconds a start (repairs after a crash included) or stop takes.
        """
        self.folder = folder.expanduser().resolve()
        self.pid: int | None = None
        self._data = self.folder / "data"
        self._run = self.folder / "run"
        self._log = self.folder / "log"
        self._durable = durable
        self._programs = programs
        self._patience = patience
        self._lock: BinaryIO | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, user: str, database: str) -> str:
        """Return the address of a database on this server; it needs no password."""
        names = f"{quote(user, safe='')}@/{quote(database, safe='')}"
        return f"postgresql://{names}?host={quote(str(self._run), safe='')}"

    def start(self) -> None:
        """Start the server, or adopt the one an earlier run left on this folder.

        Raises:
            EmbeddedError: it cannot be started, and what to do about it.
        """
        if self._lock is not None:
            return
        try:
            account = account_of_server()
            self._make_folder(account)
            self._lock = self._locked()
            self._make_run(account)
            self.pid = self._left_behind() or self._launched(account)
        except OSError as error:
            self.stop()
            raise EmbeddedError(
                f"the folder {self.folder} cannot hold the database"
                f" ({error.strerror}); {CHOOSE}"
            ) from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server, adopted or not, and let go of the folder.

        Raises:
            EmbeddedError: it does not stop.
        """
        if self._process is not None:
            self._process.send_signal(FAST_SHUTDOWN)
        elif self.pid is not None and self._serves(self.pid):
            os.kill(self.pid, FAST_SHUTDOWN)
        if not any(self._stopped() for _ in _attempts(self._patience)):
            raise EmbeddedError(
                f"PostgreSQL does not stop on {self.folder}; see {self._log}"
            )
        self._process = self.pid = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _make_folder(self, account: Account) -> None:
        socket = self._run / SOCKET
        if len(os.fsencode(socket)) > LONGEST_SOCKET:
            raise EmbeddedError(
                f"the folder {self.folder} has too long a name: {socket} may take"
                f" {LONGEST_SOCKET} bytes; {CHOOSE}"
            )
        for each in reversed([self.folder, *self.folder.parents]):
            if not each.exists():
                each.mkdir()
                if account.differs:  # whatever the umask, the server must get in
                    each.chmod(0o711)
        if closed := account.stopped_at(self.folder):
            raise EmbeddedError(
                f"PostgreSQL runs as {UNPRIVILEGED} when root starts it, and that user"
                f" may not enter {closed}; {CHOOSE}, for instance under /var/lib"
            )

    def _locked(self) -> BinaryIO:
        lock = (self.folder / "lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise EmbeddedError(
                f"another process uses the folder {self.folder}; stop it, or {CHOOSE}"
            ) from None
        return lock

    def _make_run(self, account: Account) -> None:
        self._run.mkdir(mode=0o700, exist_ok=True)
        if self._run.stat().st_uid == os.geteuid():
            account.give(self._run)
        if self._run.stat().st_uid != account.uid:
            raise EmbeddedError(
                f"the folder {self.folder} was made by another user; start as that"
                f" user, or {CHOOSE}"
            )

    def _left_behind(self) -> int | None:
        """Find the server that an earlier run left here, once it is ready."""
        for _ in _attempts(self._patience):
            pid, status = self._postmaster()
            if pid is None or not self._serves(pid):
                return None
            if status == "ready":
                return pid
        raise EmbeddedError(
            f"a PostgreSQL left behind on {self.folder} neither starts nor stops; end"
            " its process and try again"
        )

    def _postmaster(self) -> tuple[int | None, str]:
        """Read the server's own file: its process and its status."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return None, ""
        pid = int(lines[0]) if lines and lines[0].isdecimal() else None
        return pid, lines[7].strip() if len(lines) > 7 else ""

    def _serves(self, pid: int) -> bool:
        return f"postgres -D {self._data} " in command_of(pid)

    def _stopped(self) -> bool:
        if self._process is not None:
            return self._process.poll() is not None
        return self.pid is None or not self._serves(self.pid)

    def _launched(self, account: Account) -> int:
        programs = usable_programs(account, self.folder, given=self._programs)
        self._make_data(programs, account)
        # A crash left them. PostgreSQL clears them too, unless their process number
        # is another's by now, or a zombie's.
        for stale in (self._data / "postmaster.pid", self._run / f"{SOCKET}.lock"):
            stale.unlink(missing_ok=True)
        if self._log.exists():
            self._log.replace(self.folder / "previous.log")
        process = self._process = self._spawned(programs / "postgres", account)
        for _ in _attempts(self._patience):
            if self._postmaster() == (process.pid, "ready"):
                return process.pid
            if process.poll() is not None:
                break
        raise EmbeddedError(
            f"PostgreSQL does not start on {self.folder}; its log ends with:\n"
            f"{last_lines(self._log.read_text(errors='replace'))}"
        )

    def _spawned(self, program: Path, account: Account) -> subprocess.Popen[bytes]:
        settings = SERVER if self._durable else SERVER + FORGETFUL
        with self._log.open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - our own arguments
                [program, "-D", self._data, *(f"--{each}" for each in settings)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=ENVIRONMENT,
                user=account.user,
                group=account.group,
                extra_groups=account.groups,
                start_new_session=True,  # Ctrl-C is meant for us, not for the server
            )

    def _make_data(self, programs: Path, account: Account) -> None:
        for leftover in self.folder.glob("new-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        if self._data.exists():
            return
        new = Path(tempfile.mkdtemp(prefix="new-", dir=self.folder))
        account.give(new)
        options = INITDB if self._durable else (*INITDB, "--no-sync")
        done = account.run(programs / "initdb", f"--pgdata={new}", *options)
        if done.returncode:
            raise EmbeddedError(
                f"PostgreSQL cannot make its data in {self.folder}:"
                f"\n{last_lines(done.stdout)}"
            )
        new.rename(self._data)


def _attempts(patience: float) -> Iterator[None]:
    """Go on now and every hundredth of a second until patience runs out."""
    deadline = time.monotonic() + patience
    yield
    while time.monotonic() < deadline:
        time.sleep(0.01)  # a file or a port gives no event to wait for
        yield
