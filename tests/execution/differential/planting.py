"""A fault in the executor's source, as if somebody had made it, and who sees it.

The source is changed while it is imported, in a process of its own: there the module
has its own name, and everything that imports it gets the fault.
"""

import contextlib
import importlib
import io
import sys
import warnings
from asyncio import run
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

import pytest

TESTS = Path(__file__).parents[1]
EXECUTION = TESTS.parents[1] / "gateway" / "execution"
SEED = 1
MOST_OPERATIONS = 504


@dataclass(frozen=True)
class Fault:
    """What is planted.

    Attributes:
        name: what goes wrong.
        module: within `gateway.execution`.
        old: a text that stands in it once.
        new: what stands there instead.
        test: what must see it, within `tests.execution`; without one, the differential
            run.
    """

    name: str
    module: str
    old: str
    new: str
    test: str = ""

    @property
    def path(self) -> Path:
        return EXECUTION / f"{self.module.replace('.', '/')}.py"

    @property
    def times(self) -> int:
        """How often the text that is to be changed stands in the source."""
        return self.path.read_text().count(self.old)

    def changed(self, source: str) -> str:
        return source.replace(self.old, self.new)


class _Changing(SourceFileLoader):
    def __init__(self, name: str, path: str, fault: Fault) -> None:
        super().__init__(name, path)
        self._fault = fault

    def get_code(self, fullname: str) -> CodeType | None:
        source = self.get_source(fullname)
        assert source is not None
        return self.source_to_code(self._fault.changed(source).encode(), self.path)


class _Finder(MetaPathFinder):
    def __init__(self, fault: Fault) -> None:
        self._fault = fault

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname != f"gateway.execution.{self._fault.module}":
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Changing(fullname, spec.origin, self._fault)
        return spec


def planted(fault: Fault) -> str:
    """Plant a fault in this process, for good; say who saw it, or nothing."""
    assert f"gateway.execution.{fault.module}" not in sys.modules
    assert fault.times == 1, "the fault no longer fits"
    sys.meta_path.insert(0, _Finder(fault))
    return _tested(fault.test) if fault.test else _hunted()


def _tested(test: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()):
        code = pytest.main([f"{TESTS / test}", "-q", "-p", "no:cacheprovider"])
    return test if code == pytest.ExitCode.TESTS_FAILED else ""


def _hunted() -> str:
    warnings.simplefilter("ignore", RuntimeWarning)
    # Imported here, since the fault must be planted before.
    hunting = importlib.import_module("tests.execution.differential.hunting")
    executors = importlib.import_module("tests.execution.differential.executors")
    seeds = range(SEED, SEED + MOST_OPERATIONS // hunting.DATA_SETS)
    hunt = hunting.hunt(executors.breadth_first(), seeds, most=1, shrink=False)
    try:
        total = run(hunt)
    except hunting.Endless:
        return "it does not end"
    if not total.differences:
        return ""
    return f"after {total.operations} operations: {total.shown[0]}"
