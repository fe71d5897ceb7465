"""Letters after somebody is gone, or has another address."""

from sqlalchemy import delete, update

from ..db import db
from .models import DEAD, WAITING, Letter
from .stops import go_on


def forget_address(email: str) -> None:
    """No letter to this address, sent or not; what waits is not sent."""
    db.session.execute(delete(Letter).where(Letter.to_email == email))
    go_on(email)


def write_anew() -> None:
    """Have what still waits written again when it is sent: what it was made of has changed."""
    waits = Letter.state.in_((WAITING, DEAD)), Letter.raw.is_not(None)
    db.session.execute(update(Letter).where(*waits).values(raw=None, subject=None))


def readdress(old: str, new: str) -> None:
    """Letters go to the new address, and those that were sent belong to it; what waits is written again for it.

    Its owner proved the new one; that mail came back from the old one is nobody's concern any more.
    """
    go_on(old)
    go_on(new)
    db.session.execute(update(Letter).where(Letter.to_email == old).values(to_email=new))
    waits = Letter.to_email == new, Letter.state.in_((WAITING, DEAD))
    db.session.execute(update(Letter).where(*waits).values(raw=None, subject=None))
