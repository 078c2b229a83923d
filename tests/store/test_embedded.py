import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from gateway.store.embedded import SUPERUSER, EmbeddedError, EmbeddedPostgres
from gateway.store.programs import (
    WHEEL,
    account_of_server,
    command_of,
    programs_of_the_wheel,
)

pytestmark = pytest.mark.anyio

ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not ROOT, reason="only root hands on to another user")
NUMBERS = count(1)

# Leaves a server running, as a gateway that is killed does.
KILLED = """
import os, signal, sys
from pathlib import Path
from gateway.store.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
server.start()
print(server.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""

# Imports first: an ordinary user may not be able to read where Python is.
ORDINARY = """
import asyncio, os, sys
from pathlib import Path
import asyncpg
from gateway.store.embedded import EmbeddedPostgres
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
async def ask(url):
    connection = await asyncpg.connect(url)
    print(await connection.fetchval("SELECT 'answered'"))
    await connection.close()
with EmbeddedPostgres(Path(sys.argv[1]), durable=False) as server:
    asyncio.run(ask(server.url("postgres", "postgres")))
"""


@pytest.fixture
def folder(public_folder: Path) -> Path:
    return public_folder / f"e{next(NUMBERS)}"


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    made = EmbeddedPostgres(folder, durable=False)
    yield made
    made.stop()


async def ask(server: EmbeddedPostgres, statement: str) -> object:
    connection = await asyncpg.connect(server.url(SUPERUSER, "postgres"))
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def run_python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )


def a_process_like_postgres(folder: Path, *, status: str) -> subprocess.Popen[bytes]:
    """Something that looks like a server on this folder and listens to no signal."""
    data = folder.resolve() / "data"
    data.mkdir(parents=True)
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN);"
        " print(flush=True); signal.pause()"
    )
    process = subprocess.Popen(  # noqa: S603 - our own code
        [f"postgres -D {data} ", "-c", code],
        executable=sys.executable,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    process.stdout.readline()
    lines = [str(process.pid), str(data), "1", "5432", "../run", "", "1 1", status]
    (data / "postmaster.pid").write_text("\n".join(lines))
    return process


async def test_what_is_written_is_there_after_a_restart(
    server: EmbeddedPostgres,
) -> None:
    server.start()
    await ask(server, "CREATE TABLE kept (value int)")
    server.stop()
    server.start()
    assert await ask(server, "SELECT count(*) FROM kept") == 0


async def test_the_server_speaks_utf8_and_listens_on_its_private_socket_only(
    server: EmbeddedPostgres,
) -> None:
    server.start()
    assert await ask(server, "SHOW server_encoding") == "UTF8"
    assert await ask(server, "SHOW listen_addresses") == ""
    assert mode(server.folder / "run") == mode(server.folder / "data") == 0o700


async def test_letters_are_folded_alike_on_every_system(
    server: EmbeddedPostgres,
) -> None:
    server.start()
    assert await ask(server, "SELECT lower('ÉÜ')") == "éü"


async def test_rows_stay_out_of_the_log(server: EmbeddedPostgres) -> None:
    server.start()
    await ask(server, "CREATE TABLE strict (value text CHECK (value = ''))")
    with pytest.raises(asyncpg.CheckViolationError):
        await ask(server, "INSERT INTO strict VALUES ('personal')")
    log = (server.folder / "log").read_text()
    assert "violates check constraint" in log
    assert "personal" not in log


def test_an_address_may_hold_any_name(server: EmbeddedPostgres) -> None:
    assert server.url("a@b", "c/d").startswith("postgresql://a%40b@/c%2Fd?host=%2F")


def test_starting_and_stopping_twice_is_starting_and_stopping_once(
    server: EmbeddedPostgres,
) -> None:
    server.start()
    pid = server.pid
    server.start()
    assert server.pid == pid
    server.stop()
    server.stop()
    assert server.pid is None


def test_two_processes_never_use_one_folder(server: EmbeddedPostgres) -> None:
    server.start()
    with pytest.raises(EmbeddedError, match="another process uses the folder"):
        EmbeddedPostgres(server.folder).start()


def test_a_server_left_by_a_killed_run_is_adopted_and_stopped(
    server: EmbeddedPostgres,
) -> None:
    left = int(run_python(KILLED, server.folder).stdout)
    server.start()
    assert server.pid == left
    server.stop()
    assert "postgres" not in command_of(left)


def test_a_crashed_server_is_started_again(server: EmbeddedPostgres) -> None:
    left = int(run_python(KILLED, server.folder).stdout)
    os.kill(left, signal.SIGKILL)
    while command_of(left):
        """It is not gone at once."""
    server.start()
    assert server.pid not in {None, left}


def test_a_stale_number_that_another_process_got_is_no_obstacle(
    server: EmbeddedPostgres,
) -> None:
    server.start()
    server.stop()
    stale = server.folder / "data" / "postmaster.pid"
    account = account_of_server()
    with subprocess.Popen(
        ["/bin/cat"], stdin=subprocess.PIPE, user=account.user, group=account.group
    ) as other:
        stale.write_text(f"{other.pid}\n{stale.parent}\n1\n5432\n../run\n\n1 1\nready")
        server.start()
        assert server.pid != other.pid


def test_a_file_without_a_number_is_no_server(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    (server.folder / "data" / "postmaster.pid").write_text("nonsense\n")
    server.start()
    assert server.pid


def test_a_server_that_neither_starts_nor_stops_is_reported(folder: Path) -> None:
    with a_process_like_postgres(folder, status="stopping") as other:
        with pytest.raises(EmbeddedError, match="neither starts nor stops"):
            EmbeddedPostgres(folder, patience=0.05).start()
        other.kill()


def test_a_server_that_does_not_stop_is_reported(folder: Path) -> None:
    with a_process_like_postgres(folder, status="ready") as other:
        server = EmbeddedPostgres(folder, patience=0.05)
        server.start()
        with pytest.raises(EmbeddedError, match="does not stop"):
            server.stop()
        other.kill()
        other.wait()
        server.stop()


def test_what_a_killed_first_start_left_is_cleared(server: EmbeddedPostgres) -> None:
    leftover = server.folder / "new-half"
    (leftover / "base").mkdir(parents=True)
    server.start()
    assert not leftover.exists()


def test_a_failing_start_shows_the_end_of_the_log(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    with (server.folder / "data" / "postgresql.conf").open("a") as configuration:
        configuration.write("nonsense = 1\n")
    with pytest.raises(EmbeddedError, match='parameter "nonsense"'):
        server.start()


def test_data_that_cannot_be_made_is_reported_and_not_left(folder: Path) -> None:
    programs = folder / "programs"
    programs.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        program = programs / name
        program.write_text('#!/bin/sh\n[ "$1" = --version ] || { echo full; exit 1; }')
        program.chmod(0o755)
    with pytest.raises(EmbeddedError, match=r"cannot make its data in .*:\nfull"):
        EmbeddedPostgres(folder, programs=programs).start()
    assert not (folder / "data").exists()


def test_without_programs_an_own_server_is_advised(folder: Path) -> None:
    with pytest.raises(EmbeddedError, match="KLANTBEELD_DATABASE_URL"):
        EmbeddedPostgres(folder, programs=folder / "absent").start()


def test_too_long_a_name_is_refused(public_folder: Path) -> None:
    with pytest.raises(EmbeddedError, match="too long a name"):
        EmbeddedPostgres(public_folder / ("x" * 100)).start()


def test_a_folder_that_cannot_be_made_is_refused(public_folder: Path) -> None:
    file = public_folder / "file"
    file.touch()
    with pytest.raises(EmbeddedError, match=r"cannot hold .* \(Not a directory\)"):
        EmbeddedPostgres(file / "below").start()


def test_an_ordinary_user_runs_everything_itself(public_folder: Path) -> None:
    folder = public_folder / "ordinary"
    folder.mkdir()
    if ROOT:
        initdb = programs_of_the_wheel() / "initdb"
        if not account_of_server().may_run(initdb):
            pytest.skip(f"another user than root may not run {initdb}")
        os.chown(folder, 65534, 65534)
    done = run_python(ORDINARY, folder / "data")
    assert (done.stdout, done.stderr) == ("answered\n", "")


@as_root
def test_a_folder_that_the_unprivileged_user_cannot_enter_is_refused(
    tmp_path: Path,
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(EmbeddedError, match="may not enter"):
        EmbeddedPostgres(closed / "data").start()
    assert mode(closed) == 0o700


@as_root
def test_a_folder_of_another_user_is_refused(server: EmbeddedPostgres) -> None:
    run = server.folder / "run"
    run.mkdir(parents=True)
    os.chown(run, 12345, 12345)
    with pytest.raises(EmbeddedError, match="made by another user"):
        server.start()


@as_root
def test_programs_out_of_reach_are_copied_once(folder: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    spec = find_spec(WHEEL)
    assert spec
    site = Path(spec.origin or "").parents[1]
    for name in (WHEEL, f"{WHEEL}.libs"):
        (tmp_path / name).symlink_to(site / name)
    programs = tmp_path / WHEEL / "pginstall18" / "bin"
    copies = []
    for _ in range(2):
        with EmbeddedPostgres(folder, durable=False, programs=programs) as server:
            assert str(folder) in command_of(server.pid or 0).split()[0]
        copies += [(path, path.stat().st_ctime) for path in folder.glob("programs-*")]
    assert copies[:1] == copies[1:]


def test_processes_are_known_where_linux_does_not_show_them(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as process:  # noqa: S607
        assert command_of(process.pid, proc=tmp_path) == "sleep 60\n"
        process.kill()
