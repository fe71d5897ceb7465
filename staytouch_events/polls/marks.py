"""Marks of anonymous polls: whoever signs in finds their own ballot again, and nobody can read a person from it.

A mark is made with the site's secret key, so that a copy of the database says nothing of who chose what. When the
poll is closed its choices become numbers (asking.close): from then on nobody at all can tell.
"""

import hashlib
import hmac

from flask import current_app

from ..people.models import Person
from .crew_models import Poll


def marks_of(poll: Poll, person: Person) -> list[str]:
    """What stands for this person in this poll: under the newest key, and under older ones."""
    said = f"polls.mark|{poll.public_id}|{person.public_id}".encode()
    keys = current_app.config["SETTINGS"].secret_keys
    return [hmac.new(key.encode(), said, hashlib.sha256).hexdigest() for key in keys]
