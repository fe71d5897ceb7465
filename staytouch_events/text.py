"""Clean input."""


def clean_line(text, limit=200):
    return " ".join(text.split())


def clean_text(text, limit=20000):
    return text.replace("\r\n", "\n").strip()
