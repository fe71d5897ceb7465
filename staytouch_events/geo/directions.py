"""Links that lead a visitor to a point with the map they like."""

from urllib.parse import quote


def directions_links(lat: float, lon: float, label: str) -> list[tuple[str, str]]:
    """(map's name, address) for each."""
    point = f"{lat:.6f},{lon:.6f}"
    return [
        ("OpenStreetMap", f"https://www.openstreetmap.org/directions?to={quote(point)}"),
        ("Google Maps", f"https://www.google.com/maps/dir/?api=1&destination={quote(point)}"),
        ("Apple Maps", f"https://maps.apple.com/?daddr={quote(point)}&q={quote(label)}"),
    ]
