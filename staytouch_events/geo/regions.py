"""Countries and their regions by the letters and names that people type beside the official ones."""

# Canada's and Australia's numbers in GeoNames, by the letters people write.
CANADA = {"AB": "01", "BC": "02", "MB": "03", "NB": "04", "NL": "05", "NS": "07", "ON": "08", "PE": "09"}
CANADA |= {"QC": "10", "SK": "11", "YT": "12", "NT": "13", "NU": "14"}
AUSTRALIA = {"ACT": "01", "NSW": "02", "NT": "03", "QLD": "04", "SA": "05", "TAS": "06", "VIC": "07", "WA": "08"}
# Folded names that people use of a region, by country and code.
REGION_NAMES = {"dc": ("US", "DC"), "washington dc": ("US", "DC"), "newfoundland": ("CA", "05")}
# Countries by ISO code that people write as a part of another one: "Hong Kong, China", "San Juan, PR, USA".
PART_OF = {"HK": "CN", "MO": "CN", "PR": "US", "GL": "DK", "FO": "DK", "AX": "FI", "SJ": "NO", "AW": "NL", "CW": "NL"}
PART_OF |= {"RE": "FR", "GP": "FR", "MQ": "FR", "GF": "FR", "PF": "FR", "NC": "FR"}
PART_OF |= {"GI": "GB", "IM": "GB", "JE": "GB", "GG": "GB", "BM": "GB"}
# Folded names beside the official ones, by ISO code.
COUNTRY_NAMES = {
    "us": "US",
    "usa": "US",
    "america": "US",
    "united states of america": "US",
    "uk": "GB",
    "great britain": "GB",
    "britain": "GB",
    "holland": "NL",
    "netherlands": "NL",
    "the netherlands": "NL",
    "czech republic": "CZ",
    "czechia": "CZ",
    "korea": "KR",
    "south korea": "KR",
    "republic of korea": "KR",
    "russia": "RU",
    "russian federation": "RU",
    "uae": "AE",
    "turkey": "TR",
    "turkiye": "TR",
    "viet nam": "VN",
    "ivory coast": "CI",
    "macedonia": "MK",
    "north macedonia": "MK",
    "bosnia": "BA",
    "bosnia and herzegovina": "BA",
    "hong kong": "HK",
    "macau": "MO",
    "taiwan": "TW",
    "palestine": "PS",
    "burma": "MM",
    "swaziland": "SZ",
    "cape verde": "CV",
    "republic of ireland": "IE",
    "eire": "IE",
    "deutschland": "DE",
    "germany": "DE",
    "espana": "ES",
    "spain": "ES",
    "osterreich": "AT",
    "schweiz": "CH",
    "suisse": "CH",
    "italia": "IT",
    "brasil": "BR",
    "brazil": "BR",
    "mexico": "MX",
    "polska": "PL",
    "belgique": "BE",
    "belgie": "BE",
    "sverige": "SE",
    "norge": "NO",
    "danmark": "DK",
    "suomi": "FI",
}
_SHORT = {("CA", code): letters for letters, code in CANADA.items()}
_SHORT |= {("AU", code): letters for letters, code in AUSTRALIA.items()}
MILES = ("US", "LR", "MM", "GB")


def short_code(country: str, code: str) -> str:
    """The letters that people write for a region: "CA", "ON", "NSW"; nothing where they write none."""
    return code if country == "US" else _SHORT.get((country, code), "")


def uses_miles(country_code: str) -> bool:
    """Whether people there count distances in miles (interface.md)."""
    return country_code in MILES
