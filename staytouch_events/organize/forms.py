"""Forms of whoever runs the site."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import DataRequired, Email, Optional

from ..config import is_site_url, is_tile_url
from ..forms import BaseForm, EmailField, LineField
from ..maps import OPENSTREETMAP

OUTLINE, OSM, OWN = "outline", "openstreetmap", "own"
EMBEDDED = "embedded"


class WelcomeForm(BaseForm):
    """Who becomes the site's first admin."""

    email = EmailField(
        _l("Your email"), [DataRequired(_l("Type your email address.")), Email(_l("This is not an email address."))]
    )


class MapsForm(BaseForm):
    """Whether maps and addresses may ask other hosts; nothing does until it is chosen here."""

    tiles = RadioField(
        _l("Maps"),
        choices=[(OUTLINE, _l("Our own outline")), (OSM, _l("OpenStreetMap")), (OWN, _l("Another tile server"))],
        default=OUTLINE,
    )
    tile_url = LineField(_l("Its address, with {z}, {x} and {y}"), [Optional()], limit=300)
    tile_attribution = LineField(_l("Its credit, in Markdown"), [Optional()], limit=300)
    geocoder = RadioField(
        _l("Addresses"),
        choices=[(EMBEDDED, _l("Towns and ZIPs alone")), ("nominatim", "Nominatim"), ("photon", "Photon")],
        default=EMBEDDED,
    )
    geocoder_url = LineField(_l("Its host, if it is your own"), [Optional()], limit=200)

    def values(self) -> dict[str, str] | None:
        """The choices as they are kept, or None with all errors at their fields."""
        self.validate()
        url = (self.tile_url.data or "") if self.tiles.data == OWN else ""
        host = (self.geocoder_url.data or "") if self.geocoder.data != EMBEDDED else ""
        if self.tiles.data == OWN and not is_tile_url(url):
            self.tile_url.errors = [_("Write it like https://tiles.example.org/{z}/{x}/{y}.png.")]
        if host and not is_site_url(host):
            self.geocoder_url.errors = [_("Write it like https://nominatim.example.org, with no path.")]
        if self.errors:
            return None
        return {
            "tile_url": OPENSTREETMAP if self.tiles.data == OSM else url,
            "tile_attribution": (self.tile_attribution.data or "") if self.tiles.data == OWN else "",
            "geocoder": self.geocoder.data,
            "geocoder_url": host.rstrip("/"),
        }


def as_chosen(choice: dict[str, str]) -> dict[str, str]:
    """Kept choices as the form shows them."""
    tiles = {"": OUTLINE, OPENSTREETMAP: OSM}.get(choice["tile_url"], OWN)
    shown = choice if tiles == OWN else {**choice, "tile_url": "", "tile_attribution": ""}
    return {**shown, "tiles": tiles, "geocoder": choice["geocoder"] or EMBEDDED}


class FindForm(BaseForm):
    """Whose account."""

    email = EmailField(_l("Email"))


class DeletionForm(BaseForm):
    """Why somebody's account is deleted."""

    reason = LineField(_l("Reason"), [DataRequired(_l("Say why: they read it in the last letter."))], limit=300)
