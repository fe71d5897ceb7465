"""Forms about groups."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, Email, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from ..colour import STOCKS, good_stock, is_hex
from ..forms import BaseForm, EmailField, LineField, LongField
from ..geo import geocode
from .models import APPROVAL, INVITATION, MEMBER, MEMBERS, OPEN, ORGANIZER, OWNER, PRIVATE, PUBLIC, UNLISTED, Group

OWN = "own"


def stock_choices() -> list[tuple[str, str]]:
    """The papers we offer, and one's own colour."""
    names = (_("Rose"), _("Goldenrod"), _("Sky"), _("Mint"), _("Tangerine"), _("Lilac"), _("Butter"), _("Kraft"))
    return [*zip(STOCKS.values(), names, strict=True), (OWN, _("Another"))]


class GroupForm(BaseForm):
    """What a crew says of itself."""

    name = LineField(_l("Name of the crew"), [DataRequired(_l("Give the crew a name."))], limit=60)
    summary = LineField(_l("In one line"), [Optional()], limit=160)
    about = LongField(_l("About the crew"), [Optional()], limit=10_000)
    place = LineField(_l("Home town or ZIP"), [DataRequired(_l("Where is the crew at home?"))], limit=120)
    causes = SelectMultipleField(
        _l("What it does"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), choices=()
    )
    links = LongField(_l("Links, one a line, like “Instagram https://…”"), [Optional()], limit=2000)
    stock = RadioField(_l("Paper"), choices=stock_choices, default=STOCKS["rose"])
    colour = LineField(_l("Your own colour, like #ff9fb8"), [Optional()], limit=7)
    picture = FileField(_l("Picture"))
    picture_alt = LineField(_l("What the picture shows, for people who can't see it"), [Optional()], limit=300)
    no_picture = BooleanField(_l("Take the picture off"))
    language = SelectField(_l("Language of its calendar"), choices=[("en", "English"), ("es", "Español")], default="en")
    visibility = RadioField(
        _l("Who finds it"),
        choices=[
            (PUBLIC, _l("Everyone")),
            (UNLISTED, _l("Whoever has its address")),
            (PRIVATE, _l("Its members alone")),
        ],
        default=PUBLIC,
    )
    joining = RadioField(
        _l("Who may join"),
        choices=[
            (OPEN, _l("Anybody, with one tap")),
            (APPROVAL, _l("Whoever asks and gets a yes")),
            (INVITATION, _l("Whoever has an invitation")),
        ],
        default=OPEN,
    )
    talk_readers = RadioField(
        _l("Who reads its talk"),
        choices=[(MEMBERS, _l("Its members")), (PUBLIC, _l("Everyone"))],
        default=MEMBERS,
    )

    def __init__(self, *args, causes=(), **kwargs) -> None:
        """`causes` are the kinds to choose from, with their words."""
        super().__init__(*args, **kwargs)
        self.causes.choices = list(causes)

    def fields(self) -> dict[str, Any] | None:
        """The group's fields, or None with all errors at the form's."""
        self.validate()
        plain = ("name", "summary", "about", "picture_alt", "language", "visibility", "joining", "causes")
        plain += ("talk_readers",)
        found = {name: self[name].data or "" for name in plain}
        found |= {"causes": list(self.causes.data or ())} | self._place() | self._links() | self._colour()
        return None if self.errors else found

    def _place(self) -> dict[str, Any]:
        found = geocode(self.place.data or "")
        if not found and self.place.data:
            return _wrong(self.place, _("No town or ZIP of this name is known here. Try the next bigger town."))
        if not found:
            return {}
        place = found[0]
        return {
            "place_name": place.label,
            "country_code": place.country_code,
            "lat": place.lat,
            "lon": place.lon,
            "zone": place.zone,
        }

    def _links(self) -> dict[str, Any]:
        found = []
        for line in (self.links.data or "").splitlines():
            label, _blank, url = line.strip().rpartition(" ")
            if not line.strip():
                continue
            if not url.startswith(("https://", "http://")):
                return _wrong(self.links, _("“%(line)s” has no web address at its end.", line=line[:60]))
            found.append({"label": label.strip() or url.split("://")[1].split("/")[0], "url": url})
        return {"links": found[:10]}

    def _colour(self) -> dict[str, Any]:
        """A paper we offer, or one's own, lightened until ink reads on it."""
        if self.stock.data != OWN:
            return {"colour": self.stock.data}
        if not is_hex(self.colour.data or ""):
            return _wrong(self.colour, _("Write the colour like #ff9fb8."))
        return {"colour": good_stock(self.colour.data.lower())}


class ManageForm(GroupForm):
    """The same, with the address."""

    slug = LineField(
        _l("Address"),
        [
            DataRequired(_l("It needs an address.")),
            Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", message=_l("Small letters, digits and dashes only.")),
        ],
        limit=60,
    )


class InviteForm(BaseForm):
    """Whom to ask."""

    email = EmailField(
        _l("Email"), [DataRequired(_l("Type their email address.")), Email(_l("This is not an email address."))]
    )


class ListForm(BaseForm):
    """People kept elsewhere."""

    file = FileField(_l("A table (.csv)"))
    text = LongField(_l("Or paste it: one person a line"), [Optional()], limit=400_000)


class AskForm(BaseForm):
    """What somebody says who asks to join."""

    words = LongField(_l("A word about you"), [Optional()], limit=500)


class LeadForm(BaseForm):
    """What somebody says who offers to lead a crew."""

    words = LongField(_l("A word to the admin"), [Optional()], limit=500)


class LinkForm(BaseForm):
    """What a link to join is good for."""

    for_many = RadioField(
        _l("It lets in"), choices=[("one", _l("One person")), ("many", _l("Everybody who has it"))], default="one"
    )
    days = RadioField(
        _l("It is good for"), choices=[("1", _l("a day")), ("7", _l("a week")), ("30", _l("a month"))], default="7"
    )


class BanForm(BaseForm):
    """Why somebody is kept out."""

    reason = LineField(_l("Why, for the organizers alone"), [Optional()], limit=300)


class RoleForm(BaseForm):
    """What somebody is to be."""

    role = SelectField(_l("Role"), choices=[(MEMBER, _l("Member")), (ORGANIZER, _l("Organizer")), (OWNER, _l("Owner"))])


class AnswerMailForm(BaseForm):
    """How an organizer hears of answers."""

    answer_mail = RadioField(
        _l("Mail me about answers"),
        choices=[("each", _l("Each one")), ("daily", _l("Once a day")), ("never", _l("Never"))],
    )


def as_typed(group: Group) -> dict[str, Any]:
    """A group as its form shows it."""
    offered = group.colour in STOCKS.values()
    plain = ("name", "summary", "about", "causes", "picture_alt", "language", "visibility", "joining", "slug")
    plain += ("talk_readers",)
    return {name: getattr(group, name) for name in plain} | {
        "place": group.place_name,
        "links": "\n".join(f"{link['label']} {link['url']}" for link in group.links),
        "stock": group.colour if offered else OWN,
        "colour": "" if offered else group.colour,
    }


def _wrong(field, text: str) -> dict[str, Any]:
    field.errors = [*field.errors, text]
    return {}
