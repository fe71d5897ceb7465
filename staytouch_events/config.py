"""Settings from the environment or `.env`; what can't be used stops the start, in words."""

import os
import re
import secrets
from dataclasses import dataclass, field
from ipaddress import IPv4Address
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
    mail_resolver: str
    inbound_listen: str
    inbound_mail_token: str
    dkim_key: Path | None
    dkim_selector: str
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
    def receives_mail(self) -> bool:
        """Whether mail comes in, by the listener or the hook."""
        return bool(self.inbound_listen or self.inbound_mail_token)

    @property
    def reply_address(self) -> str:
        """The address that replies come to, before anything is put behind a +."""
        return self.mail_reply_to or self.mail_from

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
    mail_from = _address("MAIL_FROM", text("MAIL_FROM", f"staytouch@{_mail_domain(host)}"))
    mail_reply_to = _address("MAIL_REPLY_TO", text("MAIL_REPLY_TO")) if text("MAIL_REPLY_TO") else None
    listen, token = _listen(text("INBOUND_LISTEN")), _mail_token(text("INBOUND_MAIL_TOKEN"))
    if listen or token:
        _check_reply_address(mail_from, mail_reply_to or mail_from)
    return Settings(
        database_url=_database_url(text("DATABASE_URL", f"sqlite:///{data_dir / 'staytouch.sqlite'}")),
        secret_keys=_secret_keys(text("SECRET_KEY"), data_dir),
        site_url=site_url,
        site_name=text("SITE_NAME", "StayTouch"),
        site_place=text("SITE_PLACE", "San José, CA"),
        mail_url=_mail_url(text("MAIL_URL")),
        mail_from=mail_from,
        mail_reply_to=mail_reply_to,
        mail_resolver=_resolver(text("MAIL_RESOLVER")),
        inbound_listen=listen,
        inbound_mail_token=token,
        dkim_key=_dkim_key(text("DKIM_KEY"), text("DKIM_SELECTOR")),
        dkim_selector=text("DKIM_SELECTOR"),
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


def _listen(given: str) -> str:
    parts = urlsplit(given)
    if given and not (parts.scheme in ("smtp", "lmtp") and parts.hostname and parts.port):
        raise BadSetting("INBOUND_LISTEN must look like lmtp://127.0.0.1:2424 or smtp://127.0.0.1:2525.")
    return given


def _mail_token(given: str) -> str:
    if given and len(given) < 16:
        raise BadSetting("INBOUND_MAIL_TOKEN is too short: give at least 16 characters.")
    return given


def _check_reply_address(sender: str, reply: str) -> None:
    """Room for `+<token>` in the 64 octets of a local part, and one domain, or programs distrust the invitation."""
    local, _at, domain = reply.rpartition("@")
    name = "MAIL_FROM" if reply == sender else "MAIL_REPLY_TO"
    if len(local) > 23 or "+" in local:
        raise BadSetting(f"{name} is “{reply}”: to receive replies it needs at most 23 characters before the @, no +.")
    if domain.lower() != sender.rpartition("@")[2].lower():
        raise BadSetting("MAIL_FROM and MAIL_REPLY_TO must have the same domain where replies are received.")


def _resolver(given: str) -> str:
    if given and not is_resolver(given):
        raise BadSetting(f"MAIL_RESOLVER is “{given}”: write it like 9.9.9.9 or 127.0.0.1:5353.")
    return given


def is_resolver(text: str) -> bool:
    """Whether a text is an IPv4 address, with a port or without."""
    found = re.fullmatch(r"([0-9.]{7,15})(?::([0-9]{1,5}))?", text)
    try:
        return bool(found) and bool(IPv4Address(found[1])) and 0 < int(found[2] or 53) < 65536
    except ValueError:
        return False


def _dkim_key(given: str, selector: str) -> Path | None:
    if not given:
        return None
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,62}", selector):
        raise BadSetting(
            "DKIM_KEY needs DKIM_SELECTOR: name the record of the key, like “events” for events._domainkey."
        )
    from dkim.crypto import UnparsableKeyError, parse_pem_private_key

    try:
        parse_pem_private_key(Path(given).read_bytes())
    except (OSError, UnparsableKeyError, ValueError):
        raise BadSetting(f"DKIM_KEY is “{given}”: it must be the path of an RSA private key in PEM form.") from None
    return Path(given).absolute()


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
