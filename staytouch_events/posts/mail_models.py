"""How people hear of a crew's talk, and threads of which they want to hear no more."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..db import db

AT_ONCE, DAILY, WEEKLY, NEVER = "at_once", "daily", "weekly", "never"
WAYS = (AT_ONCE, DAILY, WEEKLY, NEVER)
# Whoever chose nothing: one letter a week, and at once what is meant for them alone.
USUAL = WEEKLY


class TalkMail(db.Model):
    """What somebody chose for one crew; without a row it is the usual way."""

    __tablename__ = "talk_mail"
    __table_args__ = (UniqueConstraint("person_id", "group_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    how: Mapped[str]


class Mute(db.Model):
    """Somebody wants no mail about one thread."""

    __tablename__ = "post_mutes"
    __table_args__ = (UniqueConstraint("post_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
