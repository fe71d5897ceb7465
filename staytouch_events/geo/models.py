"""What online geocoders answered, so that the same question is asked once."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from ..db import db


class Geocoded(db.Model):
    """One question to one geocoder and its answer: [{"label": …, "lat": …, "lon": …}, …]."""

    __tablename__ = "geocoded"

    question: Mapped[str] = mapped_column(primary_key=True)
    found: Mapped[list[Any]]
    asked_at: Mapped[datetime]
