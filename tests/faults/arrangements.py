"""Every fault of the matrix, arranged for one register of a scene."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anyio.from_thread import BlockingPortal

from gateway.demo.addresses import PLACES
from gateway.settings import RegisterKind
from tests.faults.certificates import Authority, server_context
from tests.faults.scene import Scene
from tests.faults.scripts import SCRIPTS, redirect
from tests.faults.server import HOST, FaultServer, refusing, unanswering

NO_CONNECTION = ("refused", "unanswered", "no such name", "untrusted")
REDIRECT = "redirect elsewhere"
FAULTS = (*NO_CONNECTION, REDIRECT, *SCRIPTS)


class Arrangements:
    """Makes a scene's registers faulty, one at a time."""

    def __init__(self, scene: Scene, portal: BlockingPortal, folder: Path) -> None:
        """Take what to arrange.

        Args:
            scene: with the registers.
            portal: the thread that servers run on.
            folder: for certificates.
        """
        self._scene = scene
        self._portal = portal
        self._untrusted = server_context(Authority(folder).pair("server"))

    @contextmanager
    def of(self, fault: str, kind: RegisterKind) -> Iterator[None]:
        """Let the register of this kind have this fault, and all others be well."""
        self._scene.reset()
        if fault in NO_CONNECTION:
            with self._elsewhere(fault, kind) as origin:
                self._scene.bases[kind] = f"{origin}{PLACES[kind][1]}"
                yield
            return
        stranger = self._scene.stranger.origin
        self._scene.servers[kind].script = (
            redirect(f"{stranger}/x") if fault == REDIRECT else SCRIPTS[fault]
        )
        yield

    @contextmanager
    def _elsewhere(self, fault: str, kind: RegisterKind) -> Iterator[str]:
        if fault == "untrusted":
            server = FaultServer(self._scene.proper(kind), tls=self._untrusted)
            with self._portal.wrap_async_context_manager(server):
                yield server.origin
        elif fault == "no such name":
            yield "http://register.invalid"  # RFC 2606: nobody has it
        else:
            with refusing() if fault == "refused" else unanswering() as port:
                yield f"http://{HOST}:{port}"
