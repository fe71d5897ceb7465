"""Weights, lengths and areas: typed in the reader's units or in others, kept in one, shown in the reader's.

How heavy a bag is, where nobody weighed it: a clean-up bag holds 33 gallons (0.163 cubic yards) and is tied when it is
two thirds full. The United States' environment agency counts loose trash at 138 pounds a cubic yard, mixed recyclables
at 58 and yard trimmings at 250 ("Volume-to-Weight Conversion Factors", April 2016): 15, 6 and 27 pounds a bag. A weight
reckoned so is an estimate and is called one wherever it is added to others.
"""

from ..geo.distance import METRES

# A reader who counts in miles counts in pounds and acres; one who counts in kilometres in kilograms and hectares.
MILES, KILOMETRES = "mi", "km"
GRAMS = {MILES: 453.59237, KILOMETRES: 1000.0}
SQUARE_METRES = {MILES: 4046.8564224, KILOMETRES: 10_000.0}
BAG_POUNDS = {"bags_trash": 15, "bags_recycling": 6, "bags_green": 27}
SCALE, ESTIMATE, TICKET = "scale", "bags", "ticket"
SHORE, ROAD, TRAIL = "shore", "road", "trail"


def estimated_grams(bags: dict[str, int]) -> int:
    """What so many bags weigh, as far as anybody knows."""
    return round(sum(BAG_POUNDS[kind] * number for kind, number in bags.items()) * GRAMS[MILES])


def kept(number: float, unit: str, scale: dict[str, float]) -> int:
    """What is typed in a unit, as it is kept."""
    return round(number * scale[unit])


def shown(number: int | None, unit: str, scale: dict[str, float]) -> float | None:
    """What is kept, in a unit, as precise as it was typed."""
    return None if number is None else round(number / scale[unit], 2)


def pounds(grams: int) -> float:
    """For spreadsheets that ask for pounds."""
    return round(grams / GRAMS[MILES], 2)


def miles(metres: int) -> float:
    """For spreadsheets that ask for miles."""
    return round(metres / METRES[MILES], 2)
