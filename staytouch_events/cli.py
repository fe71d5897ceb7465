"""The `staytouch` command: serve, worker, and what an operator does by hand."""

from __future__ import annotations

import compileall
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import create_app
from .config import ROOT, BadSetting, read_settings
from .serving import serve
from .when import now

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

# Each command imports what it alone needs: `serve` is to start web processes at once, and holds nothing itself.


@click.group()
def main() -> None:
    """StayTouch Events: a site where local crews organise."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    for noisy in ("alembic", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _app() -> Flask:
    try:
        return create_app()
    except BadSetting as wrong:
        raise click.ClickException(str(wrong)) from None


def _settings():
    try:
        return read_settings()
    except BadSetting as wrong:
        raise click.ClickException(str(wrong)) from None


@main.command()
def prepare() -> None:
    """Make what the site needs: pages' assets, translations, gazetteer, database. A second run is quick."""
    from .access.setup import welcome_token
    from .assets import build_assets
    from .db import db
    from .feeds.actions import renew_entries
    from .geo.compile import compile_gazetteer, is_current
    from .links import site_link
    from .purge import plan_purge
    from .rsvps.sequence import plan_missing
    from .schema import upgrade_tables
    from .translations import compile_translations

    settings = _settings()
    # Every process starts sooner, even where Python is told to write nothing beside its sources.
    compileall.compile_dir(ROOT / "staytouch_events", quiet=1)
    build_assets(ROOT)
    compile_translations(ROOT / "translations")
    if not is_current(settings.gazetteer):
        click.echo("Compiling the gazetteer, once …")
        compile_gazetteer(settings.gazetteer)
    app = _app()
    upgrade_tables(app)
    with app.app_context():
        renew_entries(now())
        plan_purge(now())
        plan_missing(now())
        db.session.commit()
        token = None if settings.demo else welcome_token()
        if token:
            click.echo(f"The site has no admin yet. Open {site_link('setup.welcome', token=token)}")


@main.command("serve")
@click.option("--web/--no-web", default=True, help="Run the web processes.")
@click.option("--worker/--no-worker", default=True, help="Run the worker.")
def serve_command(web: bool, worker: bool) -> None:
    """Run the site: web processes and worker side by side, or one of them."""
    settings = _settings()
    if not settings.rate_limits:
        logging.getLogger("staytouch").warning("RATE_LIMITS is off: anybody may do anything as often as they like")
    click.echo(f"{settings.site_name} runs at http://{settings.host}:{settings.port}")
    sys.exit(serve(settings, web, worker))


@main.command("worker")
def worker_command() -> None:
    """Send letters and do what is due, until stopped."""
    # Somebody waits for a page, nobody for the worker's next second.
    os.nice(10)
    from .worker import work

    work(_app())


@main.command("create-admin")
@click.argument("email")
def create_admin_command(email: str) -> None:
    """Make EMAIL a site admin and print a sign-in link, good once within the hour."""
    from .db import db
    from .links import site_link
    from .people.actions import create_admin

    with _app().app_context():
        token = create_admin(email.strip().lower(), now())
        db.session.commit()
        click.echo(site_link("people.enter", token=token))


@main.command()
def demo() -> None:
    """Fill an empty database with a demo region around San José, and print sign-in links."""
    from .demo import make_demo

    with _app().app_context():
        for who, link in make_demo(now()):
            click.echo(f"Sign in as {who}: {link}")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the database to FILE while the site runs."""
    from . import backups

    try:
        backups.back_up(_settings(), file)
    except (BadSetting, OSError) as wrong:
        raise click.ClickException(str(wrong)) from None
    click.echo(f"Copied to {file}. The pictures are files of their own, in {_settings().pictures}.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the copy in FILE in the database's place. The site must be stopped."""
    from . import backups

    try:
        backups.restore(_settings(), file)
    except BadSetting as wrong:
        raise click.ClickException(str(wrong)) from None
    click.echo("Restored. Run `staytouch prepare` before starting, in case the copy is older.")


@main.command()
@click.argument("text")
def geocode(text: str) -> None:
    """Say what the embedded gazetteer makes of TEXT."""
    from .geo.gazetteer import Gazetteer

    for place in Gazetteer(_settings().gazetteer).find(text):
        point = f"{place.lat:.4f}, {place.lon:.4f}  {place.zone}"
        click.echo(f"{place.label}: {point}  ({place.why}{', sure' if place.sure else ''})")


@main.command("check-mail")
@click.option("--resolver", metavar="IP[:PORT]", help="Whom to ask; MAIL_RESOLVER or the machine's own if left out.")
@click.option("--send", "email", metavar="ADDRESS", help="Also have the worker send a test letter there.")
def check_mail_command(resolver: str | None, email: str | None) -> None:
    """Look up whether receivers trust the site's mail (SPF, DKIM, DMARC, reverse name), and say what to fix."""
    from .config import is_resolver
    from .db import db
    from .organize.mail_check import send_test
    from .organize.mail_check_page import as_lines
    from .outbox.delivery import check_delivery, keep_findings
    from .outbox.message import BadAddress, plain_address
    from .resolver import Resolver

    app = _app()
    settings = app.config["SETTINGS"]
    if resolver and not is_resolver(resolver):
        raise click.ClickException("--resolver must look like 9.9.9.9 or 127.0.0.1:5353.")
    with app.app_context():
        found = check_delivery(settings, Resolver(resolver or settings.mail_resolver))
        keep_findings(found, now())
        for line in as_lines(found):
            click.echo(line)
        if email:
            try:
                send_test(plain_address(email.strip().lower()), "en", now())
            except BadAddress:
                raise click.ClickException(f"{email} is no mail address.") from None
            click.echo(f"A test letter to {email} is in the outbox; the worker sends it.")
        db.session.commit()


@main.command("purge")
def purge_command() -> None:
    """Delete what nobody needs any more: old letters, spent sign-in requests, stale drafts."""
    from .db import db
    from .purge import purge

    with _app().app_context():
        for what, count in purge(now()).items():
            click.echo(f"{what}: {count}")
        db.session.commit()


@main.command("import-events")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--group", "slug", required=True, help="The address of the group they belong to.")
@click.option("--create", is_flag=True, help="Make the group if there is none.")
def import_events_command(file: Path, slug: str, create: bool) -> None:
    """Import all-day events from FILE, one JSON object a line; no caps, no mail, no doubles."""
    from .db import db
    from .geo import gazetteer
    from .groups.actions import start_ownerless
    from .groups.queries import group_at
    from .imports.actions import import_events
    from .imports.report import report_lines

    with _app().app_context():
        group = group_at(slug)
        if group is None and not create:
            raise click.ClickException(f"There is no group at /groups/{slug}. Say --create to make it.")
        group = group or start_ownerless(slug, now())
        db.session.commit()
        with file.open(encoding="utf-8", errors="replace") as lines:
            report = import_events(lines, group, gazetteer(), now())
        for line in report_lines(report):
            click.echo(line)


@main.command("import-ics")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--group", "slug", required=True, help="The address of the group they belong to.")
@click.option("--create", is_flag=True, help="Make the group if there is none.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="The first day; 30 days back if left out.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="The last day; a year on if left out.")
def import_ics_command(file: Path, slug: str, create: bool, first: datetime | None, last: datetime | None) -> None:
    """Import the dates of a calendar in FILE, and say what became of each; no caps, no doubles when run again."""
    from .db import db
    from .groups.actions import start_ownerless
    from .groups.queries import group_at
    from .imports.ics_actions import import_calendar
    from .imports.ics_reader import NotACalendar, window_of_days, zone_said
    from .imports.ics_report import ics_report_lines

    with _app().app_context():
        group, body = group_at(slug), file.read_bytes()
        if group is None and not create:
            raise click.ClickException(f"There is no group at /groups/{slug}. Say --create to make it.")
        try:
            zone = zone_said(body)
            group = group or start_ownerless(slug, now(), zone or "UTC")
            window = window_of_days(first, last, zone or group.zone, now())
            db.session.commit()
            report = import_calendar(body, group, window, now())
        except NotACalendar:
            raise click.ClickException(f"{file} is no calendar (.ics).") from None
        for line in ics_report_lines(report):
            click.echo(line)


@main.command("export-group")
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_group_command(slug: str, file: Path) -> None:
    """Write the group at /groups/SLUG to FILE (.zip), to restore on another site. It holds everyone's addresses."""
    from .groups.queries import group_at
    from .organize.archiving import archive_group

    with _app().app_context():
        group = group_at(slug)
        if group is None:
            raise click.ClickException(f"There is no group at /groups/{slug}.")
        try:
            with file.open("wb") as out:
                archive_group(group, out, now())
        except OSError as wrong:
            raise click.ClickException(str(wrong)) from None
        click.echo(f"{group.name} is in {file}, with its people, events, what came of them, and pictures.")


@main.command("restore-group")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", help="Another address for the group than the one it had.")
def restore_group_command(file: Path, slug: str | None) -> None:
    """Restore a group from FILE, which another site's export-group wrote: the same UIDs, addresses and codes."""
    from .db import db
    from .organize.restoring import restore_group
    from .refusals import Refused

    with _app().app_context():
        try:
            group = restore_group(file, slug, now())
        except Refused as refusal:
            raise click.ClickException(str(refusal)) from None
        db.session.commit()
        click.echo(f"{group.name} is at /groups/{group.slug}.")


if __name__ == "__main__":
    main()
