"""The commands of imports."""

from pathlib import Path

import click
from sqlalchemy import select

from ..db import db
from ..geo import gazetteer
from ..groups.actions import start_ownerless
from ..groups.models import Group
from ..when import now
from .actions import Report, import_events

WHY = {
    "exact": "its name, once in that country",
    "bigger": "by far the biggest of the name there",
    "alternate": "another name of it",
    "namesakes": "several towns of the name, about as big",
    "unknown": "no town of the name there",
    "unknown-country": "the country is not known",
    "town-of": "a part of the text names a town",
    "small": "only a small place has the name",
    "begins": "a town whose name begins so",
}


@click.command("import-events")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--group", "slug", required=True, help="The address of the group they belong to.")
@click.option("--create", is_flag=True, help="Make the group if there is none.")
def import_events_command(file: Path, slug: str, create: bool) -> None:
    """Import all-day events from FILE, one JSON object a line; no caps, no mail, no doubles."""
    from .. import create_app

    with create_app().app_context():
        group = db.session.scalar(select(Group).where(Group.slug == slug))
        if group is None and not create:
            raise click.ClickException(f"There is no group at /groups/{slug}. Say --create to make it.")
        group = group or start_ownerless(slug, now())
        db.session.commit()
        with file.open(encoding="utf-8", errors="replace") as lines:
            report = import_events(lines, group, gazetteer(), now())
        _print(report)


def _print(report: Report) -> None:
    click.echo(f"{report.made} made, {report.changed} changed, {report.same} as before, {len(report.refused)} refused.")
    for number, why in report.refused:
        click.echo(f"  line {number}: {why}")
    click.echo(f"{len(report.places)} places:")
    for (city, country), became in sorted(report.places.items()):
        label = became.place.label if became.place else "nothing"
        said = "sure" if became.sure else "unsure, left without a pin"
        click.echo(f"  {city}, {country} -> {label} ({said}: {WHY.get(became.why, became.why)})")
