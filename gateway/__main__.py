"""The command line: `klantbeeld`, or `python -m gateway`."""

import asyncio
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer

from gateway.app import create_app
from gateway.check import check as find_out
from gateway.demo.addresses import StandinName
from gateway.demo.folder import DemoError
from gateway.demo.run import run as run_demo
from gateway.documenting.introspection import introspection
from gateway.documenting.page import documentation
from gateway.errors import InvalidSettings
from gateway.importing.lines import COLUMNS as LINE_COLUMNS
from gateway.importing.run import ImportStopped, import_open_klant
from gateway.inzagen import COLUMNS, WAYS, CannotTell, inzagen as read_inzagen
from gateway.retention.disclose import disclose as all_that_is_held
from gateway.retention.purge import (
    COLUMNS as PURGE_COLUMNS,
    CannotPurge,
    purge as destroy_what_is_due,
)
from gateway.serve import serve as run_server
from gateway.settings import DemoSettings, ServedSettings, doubts, load_settings
from gateway.store.embedded import EmbeddedError
from gateway.store.migrate import MigrationError, migrate as bring_up_to_date
from gateway.subscribe import subscribe as have_changes_told
from gateway.traps.report import probe_all
from schema import schema as graph

app = typer.Typer(
    help="One klantbeeld of a resident or company, in one GraphQL query.",
    no_args_is_help=True,
    add_completion=False,
    # Tracebacks as Python has them: no values, which may be secrets.
    pretty_exceptions_enable=False,
)

importing = typer.Typer(help="Take over what another store has.", no_args_is_help=True)
app.add_typer(importing, name="import")

Port = Annotated[int, typer.Option(min=0, max=65535, help="0 for any free one.")]


@contextmanager
def told() -> Iterator[None]:
    """Say what is wrong in words, and end with code 1."""
    try:
        yield
    except InvalidSettings as error:
        for problem in error.problems:
            typer.echo(problem, err=True)
        raise typer.Exit(1) from None
    except (
        CannotPurge,
        CannotTell,
        DemoError,
        EmbeddedError,
        ImportStopped,
        MigrationError,
    ) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def _warn() -> None:
    for doubt in doubts():
        typer.echo(f"WARNING: {doubt}", err=True)


def _show(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _hand_out(text: str) -> None:
    """Write a document: in UTF-8 whatever the terminal has, and whole or not."""
    try:
        typer.echo(text.encode(), nl=False)
    except OSError as error:
        if error.errno == errno.EPIPE:  # who reads has enough; typer ends quietly
            raise
        # Python would try again at its end, and tell a second time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        typer.echo(f"it cannot be written ({error.strerror})", err=True)
        raise typer.Exit(1) from None


def _show_progress(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


@app.command()
def demo(
    port: Port = 8000,
    *,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin with nothing kept.")
    ] = False,
    without: Annotated[
        list[StandinName] | None,
        typer.Option(
            metavar="REGISTER",
            help="Leave zaken (catalogi too), documenten or objecten off, to see an outage;"
            " may be given more than once.",
        ),
    ] = None,
) -> None:
    """Try it: a municipality of invented people, on this machine."""
    with told():
        run_demo(DemoSettings(), _show, port=port, fresh=fresh, without=without or ())


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(help="Loopback only, without issuers.")
    ] = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
) -> None:
    """Serve your own database and registers."""
    _warn()
    with told():
        settings = load_settings(ServedSettings)
        create_app(settings)  # so that what is wrong is said once, and here
        run_server(settings, host, port, workers)


@app.command()
def migrate() -> None:
    """Bring the database to the schema that this version needs."""
    _warn()
    with told():
        settings = load_settings()
        owner = settings.migration_url or settings.database_url
        done = asyncio.run(
            bring_up_to_date(
                owner.get_secret_value(), settings.database_url.get_secret_value()
            )
        )
    for line in done:
        typer.echo(line)


@app.command()
def schema(
    *,
    docs: Annotated[
        bool, typer.Option("--docs", help="As documentation to read, in Markdown.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="As the answer to introspection.")
    ] = False,
) -> None:
    """Print the GraphQL schema: as SDL, unless told otherwise."""
    if docs and json:
        raise typer.BadParameter("choose one of --docs and --json")
    if docs:
        _hand_out(documentation(graph.as_str()))
    elif json:
        _hand_out(introspection(graph._schema))  # noqa: SLF001 - there is no public way
    else:
        _hand_out(graph.as_str() + "\n")


@app.command()
def check(
    *,
    deep: Annotated[
        bool,
        typer.Option(
            "--deep",
            help="Also probe whether the registers behave as is assumed; reads only,"
            " with wrong credentials and faulty questions among them.",
        ),
    ] = False,
) -> None:
    """Find out whether settings, database and registers are as they should be."""
    _warn()
    with told():
        settings = load_settings()
        findings = asyncio.run(find_out(settings))
        rows = asyncio.run(probe_all(settings)) if deep else []
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.good else 'FAIL'}  {finding.text}")
    for row in rows:
        typer.echo(f"{row.verdict:<7}  {row.text}")
    if not all([each.good for each in findings] + [row.good for row in rows]):
        raise typer.Exit(1)


@app.command()
def subscribe() -> None:
    """Have the Notificaties API tell this gateway what changes in the registers."""
    with told():
        lines = asyncio.run(have_changes_told(load_settings()))
    for line in lines:
        typer.echo(line.text, err=not line.good)
    if not all(line.good for line in lines):
        raise typer.Exit(1)


@app.command()
def inzagen(
    *,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Nothing from before this day."),
    ] = None,
) -> None:
    """Show who was shown what of somebody, and why; whose is asked on standard input."""
    if sys.stdin.isatty():
        typer.echo(f"Whose? {WAYS}", err=True)
    with told():
        asked, day = sys.stdin.readline(), since and since.astimezone()
        lines = asyncio.run(read_inzagen(load_settings(), asked, day))
    typer.echo("\t".join(COLUMNS.split()), err=True)
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo("nobody was shown anything", err=True)


@importing.command("open-klant")
def open_klant(
    *,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="No klantcontacten from before this day, unless an interne taak of"
            " theirs was assigned or dealt with since.",
        ),
    ] = None,
) -> None:
    """Take over what an Open Klant 2 has; a line for whatever does not come along."""
    typer.echo("\t".join(LINE_COLUMNS.split()), err=True)
    with told():
        outcome = asyncio.run(
            import_open_klant(
                load_settings(),
                typer.echo,
                since=since and since.astimezone(),
                show=_show_progress if sys.stderr.isatty() else None,
            )
        )
    for line in outcome.summary():
        typer.echo(line, err=True)
    if outcome.left_out:
        raise typer.Exit(1)


@app.command()
def purge(
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help="Destroy it; otherwise nothing changes.")
    ] = False,
) -> None:
    """List what is due to be destroyed, and what is kept beyond that; or destroy it."""
    typer.echo("\t".join(PURGE_COLUMNS.split()), err=True)
    show = _show_progress if sys.stderr.isatty() else None
    with told():
        summary = asyncio.run(
            destroy_what_is_due(load_settings(), typer.echo, apply=apply, show=show)
        )
    for line in summary:
        typer.echo(line, err=True)


@app.command()
def disclose() -> None:
    """Give all that is held on somebody, as JSON; whose is asked on standard input."""
    if sys.stdin.isatty():
        typer.echo(f"Whose? {WAYS}", err=True)
    with told():
        held = asyncio.run(all_that_is_held(load_settings(), sys.stdin.readline()))
    typer.echo(held)


def main() -> None:
    """Run the command that was given."""
    app()


if __name__ == "__main__":
    main()
