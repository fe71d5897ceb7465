"""Charts as geometry for an SVG in units of their own; ui/chart.html draws them, a table has the same numbers."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

# Bars from the left: a line of words and a bar each.
WIDE, STEP, BAR, FIGURE, LONGEST = 340, 52, 18, 44, 44
# A line of bars beside words, one a day.
SPARK, THIN, LOW = 6, 4, 20
# Bars from the floor, with a few labels beneath, none wider than LABEL.
ACROSS, HIGH, FLOOR, TOP = 440, 190, 165, 22
MOST_LABELS, LABEL = 6, 70


def bars(title: str, counted: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """Bars from the left, each under its words."""
    most = max((count for _words, count in counted), default=0)
    room = WIDE - FIGURE
    drawn = [
        {
            "words": words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…",
            "count": count,
            "y": at * STEP,
            "width": round(room * count / most, 1) if most else 0,
        }
        for at, (words, count) in enumerate(counted)
    ]
    said = ", ".join(f"{words}: {count}" for words, count in counted)
    return {"title": title, "described": said, "bars": drawn, "wide": WIDE, "high": STEP * len(drawn), "bar": BAR}


def columns(
    title: str,
    labels: Sequence[str],
    values: Sequence[tuple[float, float]],
    say: Callable[[float], str] = format_decimal,
) -> dict[str, Any] | None:
    """Bars from the floor, the first from the left; of each value what is sure, and what was guessed upon it."""
    most = max((sure + guessed for sure, guessed in values), default=0)
    if not most:
        return None
    step, every = ACROSS / len(labels), -(-len(labels) // MOST_LABELS)
    drawn = []
    for at, (label, (sure, guessed)) in enumerate(zip(labels, values, strict=True)):
        high, guess = ((FLOOR - TOP) * value / most for value in (sure, guessed))
        drawn.append(
            {
                "x": round(at * step + step * 0.12, 1),
                "width": round(step * 0.76, 1),
                "y": round(FLOOR - high, 1),
                "height": round(high, 1),
                "guess_y": round(FLOOR - high - guess, 1),
                "guess_height": round(guess, 1),
                "middle": round(at * step + step / 2, 1),
                "label": label if at % every == 0 else None,
                "at_end": at * step > ACROSS - LABEL,
                "figure": say(sure + guessed) if sure + guessed == most else None,
            }
        )
    guessed = any(pair[1] for pair in values)
    told = {"title": title, "described": _described(labels, values, most, say), "bars": drawn, "guessed": guessed}
    return told | {"wide": ACROSS, "high": HIGH, "floor": FLOOR}


def spark(title: str, counted: Sequence[int]) -> dict[str, Any]:
    """A line of small bars, one a day up to today, said whole in its title."""
    most = max(counted, default=0) or 1
    drawn = [
        {"x": at * SPARK, "height": round(LOW * count / most, 1), "y": round(LOW - LOW * count / most, 1)}
        for at, count in enumerate(counted)
    ]
    said = f"{title}: {format_decimal(sum(counted))}"
    return {"title": said, "bars": drawn, "wide": SPARK * len(drawn), "high": LOW, "bar": THIN}


def _described(labels: Sequence[str], values: Sequence[tuple[float, float]], most: float, say: Callable) -> str:
    best = next(label for label, pair in zip(labels, values, strict=True) if sum(pair) == most)
    return _(
        "From %(first)s to %(last)s: %(whole)s in all, the most in %(best)s with %(most)s.",
        first=labels[0],
        last=labels[-1],
        whole=say(sum(sum(pair) for pair in values)),
        best=best,
        most=say(most),
    )
