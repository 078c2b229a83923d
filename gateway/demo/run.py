"""`klantbeeld demo`: everything on one machine, with an invented municipality.

PostgreSQL, the stand-in registers, the issuer of tokens and the gateway start, in that
order, and end together. What was made is kept, but for the issuer's keys: the next start
takes a second.
"""

import asyncio
import json
import os
import socket
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from gateway.app import Beside, create_app
from gateway.demo.addresses import PLACES, Addresses, StandinName
from gateway.demo.callers import identity_settings
from gateway.demo.explorer import explorer
from gateway.demo.folder import DataFolder, DemoError, default_folder
from gateway.demo.issuer import Issuer
from gateway.demo.municipality import load
from gateway.demo.portal import portal_routes
from gateway.demo.servers import (
    HOST,
    Announced,
    Background,
    Sockets,
    bound,
    close,
    gateway_socket,
    port_of,
    quiet,
    standin_sockets,
)
from gateway.demo.standins.credentials import CLIENT_ID, SECRET, TOKEN
from gateway.demo.standins.documenten import create_documenten
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.server import Standin
from gateway.demo.standins.zaken import create_zaken
from gateway.demo.stopping import Stopping
from gateway.demo.welcome import welcome
from gateway.settings import PREFIX, DemoSettings, RegisterKind, Settings
from gateway.store.database import create_owner
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import ensure_database, migrate

DATABASE = RUNTIME = "klantbeeld"

# What codeRegister says in the municipality's own klantcontacten.
_ALIASES: Mapping[RegisterKind, tuple[str, ...]] = MappingProxyType(
    {
        "zaken": ("openzaak", "open-zaak"),
        "documenten": ("openzaak", "open-zaak"),
        "objecten": ("open-object",),
    }
)

_MARK = """\
SELECT shobj_description(oid, 'pg_database')
FROM pg_database WHERE datname = current_database()
"""
_OTHER = "was there, from another version of the demo: --fresh makes it again"

Say = Callable[[str], None]


class Demo:
    """One run of the demo."""

    def __init__(
        self, folder: DataFolder, say: Say, *, programs: Path | None = None
    ) -> None:
        """Take where and how.

        Args:
            folder: where the data is kept.
            say: takes what to show, ends of lines included.
            programs: the folder of PostgreSQL's programs; default: the wheel's.
        """
        self._folder = folder
        self._say = say
        self._fixtures = fixtures_folder()
        self._postgres = EmbeddedPostgres(folder.postgres, programs=programs)
        self._stopping = Stopping()

    def run(
        self, *, port: int, fresh: bool = False, without: Collection[StandinName] = ()
    ) -> None:
        """Start everything, serve until asked to end, end everything.

        On the main thread only: it heeds signals.

        Args:
            port: of the gateway, 0 for any.
            fresh: begin with nothing.
            without: the stand-ins to leave off.

        Raises:
            DemoError: it cannot run, and what to do.
            EmbeddedError: PostgreSQL cannot, and what to do.
            MigrationError: the database cannot be made ready.
        """
        self._stopping.listen()
        try:
            with ExitStack() as stack:
                try:
                    self._start(stack, port, fresh=fresh, without=without)
                finally:
                    self._stopping.ignore()
        except Exception:
            # Ctrl-C reaches the programs that are running too: that they fail is no news.
            if not self._stopping.asked:
                raise
        finally:
            self._stopping.restore()
        self._say("Everything has ended.\n")

    def _start(
        self,
        stack: ExitStack,
        port: int,
        *,
        fresh: bool,
        without: Collection[StandinName],
    ) -> None:
        gateway = stack.enter_context(closing(gateway_socket(port)))
        stack.enter_context(self._folder.held())
        self._say(f"klantbeeld demo, with its data in {self._folder.path}\n")
        if fresh:
            with self._step("start over"):
                self._folder.clear()
        with self._step("PostgreSQL"):
            stack.enter_context(self._postgres)
        with self._step("schema") as notes:
            notes.extend(asyncio.run(self._migrated()))
        with self._step("stand-in registers") as notes:
            addresses = self._registers(stack, without)
            notes.extend(f"without {name}" for name in without)
        with self._step("municipality") as notes:
            notes.append(asyncio.run(self._filled(addresses)))
        with self._step("issuer of tokens"):
            issuer = _issuer(stack)
        self._serve(gateway, addresses, issuer)

    @contextmanager
    def _step(self, name: str) -> Iterator[list[str]]:
        """Show how far we are; what is put in the list is shown behind it."""
        self._stopping.check()
        self._say(f"  {name:<20}")
        begin = time.monotonic()
        notes: list[str] = []
        try:
            yield notes
        except BaseException:
            self._say("\n")
            raise
        shown = "".join(f"  {note}" for note in notes)
        self._say(f"{time.monotonic() - begin:6.1f} s{shown}\n")

    async def _migrated(self) -> list[str]:
        owner = self._postgres.url(SUPERUSER, DATABASE)
        await ensure_database(owner)
        done = await migrate(owner, self._postgres.url(RUNTIME, DATABASE))
        return done[:1]

    def _registers(
        self, stack: ExitStack, without: Collection[StandinName]
    ) -> Addresses:
        sockets = standin_sockets(self._folder.ports)
        stack.callback(close, sockets.values())
        addresses = addresses_of(sockets)
        for name, standin in self._standins(addresses).items():
            if name not in without:
                stack.enter_context(Background(standin, sockets[name]))
        return addresses

    def _standins(self, addresses: Addresses) -> dict[StandinName, Standin]:
        return {
            StandinName.ZAKEN: create_zaken(self._fixtures, addresses),
            StandinName.DOCUMENTEN: create_documenten(self._fixtures, addresses),
            StandinName.OBJECTEN: create_objecten(self._fixtures, addresses),
        }

    async def _filled(self, addresses: Addresses) -> str:
        """Load the municipality once; a mark in the same transaction remembers it."""
        mark = mark_of(self._fixtures, addresses)
        engine = create_owner(self._postgres.url(SUPERUSER, DATABASE))
        try:
            async with engine.begin() as connection:
                known = (await connection.exec_driver_sql(_MARK)).scalar()
                if known is not None:
                    return "was there" if known == mark else _OTHER
                counts = await load(connection, self._fixtures, addresses.rewrite)
                await connection.exec_driver_sql(
                    f"COMMENT ON DATABASE {DATABASE} IS '{mark}'"
                )
        finally:
            await engine.dispose()
        return f"{counts.partijen} partijen, {counts.klantcontacten} klantcontacten"

    def _settings(self, addresses: Addresses, issuer: Issuer) -> Settings:
        return gateway_settings(
            self._postgres.url(RUNTIME, DATABASE),
            addresses,
            identity=identity_settings(issuer.url, self._folder.pseudonym_key()),
            limits=dict.fromkeys(("introspection", "explorer", "cost_report"), True),
            traces={"file": self._folder.verwerkingen},
            recording={"outbox": self._folder.verzonden},
        )

    def _environment(self, addresses: Addresses) -> dict[str, str]:
        zaken = [_register("zaken", addresses)]
        return {
            f"{PREFIX}DATABASE_URL": self._postgres.url(RUNTIME, DATABASE),
            f"{PREFIX}MIGRATION_URL": self._postgres.url(SUPERUSER, DATABASE),
            f"{PREFIX}IDENTITY__PSEUDONYM_KEY": self._folder.pseudonym_key(),
            f"{PREFIX}REGISTERS": json.dumps(zaken),
        }

    def _serve(
        self, gateway: socket.socket, addresses: Addresses, issuer: Issuer
    ) -> None:
        beside = Beside(page=explorer(issuer), routes=portal_routes(issuer))
        app = create_app(self._settings(addresses, issuer), beside=beside)

        def announce() -> None:
            environment = self._environment(addresses)
            self._say(welcome(_origin(gateway), issuer, environment))

        server = Announced(quiet(app, lifespan=True), announce)

        def end() -> None:
            server.should_exit = True

        self._stopping.check()
        self._stopping.from_now(end)
        server.run(sockets=[gateway])


def run(
    settings: DemoSettings,
    say: Say,
    *,
    port: int,
    fresh: bool = False,
    without: Collection[StandinName] = (),
) -> None:
    """Run the demo until asked to end; see `Demo.run`."""
    folder = DataFolder(settings.data_dir or default_folder(root=os.geteuid() == 0))
    Demo(folder, say).run(port=port, fresh=fresh, without=without)


def fixtures_folder(package: Path = Path(__file__).parent) -> Path:
    """Find the fixtures: in the wheel, or beside the packages in a checkout.

    Args:
        package: the folder of `gateway.demo`.

    Raises:
        DemoError: they are in neither.
    """
    for folder in (package / "fixtures", package.parents[1] / "fixtures"):
        if folder.is_dir():
            return folder
    raise DemoError("the fixtures are not there; install klantbeeld again")


def addresses_of(sockets: Sockets) -> Addresses:
    """Say where the stand-ins are."""
    return Addresses({name: _origin(taken) for name, taken in sockets.items()})


def _origin(taken: socket.socket) -> str:
    return f"http://{HOST}:{port_of(taken)}"


def _issuer(stack: ExitStack) -> Issuer:
    listening = bound(0)
    issuer = Issuer(_origin(listening))
    stack.enter_context(Background(issuer.standin, listening))
    return issuer


def mark_of(fixtures: Path, addresses: Addresses) -> str:
    """Tell one loaded municipality from another: its content, and its addresses."""
    digest = sha256(" ".join(map(addresses.origin, StandinName)).encode())
    for file in sorted((fixtures / "klantbeeld").rglob("*.json")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def gateway_settings(
    database_url: str, addresses: Addresses, **more: Mapping[str, object]
) -> Settings:
    """Configure the gateway for the stand-ins.

    What is not said here, and by no `more`, the environment may say.

    Args:
        database_url: the runtime role's.
        addresses: of the stand-ins.
        more: other settings; without `identity` nobody is asked who they are.
    """
    return Settings.model_validate(
        {
            "database_url": database_url,
            "identity": {"development": True},
            "registers": [_register(kind, addresses) for kind in PLACES],
            **more,
        }
    )


def _register(kind: RegisterKind, addresses: Addresses) -> Mapping[str, object]:
    known_by = {"client_id": CLIENT_ID, "secret": SECRET}
    return {
        "name": kind,
        "kind": kind,
        "base_url": addresses.base(kind),
        **({"token": TOKEN} if kind == "objecten" else known_by),
        "aliases": _ALIASES.get(kind, ()),
    }
