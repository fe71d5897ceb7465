"""Countries and their regions by the names and letters that people type."""

# Canada's and Australia's numbers in GeoNames, by the letters people write.
CANADA = {"AB": "01", "BC": "02", "MB": "03", "NB": "04", "NL": "05", "NS": "07", "ON": "08", "PE": "09"}
CANADA |= {"QC": "10", "SK": "11", "YT": "12", "NT": "13", "NU": "14"}
CANADA_NAMES = {
    "alberta": "AB",
    "british columbia": "BC",
    "manitoba": "MB",
    "new brunswick": "NB",
    "newfoundland": "NL",
    "newfoundland and labrador": "NL",
    "nova scotia": "NS",
    "ontario": "ON",
    "prince edward island": "PE",
    "quebec": "QC",
    "saskatchewan": "SK",
    "yukon": "YT",
    "northwest territories": "NT",
    "nunavut": "NU",
}
AUSTRALIA = {"ACT": "01", "NSW": "02", "NT": "03", "QLD": "04", "SA": "05", "TAS": "06", "VIC": "07", "WA": "08"}
AUSTRALIA_NAMES = {
    "australian capital territory": "ACT",
    "new south wales": "NSW",
    "northern territory": "NT",
    "queensland": "QLD",
    "south australia": "SA",
    "tasmania": "TAS",
    "victoria": "VIC",
    "western australia": "WA",
}
BRITAIN_NAMES = {"england": "ENG", "scotland": "SCT", "wales": "WLS", "northern ireland": "NIR"}
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
    "bosnia & herzegovina": "BA",
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
MILES = ("US", "LR", "MM", "GB")


def uses_miles(country_code: str) -> bool:
    """Whether people there count distances in miles (interface.md)."""
    return country_code in MILES
