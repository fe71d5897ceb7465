"""What is counted. The keys are kept for good; the labels are what people read.

Most are the groups of the International Coastal Cleanup's data card of 2021; the last two follow what Keep America
Beautiful has its crews count on streets.
"""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Item:
    """One line of the card."""

    key: str
    label: str


def _group(**labels: str) -> tuple[Item, ...]:
    return tuple(Item(key, label) for key, label in labels.items())


# Counted at the top of the form: what a city asks about first.
FIRST = _group(
    tires=_l("Tires"),
    e_waste=_l("Electronic waste (phones, batteries)"),
    syringes=_l("Syringes"),
)
GROUPS: dict[str, tuple[Item, ...]] = {
    "common": _group(
        cigarette_butts=_l("Cigarette butts"),
        beverage_bottles_plastic=_l("Beverage bottles (plastic)"),
        beverage_bottles_glass=_l("Beverage bottles (glass)"),
        beverage_cans=_l("Beverage cans"),
        beverage_pouches=_l("Beverage pouches"),
        bottle_caps_plastic=_l("Bottle caps (plastic)"),
        bottle_caps_metal=_l("Bottle caps (metal)"),
        grocery_bags=_l("Grocery bags (plastic)"),
        other_plastic_bags=_l("Other bags (plastic)"),
        paper_bags=_l("Paper bags"),
    ),
    "food": _group(
        food_wrappers=_l("Food wrappers (candy, chips)"),
        food_containers_plastic=_l("Take-out containers (plastic)"),
        food_containers_foam=_l("Take-out containers (foam)"),
        cups_plates_plastic=_l("Cups and plates (plastic)"),
        cups_plates_foam=_l("Cups and plates (foam)"),
        cups_plates_paper=_l("Cups and plates (paper)"),
        lids=_l("Lids (plastic)"),
        straws=_l("Straws and stirrers"),
        utensils=_l("Forks, knives and spoons (plastic)"),
    ),
    "packaging": _group(
        six_pack_holders=_l("6-pack holders"),
        foam_packaging=_l("Foam packaging"),
        other_packaging=_l("Other plastic packaging"),
        other_bottles=_l("Other plastic bottles (oil, bleach)"),
        strapping_bands=_l("Strapping bands"),
    ),
    "fishing": _group(
        fishing_gear=_l("Fishing line, nets and traps"),
        rope=_l("Rope"),
        foam_dock=_l("Foam dock pieces"),
    ),
    "hygiene": _group(
        condoms=_l("Condoms"),
        cotton_buds=_l("Cotton bud sticks"),
        diapers=_l("Diapers"),
        ppe=_l("Gloves and masks"),
        tampons=_l("Tampons and applicators"),
    ),
    "other": _group(
        appliances=_l("Appliances"),
        balloons=_l("Balloons"),
        clothing=_l("Clothing"),
        construction=_l("Construction materials"),
        e_cigarettes=_l("E-cigarettes"),
        fireworks=_l("Fireworks"),
        footwear=_l("Shoes"),
        tobacco=_l("Tobacco products (lighters, cigar tips, packs)"),
        toys=_l("Toys"),
        other_plastic=_l("Other plastic waste"),
        other_waste=_l("Other waste (metal, paper)"),
    ),
    "tiny": _group(
        tiny_foam=_l("Tiny foam pieces"),
        tiny_glass=_l("Tiny glass pieces"),
        tiny_plastic=_l("Tiny plastic pieces"),
    ),
    "street": _group(
        cardboard=_l("Cardboard and paper"),
        printed_paper=_l("Newspapers, flyers and receipts"),
        plastic_film=_l("Plastic film"),
        liquor_minis=_l("Mini liquor bottles"),
        metal_pieces=_l("Metal pieces"),
        vehicle_debris=_l("Tire treads and vehicle parts"),
        pet_waste=_l("Bags of pet waste"),
        furniture=_l("Furniture and mattresses"),
        shopping_carts=_l("Shopping carts"),
    ),
    "work": _group(
        dump_sites=_l("Dump sites cleared"),
        graffiti=_l("Graffiti removed"),
        signs=_l("Stray signs taken down"),
        storm_drains=_l("Storm drains cleared"),
    ),
}
GROUP_LABELS = {
    "common": _l("Most often found"),
    "food": _l("Food and drink"),
    "packaging": _l("Packaging"),
    "fishing": _l("Fishing and boats"),
    "hygiene": _l("Hygiene"),
    "other": _l("Other things"),
    "tiny": _l("Tiny trash, smaller than a coin"),
    "street": _l("On the street"),
    "work": _l("Work on the street"),
}
# What is carried away, and what is only done.
COLLECTED = (*FIRST, *(item for name, group in GROUPS.items() if name != "work" for item in group))
WORK = GROUPS["work"]
ITEMS = {item.key: item for item in (*COLLECTED, *WORK)}
