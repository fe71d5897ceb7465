"""Roles that most crews have, to take over with one tap, in words of the current language."""

from typing import Any

from flask_babel import gettext as _


def presets() -> dict[str, dict[str, Any]]:
    """Each by a key, with the fields of the role it makes."""
    adult, sharps = _("18 or older"), _("18 or older, sharps training")
    return {
        "site-lead": _role(_("Site lead"), _("Knows the plan, says when it starts and when it ends."), approval=True),
        "safety-lead": _role(_("Safety lead"), _("Gives the safety talk and keeps an eye on everyone."), adult),
        "check-in": _role(_("Check-in"), _("Greets people and ticks off names."), checks_in=True),
        "data": _role(_("Data recorder"), _("Counts and weighs the bags, and writes it down.")),
        "photo": _role(_("Photographer"), _("Takes the before and the after.")),
        "hauler": _role(_("Hauler with truck"), _("Drives the full bags to the pile."), _("Licence and own truck")),
        "first-aid": _role(_("First aid"), _("Carries the kit and knows how to use it."), _("First aid training")),
        "kids": _role(_("Kids' lead"), _("Stays with the youngest."), adult, approval=True),
        "music": _role(_("Music and food"), _("Brings the speaker, the coffee, or both.")),
        "sharps": _role(_("Sharps handler"), _("Nobody else picks up a needle."), sharps, approval=True),
    }


def _role(name: str, about: str, requirements: str = "", *, approval: bool = False, checks_in: bool = False) -> dict:
    return {
        "name": name,
        "about": about,
        "requirements": requirements,
        "approval": approval,
        "checks_in": checks_in,
    }
