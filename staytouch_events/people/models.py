"""People, the sessions they are signed in by, and what they asked for that a letter has to confirm."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..links import new_public_id


class Person(db.Model):
    """Somebody, with an account or without one. A guest is a person whose `joined_at` is empty."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    # Raising it revokes the standing links made before: personal feed, unsubscribe.
    generation: Mapped[int] = mapped_column(default=1)
    # Lower case. Empty for somebody whom an organizer added by name alone.
    email: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    # As they write them: "she/her", "elle".
    pronouns: Mapped[str] = mapped_column(default="")
    # The name of a kept picture, like a crew's; its words for who can't see it are the person's name.
    photo: Mapped[str | None]
    # For whoever wants one beside the mailed link.
    password_hash: Mapped[str | None]
    joined_at: Mapped[datetime | None]
    # A town, its point rounded to a hundredth of a degree.
    home_place: Mapped[str] = mapped_column(default="")
    home_lat: Mapped[float | None]
    home_lon: Mapped[float | None]
    zone: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    unit: Mapped[str | None]
    # Letters around an event that they do not want: names of steps, as rsvps/sequence.py has them.
    unwanted: Mapped[list[Any]] = mapped_column(default=list)
    is_admin: Mapped[bool] = mapped_column(default=False)
    # Nobody any more: the stand-in to whom the past answers of a deleted account belong (deletion.py).
    gone_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    is_authenticated = True
    is_anonymous = False
    # The sign-in that brought this person here, in a request.
    sign_in: ClassVar["SignIn | None"] = None

    def get_id(self) -> str:
        """What the cookie carries: the sign-in's public id."""
        return self.sign_in.public_id

    @property
    def is_active(self) -> bool:
        """Whether the person has an account."""
        return self.joined_at is not None

    @property
    def short_name(self) -> str:
        """How others are shown this person: the name without its last word, "Ana" for "Ana Luz"."""
        words = self.name.split()
        return " ".join(words[:-1]) if len(words) > 1 else self.name


class SignIn(db.Model):
    """One device on which a person is signed in; deleting the row ends it."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    device: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class SignInRequest(db.Model):
    """A letter that lets somebody in once, by its link or by its short code."""

    __tablename__ = "sign_in_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    code_mac: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    next_path: Mapped[str] = mapped_column(default="/")
    created_at: Mapped[datetime]
    link_ends_at: Mapped[datetime]
    code_ends_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    spent_at: Mapped[datetime | None]


class AddressChange(db.Model):
    """Somebody wants letters at another address: so once the buttons in both letters were pressed. One a person."""

    __tablename__ = "address_changes"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    new_email: Mapped[str]
    # Of the letter to the address they have, and of the one to the address they want.
    old_hash: Mapped[str] = mapped_column(unique=True)
    new_hash: Mapped[str] = mapped_column(unique=True)
    old_pressed_at: Mapped[datetime | None]
    new_pressed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class DeletionRequest(db.Model):
    """Somebody wants their account gone: it goes when the button behind the letter's link is pressed. One a person."""

    __tablename__ = "deletion_requests"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
