"""One pattern a kind, drawn as a printer would cut it: a seeded Random and a size in, SVG paths out."""

import math
from collections.abc import Callable
from random import Random

Point = tuple[float, float]


def _smooth(points: list[Point], start: bool = True) -> str:
    """A curve through the points, as relative cubic segments in whole units."""
    x, y = round(points[0][0]), round(points[0][1])
    path = [f"M{x} {y}" if start else f"L{x} {y}"]
    for at in range(1, len(points)):
        before, here = points[max(at - 2, 0)], points[at - 1]
        there, after = points[at], points[min(at + 1, len(points) - 1)]
        bends = (
            (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6),
            (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6),
            there,
        )
        numbers = [number for bend in bends for number in (round(bend[0]) - x, round(bend[1]) - y)]
        path.append("c" + _numbers(numbers))
        x, y = round(there[0]), round(there[1])
    return "".join(path)


def _numbers(numbers: list[int]) -> str:
    """Numbers with a space only where a minus does not part them."""
    text = ""
    for number in numbers:
        text += f" {number}" if text and number >= 0 else str(number)
    return text


def _filled(path: str) -> str:
    return f'<path d="{path}" fill="currentColor" stroke="none"/>'


def _stroked(path: str, width: float) -> str:
    return f'<path d="{path}" stroke-width="{width:g}"/>'


def _creek(random: Random, width: int, height: int) -> str:
    """A woodcut of water: lines thicken downstream."""
    rows, wave = 11, width / 7.5
    first, second = random.random() * 6, random.random() * 6
    step = width // 11
    ribbons = []
    for row in range(rows):
        y, sway = height * (row + 0.6) / rows, height / rows * (0.55 + 0.5 * row / rows)
        most = height * (0.005 + 0.05 * (row / rows) ** 1.3)
        top, bottom = [], []
        for x in range(-step, width + 2 * step, step):
            middle = y + sway * math.sin(x / wave + first + row * 0.42)
            middle += sway * 0.45 * math.sin(x / wave * 2.1 + second - row * 0.3)
            swell = 0.5 + 0.5 * math.sin(x / wave * 0.9 + row * 1.15 + second)
            thick = most * (0.12 + 0.88 * swell**1.4)
            top.append((x, middle - thick / 2))
            bottom.append((x, middle + thick / 2))
        ribbons.append(_smooth(top) + _smooth(bottom[::-1], start=False) + "z")
    return _filled("".join(ribbons))


def _street(random: Random, width: int, height: int) -> str:
    """Lanes that run together in the distance, worn paint between them."""
    vanish = width * random.uniform(0.55, 0.7)
    lanes = []
    for lane in range(-5, 24):
        x = lane * width / 18 + random.random() * width / 70
        dash, gap = random.randint(30, 120), random.randint(20, 80)
        path = f"M{x:.0f} {height}L{vanish + (x - vanish) * 0.12:.0f} 0"
        wide = 3 + random.random() * 14
        lanes.append(f'<path d="{path}" stroke-width="{wide:.0f}" stroke-dasharray="{dash} {gap}"/>')
    return "".join(lanes)


def _beach(random: Random, width: int, height: int) -> str:
    """Rows of scallops rolling in under a low sun of rings."""
    sun, low = width * random.uniform(0.68, 0.82), height * 0.42
    rings = "".join(
        f"M{sun - radius:.0f} {low:.0f}a{radius:.0f} {radius:.0f} 0 0 1 {2 * radius:.0f} 0"
        for radius in (height * part for part in (0.08, 0.16, 0.25, 0.35))
    )
    drawn = [_stroked(rings, height / 50)]
    y, row = low + height * 0.06, 0
    while y < height * 1.1:
        size = height * (0.055 + 0.022 * row)
        start = -size * (2 if row % 2 else 1) - random.random() * size
        arcs = f"a{size:.0f} {size * 0.62:.0f} 0 0 0 {2 * size:.0f} 0" * (int(width / size / 2) + 3)
        drawn.append(_stroked(f"M{start:.0f} {y:.0f}{arcs}", 3 + row * 2.2))
        y += size * 0.95
        row += 1
    return "".join(drawn)


def _park(random: Random, width: int, height: int) -> str:
    """A stand of trees, round ones and pointed ones, on hatched ground."""
    crowns, trunks = [], []
    for row in range(3):
        x, ground, tall = -random.random() * 90, height * (0.5 + 0.25 * row), height * (0.26 + 0.1 * row)
        while x < width:
            size = tall * random.uniform(0.7, 1.1)
            wide = size * random.uniform(0.26, 0.34)
            trunks.append(f"M{x:.0f} {ground:.0f}v{-size * 0.4:.0f}")
            if random.random() < 0.5:
                crowns.append(f"M{x:.0f} {ground - size:.0f}l{wide:.0f} {size * 0.75:.0f}h{-2 * wide:.0f}z")
            else:
                crowns.append(f"M{x - wide:.0f} {ground - size * 0.6:.0f}a{wide:.0f} {wide:.0f} 0 1 1 0 1z")
            x += size * random.uniform(0.62, 1.05)
        trunks.append(f"M{-20 * row} {ground + height * 0.025:.0f}h{width + 60}")
    return _filled("".join(crowns)) + _stroked("".join(trunks), height / 80)


def _e_waste(random: Random, width: int, height: int) -> str:
    """Traces of a circuit board, each ending in a pad."""
    grid, traces, pads = height / 14, [], []
    for line in range(-2, 17):
        x, y, path = -grid, line * grid, f"M{-grid:.0f} {line * grid:.0f}"
        while x < width + grid:
            run, turn = grid * random.randint(2, 6), random.choice((-2, -1, 0, 1, 2)) * grid
            if random.random() < 0.22:
                pads.append(f"M{x + run:.0f} {y:.0f}h0")
                path += f"h{run:.0f}m{grid * 1.5:.0f} 0"
                x += run + grid * 1.5
                pads.append(f"M{x:.0f} {y:.0f}h0")
                continue
            path += f"h{run:.0f}l{abs(turn):.0f} {turn:.0f}"
            x, y = x + run + abs(turn), y + turn
        traces.append(path)
    return _stroked("".join(traces), height / 110) + _stroked("".join(pads), height / 26)


def _market(random: Random, width: int, height: int) -> str:
    """Striped awnings, one above the other, each with a scalloped hem."""
    solid, plain, y = [], [], -height * random.uniform(0.05, 0.12)
    for row in range(4):
        stripe, tall = height * (0.06 + 0.022 * row), height * (0.2 + 0.05 * row)
        x = -random.random() * 2 * stripe
        while x < width:
            strip = f"h{stripe:.0f}v{tall * 0.62:.0f}a{stripe / 2:.0f} {stripe / 2:.0f} 0 0 1{-stripe:.0f} 0z"
            solid.append(f"M{x:.0f} {y:.0f}{strip}")
            plain.append(f"M{x + stripe:.0f} {y:.0f}{strip}")
            x += 2 * stripe
        y += tall * 0.62 + stripe * 0.9
    return _filled("".join(solid)) + _stroked("".join(plain), height / 110)


def _planting(random: Random, width: int, height: int) -> str:
    """Stems rising from the ground, leaves in pairs."""
    stems, leaves, x = [], [], -20.0
    while x < width + 40:
        tall, lean = height * random.uniform(0.45, 1.1), random.uniform(-0.16, 0.16)
        stems.append(f"M{x:.0f} {height + 9}q0 {-tall / 2:.0f} {lean * tall:.0f} {-tall:.0f}")
        pairs = int(tall / height * 6) + 1
        for pair in range(1, pairs + 1):
            up = pair / pairs
            at, y = x + lean * tall * up**2, height + 9 - tall * up
            size = height * 0.13 * (1.15 - 0.6 * up) * random.uniform(0.85, 1.15)
            for side in (-1, 1):
                out, rise = side * size, size * 0.72
                there = f"q{out * 0.1:.0f} {-rise:.0f} {out:.0f} {-rise:.0f}"
                back = f"q{-out * 0.05:.0f} {rise:.0f} {-out:.0f} {rise:.0f}z"
                leaves.append(f"M{at:.0f} {y:.0f}{there}{back}")
        x += height * random.uniform(0.16, 0.27)
    return _stroked("".join(stems), height / 130) + _filled("".join(leaves))


def _assembly(random: Random, width: int, height: int) -> str:
    """A voice that carries: broken rings spreading from one mouth."""
    x, y = width * random.uniform(0.7, 0.9), height * random.uniform(0.75, 1.0)
    rings = []
    for ring in range(1, 15):
        radius = height * 0.02 + ring * height / 9 * (1 + ring * 0.02)
        dash, gap = random.randint(60, 260), random.randint(14, 60)
        path = f"M{x - radius:.0f} {y:.0f}a{radius:.0f} {radius:.0f} 0 1 1 0 1z"
        rings.append(f'<path d="{path}" stroke-width="{4 + ring * 1.3:.0f}" stroke-dasharray="{dash} {gap}"/>')
    return f'<g stroke-linecap="butt">{"".join(rings)}</g>'


def _social(random: Random, width: int, height: int) -> str:
    """Strings of bunting, hung from one side to the other."""
    strings, flags = [], []
    for row in range(5):
        left, right = height * (row * 0.24 - 0.12), height * (row * 0.24 - random.uniform(-0.1, 0.3))
        sag, flag = height * random.uniform(0.15, 0.3), height * (0.06 + 0.014 * row)
        strings.append(f"M0 {left:.0f}Q{width / 2:.0f} {(left + right) / 2 + sag:.0f} {width} {right:.0f}")
        count = int(width / flag / 1.35)
        for place in range(count):
            part = (place + 0.5) / count
            y = (1 - part) ** 2 * left + 2 * part * (1 - part) * ((left + right) / 2 + sag) + part**2 * right
            flags.append(f"M{part * width - flag / 2:.0f} {y:.0f}h{flag:.0f}l{-flag / 2:.0f} {flag * 1.25:.0f}z")
    return _stroked("".join(strings), height / 120) + _filled("".join(flags))


def _meetup(random: Random, width: int, height: int) -> str:
    """Many people talking: bubbles in rows, a few of them solid."""
    lines, solid, y, row = [], [], -height * 0.04, 0
    while y < height:
        tall, x = height * 0.19, -random.random() * height * 0.3
        while x < width:
            wide, corner = height * random.uniform(0.26, 0.6), tall * 0.2
            tail = f"l{-corner:.0f} {corner * 1.3:.0f}v{-corner * 1.3:.0f}"
            bubble = (
                f"M{x:.0f} {y:.0f}h{wide:.0f}v{tall * 0.74:.0f}h{-wide * 0.5:.0f}{tail}h{-wide * 0.5 + corner:.0f}z"
            )
            (solid if random.random() < 0.3 else lines).append(bubble)
            x += wide + height * 0.05
        y += tall * 1.2
        row += 1
    return _stroked("".join(lines), height / 90) + _filled("".join(solid))


def _training(random: Random, width: int, height: int) -> str:
    """Flights of stairs, each step a little heavier."""
    flights = []
    for flight in range(-6, 9):
        step = height * random.uniform(0.075, 0.1)
        x, y = flight * width / 9, height * 1.05
        count = int(height * 1.2 / step)
        path = f"M{x:.0f} {y:.0f}" + f"v{-step:.0f}h{step * 1.5:.0f}" * count
        flights.append(_stroked(path, 3 + (flight + 6) * 1.2))
    return "".join(flights)


def _other(random: Random, width: int, height: int) -> str:
    """A printer's dots, growing towards one corner."""
    gap, lean = height / 11, random.uniform(0.3, 0.7)
    columns = []
    for column in range(int(width / gap) + 2):
        shift = gap / 2 if column % 2 else 0
        path = "".join(f"M{column * gap:.0f} {row * gap + shift:.0f}h0" for row in range(12))
        grown = column * gap / width
        columns.append(_stroked(path, round(gap * (0.12 + 0.78 * (lean * grown + (1 - lean) * grown**2)), 1)))
    return "".join(columns)


DRAWINGS: dict[str, Callable[[Random, int, int], str]] = {
    "creek": _creek,
    "street": _street,
    "beach": _beach,
    "park": _park,
    "e-waste": _e_waste,
    "market": _market,
    "planting": _planting,
    "assembly": _assembly,
    "social": _social,
    "meetup": _meetup,
    "training": _training,
    "other": _other,
}
