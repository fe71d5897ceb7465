"""The page of a crew's people, gathered for templates/groups/people.html."""

from datetime import datetime
from typing import Any

from babel.dates import format_date
from flask import request
from flask_babel import get_locale
from flask_login import current_user

from ..access.groups import may_own
from ..access.joining import join_token
from ..forms import ButtonForm
from ..links import site_link
from ..text import parse_int
from ..when import in_zone
from .forms import AnswerMailForm, BanForm, InviteForm, LinkForm, RoleForm
from .inviting import MOST
from .join_models import JoinLink
from .join_queries import bans_of, links_of, requests_of
from .models import Group
from .queries import members_of, membership_of


def people_context(group: Group, now: datetime, form: InviteForm | None = None) -> dict[str, Any]:
    """Who is in it, who asks, which links are out, who is kept out; `form` has the errors of an invitation."""
    mine = membership_of(group, current_user.id)
    return {
        "group": group,
        "form": form or InviteForm(formdata=None),
        "members": members_of(group),
        "owns": may_own(current_user, group),
        "role_form": RoleForm(formdata=None),
        "button": ButtonForm(formdata=None),
        "answers": AnswerMailForm(formdata=None, data={"answer_mail": mine.answer_mail}) if mine else None,
        "invited": "invited" in request.args,
        "mailed": parse_int(request.args.get("mailed", ""), 1, MOST),
        "requests": requests_of(group),
        "links": [_link(link) for link in links_of(group, now)],
        "link_form": LinkForm(formdata=None),
        "bans": bans_of(group),
        "ban_form": BanForm(formdata=None),
    }


def _link(link: JoinLink) -> dict[str, Any]:
    return {
        "row": link,
        "url": site_link("joining.invited", token=join_token(link)),
        "until": format_date(in_zone(link.ends_at, link.group.zone).date(), "d MMM", get_locale()),
    }
