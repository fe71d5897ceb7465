"""Settings from the environment or `.env`; what can't be used stops the start, in words."""

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent


GEOCODERS = ("embedded", "nominatim", "photon")


class BadSetting(ValueError):
    """A setting that the site can't run with; the text names it and says what would do."""


@dataclass(frozen=True)
class Settings:
    """What the operator decided. Field names are the environment's, in lower case."""

    database_url: str
    secret_keys: tuple[str, ...]
    site_url: str
    site_name: str
    site_place: str
    mail_url: str | None
    mail_from: str
    mail_reply_to: str | None
    group_creation: str
    proxy_hops: int
    rate_limits: bool
    quiet_hours: bool
    tile_url: str
    tile_attribution: str
    geocoder: str
    geocoder_url: str
    host: str
    port: int
    workers: int
    data_dir: Path
    demo: bool = False
    root: Path = field(default=ROOT)

    @property
    def https(self) -> bool:
        """Whether people reach the site by https, which decides on Secure cookies and HSTS."""
        return self.site_url.startswith("https://")

    @property
    def site_host(self) -> str:
        """The host name that SITE_URL names."""
        return urlsplit(self.site_url).hostname or "localhost"

    @property
    def gazetteer(self) -> Path:
        """The compiled file of places."""
        return self.data_dir / "gazetteer.sqlite"

    @property
    def pictures(self) -> Path:
        """The folder of uploaded pictures."""
        return self.data_dir / "pictures"

    @property
    def compiled_templates(self) -> Path:
        """The folder of templates' compiled code."""
        return self.data_dir / "templates"

    @property
    def kept_mail(self) -> Path:
        """The folder of letters that no mail server was named for."""
        return self.data_dir / "mail"


def read_settings(environ: dict[str, str] | None = None) -> Settings:
    """Settings from `.env` and, before it, the environment. Raises BadSetting."""
    given = {**dotenv_values(ROOT / ".env"), **os.environ} if environ is None else environ

    def text(name: str, default: str = "") -> str:
        return (given.get(name) or default).strip()

    port = _number("PORT", text("PORT", "8000"), 1, 65535)
    data_dir = Path(text("DATA_DIR", str(ROOT / "var"))).absolute()
    data_dir.mkdir(parents=True, exist_ok=True)
    site_url = _site_url("SITE_URL", text("SITE_URL", f"http://127.0.0.1:{port}"))
    host = urlsplit(site_url).hostname or "localhost"
    return Settings(
        database_url=_database_url(text("DATABASE_URL", f"sqlite:///{data_dir / 'staytouch.sqlite'}")),
        secret_keys=_secret_keys(text("SECRET_KEY"), data_dir),
        site_url=site_url,
        site_name=text("SITE_NAME", "StayTouch"),
        site_place=text("SITE_PLACE", "San José, CA"),
        mail_url=_mail_url(text("MAIL_URL")),
        mail_from=_address("MAIL_FROM", text("MAIL_FROM", f"staytouch@{_mail_domain(host)}")),
        mail_reply_to=_address("MAIL_REPLY_TO", text("MAIL_REPLY_TO")) if text("MAIL_REPLY_TO") else None,
        group_creation=_choice("GROUP_CREATION", text("GROUP_CREATION", "anyone"), ("anyone", "admins")),
        proxy_hops=_number("PROXY_HOPS", text("PROXY_HOPS", "0"), 0, 9),
        rate_limits=_choice("RATE_LIMITS", text("RATE_LIMITS", "on"), ("on", "off")) == "on",
        quiet_hours=_choice("QUIET_HOURS", text("QUIET_HOURS", "on"), ("on", "off")) == "on",
        tile_url=_tile_url(text("TILE_URL")),
        tile_attribution=text("TILE_ATTRIBUTION"),
        geocoder=_choice("GEOCODER", text("GEOCODER"), ("", *GEOCODERS)),
        geocoder_url=_site_url("GEOCODER_URL", text("GEOCODER_URL")) if text("GEOCODER_URL") else "",
        host=text("HOST", "127.0.0.1"),
        port=port,
        workers=_number("WORKERS", text("WORKERS", "2"), 1, 64),
        data_dir=data_dir,
        demo=text("STAYTOUCH_DEMO") == "1",
    )


def _number(name: str, given: str, low: int, high: int) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", given) or not low <= int(given) <= high:
        raise BadSetting(f"{name} is “{given}”: it must be a whole number from {low} to {high}.")
    return int(given)


def _choice(name: str, given: str, choices: tuple[str, ...]) -> str:
    if given not in choices:
        raise BadSetting(f"{name} is “{given}”: it must be one of {', '.join(choices)}.")
    return given


def _site_url(name: str, given: str) -> str:
    if not is_site_url(given):
        raise BadSetting(f"{name} is “{given}”: write it like https://events.example.org, with no path.")
    return given.rstrip("/")


def _tile_url(given: str) -> str:
    if given and not is_tile_url(given):
        raise BadSetting(f"TILE_URL is “{given}”: write it like https://tiles.example.org/{{z}}/{{x}}/{{y}}.png.")
    return given


def is_site_url(text: str) -> bool:
    """Whether a text is the address of a host, by http or https, with no path."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/")
    except ValueError:
        return False


def is_tile_url(text: str) -> bool:
    """Whether a text is the pattern of a map's tiles: a host, and places for zoom, column and row."""
    host = "/".join(text.split("/")[:3]).replace("{s}", "a")
    return is_site_url(host) and bool(re.fullmatch(r"[!-~]+", text)) and all(p in text for p in ("{z}", "{x}", "{y}"))


def _database_url(given: str) -> str:
    if not given.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting("DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://.")
    return given


def _mail_url(given: str) -> str | None:
    if not given:
        return None
    if urlsplit(given).scheme not in ("smtp", "smtps") or not urlsplit(given).hostname:
        raise BadSetting("MAIL_URL must look like smtp://user:password@host:587 or smtps://….")
    return given


def _mail_domain(host: str) -> str:
    return host if "." in host and not re.fullmatch(r"[0-9.]+|.*:.*", host) else "localhost.localdomain"


def _address(name: str, given: str) -> str:
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+", given):
        raise BadSetting(f"{name} is “{given}”: it must be one plain mail address.")
    return given


def _secret_keys(given: str, data_dir: Path) -> tuple[str, ...]:
    """The keys given, newest first, else one made on the first start and kept beside the data."""
    keys = tuple(key.strip() for key in given.split(",") if key.strip())
    if not keys:
        keys = (_kept_key(data_dir / "secret_key"),)
    if any(len(key) < 16 for key in keys):
        raise BadSetting("SECRET_KEY is too short: give at least 16 characters, or none and one is made.")
    return keys


def _kept_key(path: Path) -> str:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
