"""Links that subscribe a calendar program to a feed (calendar.md, Feeds over HTTP)."""

from urllib.parse import quote, urlencode


def calendar_links(feed: str, name: str) -> list[tuple[str, str]]:
    """(label, address) for Apple, Google and Outlook; `feed` is the calendar's own address."""
    webcal = "webcal://" + feed.split("://", 1)[1]
    outlook = urlencode({"url": feed, "name": name}, quote_via=quote)
    return [
        ("Apple", webcal),
        ("Google", f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"),
        ("Outlook", f"https://outlook.live.com/calendar/0/addfromweb?{outlook}"),
    ]
