"""The one way from people's Markdown to HTML, and to plain text."""

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_PARSER = MarkdownIt("js-default", {"html": False, "linkify": True, "typographer": False}).enable("linkify")
_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "s",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "hr",
    "h3",
    "h4",
    "h5",
    "h6",
}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
# A page has one h1 and its own h2s.
_DEMOTED = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}


def html(text: str) -> Markup:
    """Sanitised HTML. Links only to http, https and mailto; pictures from elsewhere are left out."""
    rendered = re.sub(r"<(/?)(h[1-6])>", lambda tag: f"<{tag[1]}{_DEMOTED[tag[2]]}>", _PARSER.render(text))
    return Markup(
        nh3.clean(
            rendered,
            tags=_TAGS,
            attributes={"a": {"href", "title"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="nofollow ugc noopener",
        )
    )


def plain(text: str) -> str:
    """The words alone, for calendars and text mail: links as "label (address)", lists with dashes."""
    lines = []
    for line in text.splitlines():
        line = re.sub(r"!?\[([^\]]*)\]\(([^)\s]+)[^)]*\)", r"\1 (\2)", line)
        line = re.sub(r"^\s{0,3}(#{1,6}\s+|>\s?)", "", line)
        line = re.sub(r"^(\s*)[*+]\s+", r"\1- ", line)
        line = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", line)
        line = re.sub(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", line)
        lines.append(line.replace("`", "").rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
