"""Who and what the demo region holds: crews around San José that do not exist, at places that do."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Spot:
    """A place to meet. `pin` is given where no gazetteer knows the park."""

    venue: str
    town: str
    pin: str
    meeting_point: str = ""
    parking: str = ""


@dataclass(frozen=True)
class Report:
    """A place that needs hands. `ends` is what became of it: "", "planned", "cleaned" or "closed"."""

    title: str
    kind: str
    size: str
    pin: str
    hazards: tuple[str, ...] = ()
    note: str = ""
    echoes: int = 0
    ends: str = ""


@dataclass(frozen=True)
class Crew:
    """A crew, its paper, and what it does."""

    name: str
    town: str
    colour: str
    causes: tuple[str, ...]
    summary: str
    about: str
    owner: str
    spots: tuple[str, ...]
    titles: tuple[tuple[str, str], ...]
    # (weekday, Monday 0; hour; minute; minutes long; weeks between)
    rhythm: tuple[int, int, int, int, int]
    capacity: int | None = None
    links: tuple[tuple[str, str], ...] = field(default=())
    # (usual role, minutes after the start, minutes long, hands)
    shifts: tuple[tuple[str, int, int, int], ...] = ()


SPOTS = {
    "william": Spot(
        "William Street Park",
        "San José, CA",
        "37.335300, -121.866300",
        "The footbridge over the creek",
        "On S 16th Street. Leave the lot to the City's truck.",
    ),
    "arena": Spot(
        "Arena Green",
        "San José, CA",
        "37.331800, -121.899300",
        "The carousel side, by the river",
        "SAP Center lot C, free until noon",
    ),
    "watson": Spot("Watson Park", "San José, CA", "37.356700, -121.874500", "The picnic tables by the playground"),
    "kelley": Spot("Kelley Park", "San José, CA", "37.322900, -121.861100", "The gate on Senter Road"),
    "alumrock": Spot(
        "Alum Rock Park",
        "San José, CA",
        "37.397000, -121.801000",
        "The visitor center",
        "At the end of Penitencia Creek Road",
    ),
    "hellyer": Spot(
        "Hellyer County Park", "San José, CA", "37.288500, -121.815000", "Cottonwood Lake, by the boat ramp"
    ),
    "cunningham": Spot("Lake Cunningham Park", "San José, CA", "37.335000, -121.805000", "The marina"),
    "prusch": Spot("Emma Prusch Farm Park", "San José, CA", "37.339500, -121.844000", "The big barn"),
    "roosevelt": Spot(
        "Roosevelt Community Center", "San José, CA", "37.344600, -121.869000", "The loading dock on 21st Street"
    ),
    "stjames": Spot("St. James Park", "San José, CA", "37.339600, -121.890600", "The fountain"),
    "backesto": Spot("Backesto Park", "San José, CA", "37.350000, -121.883000", "The handball court"),
    "library": Spot(
        "Martin Luther King Jr. Library", "San José, CA", "37.335500, -121.885000", "Room 225, second floor"
    ),
    "campbell": Spot("Campbell Park", "Campbell, CA", "37.283500, -121.944000", "The trail bridge on Campbell Avenue"),
    "vasona": Spot("Vasona Lake County Park", "Los Gatos, CA", "37.240000, -121.969000", "The boathouse"),
    "ulistac": Spot(
        "Ulistac Natural Area", "Santa Clara, CA", "37.402000, -121.953000", "The sign on Lick Mill Boulevard"
    ),
    "alviso": Spot("Alviso Marina County Park", "San José, CA", "37.429000, -121.980000", "The boat launch"),
    "shoreline": Spot("Shoreline Park", "Mountain View, CA", "37.432000, -122.087000", "The kite lot"),
    "palmas": Spot("Las Palmas Park", "Sunnyvale, CA", "37.366000, -122.040000", "The pond"),
    "cowell": Spot("Cowell Beach", "Santa Cruz, CA", "36.961500, -122.024500", "The volleyball nets"),
    "milpitas": Spot("Murphy Park", "Milpitas, CA", "37.416000, -121.895000", "The tennis courts"),
}

CREWS = (
    Crew(
        "Gutter Roses",
        "San José, CA",
        "#ff9fb8",
        ("creek", "street"),
        "Creeks and streets of central San José, every second Saturday. Loud music, clean banks, nobody preaches.",
        "We started with four people and a borrowed truck.\n\n- Gloves, sticks and bags come from the City\n- Coffee comes from us\n- New people walk with someone who has done it before",
        "Ana Robles",
        ("william", "watson", "kelley"),
        (
            ("creek", "Walk it off: Coyote Creek"),
            ("creek", "Coyote Creek, top to bottom"),
            ("street", "Sixteenth Street, both sides"),
        ),
        (5, 8, 30, 180, 2),
        40,
        (("The city's creek page", "https://www.sanjoseca.gov/"),),
        shifts=(
            ("hauler", 120, 60, 3),
            ("first-aid", 0, 180, 1),
            ("data", 120, 60, 3),
            ("sharps", 0, 180, 2),
            ("check-in", -30, 60, 2),
        ),
    ),
    Crew(
        "Broom Brigade",
        "San José, CA",
        "#ffe98a",
        ("street",),
        "Alleys and curbs of Willow Glen, before dinner.",
        "An hour and a half, brooms provided. Dogs and kids come along.",
        "Minh Tran",
        ("stjames", "backesto"),
        (("street", "Alley sweep before dinner"), ("street", "Curb to curb, block by block")),
        (2, 17, 30, 90, 1),
        30,
        shifts=(("check-in", -15, 30, 1), ("safety-lead", 0, 90, 1)),
    ),
    Crew(
        "Plug Pullers",
        "San José, CA",
        "#93d4ff",
        ("e-waste",),
        "Dead cables, old screens, phones in drawers: bring them, we sort them.",
        "Everything is weighed, wiped and handed to a certified recycler.",
        "Dev Patel",
        ("roosevelt",),
        (("e-waste", "Dead cables day"), ("e-waste", "Empty your drawer")),
        (5, 10, 0, 240, 4),
        24,
        shifts=(("hauler", 180, 60, 4), ("data", 0, 240, 4), ("check-in", 0, 120, 2), ("check-in", 120, 120, 2)),
    ),
    Crew(
        "Heron Watch",
        "San José, CA",
        "#7fe0b0",
        ("planting", "creek"),
        "Willows, sedges and patience along the Guadalupe.",
        "We plant in winter and weed in summer. Bring a hat.",
        "Lupe García",
        ("arena", "ulistac"),
        (("planting", "Willows in the ground"), ("planting", "Weed and water")),
        (6, 9, 0, 180, 2),
        20,
    ),
    Crew(
        "Trail Rats",
        "San José, CA",
        "#ffc53a",
        ("creek", "park"),
        "Penitencia Creek and the trails above it.",
        "Steep in places, worth it everywhere.",
        "Kai Nakamura",
        ("alumrock",),
        (("creek", "Penitencia Creek, top to bottom"), ("park", "Trail day at Alum Rock")),
        (5, 9, 0, 240, 3),
        60,
        shifts=(("site-lead", 0, 240, 4), ("hauler", 200, 60, 5), ("first-aid", 0, 240, 2)),
    ),
    Crew(
        "Night Shift",
        "San José, CA",
        "#ff9d5c",
        ("training", "assembly"),
        "First aid, sharps, radios: what crew leads need to know.",
        "Evening classes, free, small groups.",
        "Bao Le",
        ("library",),
        (("training", "First aid for crew leads"), ("training", "Sharps, and what not to touch")),
        (1, 18, 30, 90, 2),
        16,
        shifts=(("check-in", -15, 30, 1), ("music", 0, 90, 1)),
    ),
    Crew(
        "Barrio Libre Market",
        "San José, CA",
        "#cdb8ff",
        ("market",),
        "Take what you need, bring what you don't. Nothing has a price.",
        "Clothes, tools, books, plants. No money changes hands.",
        "Rosa Díaz",
        ("prusch",),
        (("market", "Free market at the barn"),),
        (6, 11, 0, 180, 4),
        None,
        shifts=(("music", 0, 180, 3), ("kids", 0, 180, 2), ("check-in", 0, 180, 2)),
    ),
    Crew(
        "Lexington Loop",
        "Los Gatos, CA",
        "#dcc39a",
        ("park", "creek"),
        "Los Gatos Creek from the dam to Campbell.",
        "By bike where we can, on foot where we must.",
        "Sam Whitaker",
        ("vasona", "campbell"),
        (("park", "Vasona shoreline sweep"), ("creek", "Los Gatos Creek by bike")),
        (5, 9, 30, 150, 2),
        35,
    ),
    Crew(
        "Bay Mud Society",
        "San José, CA",
        "#93d4ff",
        ("beach", "park"),
        "Where the creeks end: Alviso and the salt ponds.",
        "Boots. Really.",
        "Ngoc Pham",
        ("alviso", "shoreline"),
        (("beach", "Low tide at Alviso"), ("park", "Shoreline pick-up")),
        (6, 8, 0, 150, 3),
        50,
    ),
    Crew(
        "Sand and Salt",
        "Santa Cruz, CA",
        "#ffe98a",
        ("beach",),
        "Main Beach to Cowell's, first Sunday.",
        "Then we swim.",
        "Jo Marsh",
        ("cowell",),
        (("beach", "First Sunday at Cowell's"),),
        (6, 8, 30, 120, 4),
        None,
    ),
    Crew(
        "Milpitas Movers",
        "Milpitas, CA",
        "#7fe0b0",
        ("street", "social"),
        "Neighbours who carry things for neighbours.",
        "Couches, chairs, a hand with the yard.",
        "Priya Rao",
        ("milpitas", "palmas"),
        (("street", "Bulky pick-up morning"), ("social", "Soup for everyone who carried")),
        (5, 9, 0, 120, 2),
        18,
    ),
    Crew(
        "Eastside Assembly",
        "San José, CA",
        "#ff9fb8",
        ("assembly", "meetup"),
        "What should happen on our side of town? We talk, vote, and do it.",
        "Interpretation into Spanish and Vietnamese.",
        "Marta Ríos",
        ("cunningham", "hellyer"),
        (("assembly", "Open assembly: the creek plan"), ("meetup", "Meet the other crews")),
        (3, 18, 0, 120, 3),
        80,
    ),
)

GUESTS = (
    "Lan Vu", "Teo Herrera", "Grace Kim", "Omar Haddad", "Ivy Chen", "Luis Ortega", "Nina Petrov", "Abel Santos",
    "Kim Dang", "Ruth Cohen", "Zoe Park", "Hector Luna", "Mei Lin", "Tomás Vega", "Ada Brooks", "Noor Khan",
    "Pablo Reyes", "Elena Cruz", "Wes Turner", "Yuki Sato", "Dana Wolf", "Rafa Mora", "Thuy Ho", "Cleo James",
    "Ivan Popov", "Maya Singh", "Leo Costa", "Sara Lund", "Bea Flores", "Finn Doyle",
)  # fmt: skip
# (name, how many, note): what one coming event has a list of, half of it claimed.
THINGS = (
    ("grabbers", 6, "The long ones, if you have one"),
    ("buckets", 4, ""),
    ("drinking water, gallons", 5, "For the table by the footbridge"),
    ("truck bed", 1, "For the last hour, to the dump and back"),
)
# (way, start, town, minutes before the start, seats): rides to the same event.
RIDES = (
    ("both", "Berryessa BART, east side", "95133", 45, 3),
    ("there", "Campbell light rail", "Campbell, CA", 30, 2),
)
BRING = "Shoes you don't love\nLong pants\nWater bottle"
PROVIDED = "Gloves, sticks, bags\nFirst aid kit\nCoffee"
INSTRUCTIONS = "Come **fifteen minutes early** and find whoever wears the vest.\n\n- Gloves on, sleeves down\n- Ask before you guess"
DAY = {
    "brief": "Five minutes, before anybody gets a bag:\n\n- **Needles** are for the sharps lead. Stop, point, call.\n- Nobody goes into the water, or up a bank alone\n- Gloves on, sleeves down, water every half hour\n- Leave tents and what people own where they are",
    "hospital": "Regional Medical Center",
    "hospital_address": "225 N Jackson Ave, San José",
    "hospital_url": "https://www.openstreetmap.org/search?query=Regional%20Medical%20Center%20San%20Jose",
    "lead": "Ana Robles",
    "lead_phone": "408 555 0100",
    "end_signal": "Three whistles: come back to the truck",
}
SCHEDULE = (
    (0, "Coffee, gloves, five minutes on needles"),
    (15, "Out in pairs, one bag each"),
    (90, "Snacks. Count the bags"),
)

REPORTS = (
    Report(
        "Tires and a couch under the bridge",
        "dumping",
        "carload",
        "37.334100, -121.868900",
        ("glass", "water"),
        "On the east bank, a minute from the footbridge.",
        4,
    ),
    Report("Blackberries over the trail", "overgrown", "truckload", "37.355900, -121.876200", ("sharps",), "", 2),
    Report("Old printers beside the bins", "e-waste", "bag", "37.323800, -121.862700", (), "", 1, "planned"),
    Report("Bags along the on-ramp", "litter", "carload", "37.331000, -121.902500", ("traffic",), "", 3, "cleaned"),
    Report("Paint on the culvert", "graffiti", "bag", "37.340200, -121.893900", (), "", 0, "closed"),
)

# What the first crew has people sign: made up for the demo, and no sample to take.
WAIVER = {
    "en": (
        "Creek day waiver",
        "**This text is made up for the demo.** Ask your city for yours.\n\n"
        "1. I know that banks are steep, water is cold, and there may be needles and glass.\n"
        "2. I wear closed shoes and the gloves I am given, and I ask before I pick up what I don't know.\n"
        "3. I come at my own risk. I don't hold the crew or its people liable for what happens without their fault.\n"
        "4. If I am hurt, the crew may call for help.",
    ),
    "es": (
        "Carta de responsabilidad para el arroyo",
        "**Este texto es inventado para la demostración.** Pide el tuyo a tu ciudad.\n\n"
        "1. Sé que las orillas son empinadas, el agua está fría y puede haber agujas y vidrio.\n"
        "2. Llevo zapatos cerrados y los guantes que me den, y pregunto antes de recoger lo que no conozco.\n"
        "3. Vengo por mi cuenta y riesgo. No hago responsable al equipo ni a su gente de lo que pase sin su culpa.\n"
        "4. Si me lastimo, el equipo puede pedir ayuda.",
    ),
}
