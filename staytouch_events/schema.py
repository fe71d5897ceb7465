"""Bringing a database's tables up to what this release knows; web processes and worker never load it."""

from flask import Flask
from flask_migrate import Migrate, upgrade

from .config import ROOT
from .db import db


def upgrade_tables(app: Flask) -> None:
    """Apply what migrations/ holds and the database has not seen."""
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    with app.app_context():
        upgrade()
