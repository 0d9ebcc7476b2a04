"""Contact lists as they leave an information system: a person once, in an order, whatever else the rows repeat."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace
from operator import attrgetter

from firstday_cli.domain.contacts import Contact

SAID = attrgetter(*(field.name for field in fields(Contact) if field.name != "row"))


def each_once(contacts: Iterable[Contact]) -> list[Contact]:
    """The contacts without those that only repeat a row, as a list with a row for each class does."""
    found: dict[object, Contact] = {}
    for contact in contacts:
        found.setdefault(SAID(contact), contact)
    return list(found.values())


def in_file_order(contacts: Iterable[Contact]) -> list[Contact]:
    """The contacts of a list that says no order, each pupil's numbered as they stand."""
    people: defaultdict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    found = []
    for contact in contacts:
        known = people[contact.pupil_id]
        order = known.setdefault((contact.contact_id, contact.name), len(known) + 1)
        found.append(replace(contact, order=order))
    return found
