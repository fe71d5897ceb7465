"""Filling in the site's own forms, as they come, over HTTP."""

import re
from html.parser import HTMLParser


class _Fields(HTMLParser):
    """What a browser would send of one form, chosen by its action or as the first with a title field."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.fields = action, False, []
        self.select = self.textarea = None

    def handle_starttag(self, tag, attrs) -> None:
        at = dict(attrs)
        if tag == "form":
            self.inside = re.split("[?#]", at.get("action") or "")[0].endswith(self.action)
        if not self.inside or not (at.get("name") or tag == "option"):
            return
        if tag == "input":
            kind = at.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in at or kind in ("file", "submit"):
                return
            self.fields.append((at["name"], at.get("value") or ("y" if kind == "checkbox" else "")))
        elif tag == "select":
            self.select = at["name"]
            self.fields.append((self.select, None))
        elif tag == "option" and self.select and ("selected" in at or self.fields[-1][1] is None):
            self.fields[-1] = (self.select, at.get("value", ""))
        elif tag == "textarea":
            self.textarea = at["name"]
            self.fields.append((self.textarea, ""))

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.fields[-1] = (self.textarea, self.fields[-1][1] + data.lstrip("\r\n"))

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = None
        if tag == "textarea":
            self.textarea = None


def fields_of(page: str, action: str) -> dict[str, str]:
    """The fields of the form with this action, as the page filled them."""
    reader = _Fields(action)
    reader.feed(page)
    assert reader.fields, f"no form posts to {action}"
    return dict(reader.fields)


def fill(browser, path: str, action: str | None = None, **changes):
    """Open a page, change some fields of its form, send it."""
    page = browser.get(path).get_data(as_text=True)
    return send(browser, page, action or path, **changes)


def send(browser, page: str, action: str, **changes):
    """Send a form of a page that is open already; a field set to None is left out."""
    fields = {**fields_of(page, action), **changes}
    return browser.post(action, data={name: value for name, value in fields.items() if value is not None})
