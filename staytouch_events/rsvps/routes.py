"""x"""
from flask import Blueprint
bp = Blueprint("rsvps", __name__)

@bp.get("/rsvps/<token>")
def manage(token): return token

@bp.get("/events/<slug>/manage/people")
def roster(slug): return slug
