"""Whose file of people is whose: its owner's alone."""

from flask import abort
from sqlalchemy import select

from ..contacts.reach_models import PeopleFile
from ..db import db


def own_file(viewer, public_id: str) -> PeopleFile:
    """A file that the viewer brought; anybody else's is 404."""
    row = db.session.scalar(
        select(PeopleFile).where(PeopleFile.public_id == public_id, PeopleFile.owner_id == viewer.id)
    )
    if row is None:
        abort(404)
    return row
