"""Standing links: what a row's token is for a purpose, and whose row a token stands for (reliability.md, 8)."""

from flask import abort, current_app
from sqlalchemy import select

from ..db import db
from ..links import is_token, public_id_of, token


def token_of(purpose: str, row) -> str:
    """The standing token of a row with a public id and a generation."""
    return token(_keys(), purpose, row.public_id, row.generation)


def stands_for(text: str, purpose: str, row) -> bool:
    """Whether a token is this row's, under the newest key or an older one."""
    return is_token(_keys(), text, purpose, row.public_id, row.generation)


def row_named(model, text: str):
    """The row whose public id a token names, whatever the token is worth; None where there is none."""
    public_id = public_id_of(text)
    return db.session.scalar(select(model).where(model.public_id == public_id)) if public_id else None


def row_by_token(model, purpose: str, text: str):
    """The row that a token stands for; 404 for an unknown or revoked one."""
    row = row_named(model, text)
    if row is None or not stands_for(text, purpose, row):
        abort(404)
    return row


def _keys() -> tuple[str, ...]:
    return current_app.config["SETTINGS"].secret_keys
