"""A person's cells of telephone numbers → that person once for each number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from firstday_cli.domain.contacts import Contact
from firstday_cli.intake.cells.numbering import Number
from firstday_cli.intake.cells.phones import numbers
from firstday_cli.intake.rows.row_cells import RowCells

TYPES = {"phone": "", "phone_mobile": "mobile", "phone_home": "home", "phone_work": "work"}
SAYS_NONE = frozenset({"none", "n/a", "na", "nil", "no", "0", "unknown", "not known", "x"})


def with_numbers(cells: RowCells, person: Contact, said: Mapping[str, tuple[str, str]]) -> tuple[Contact, ...]:
    """The person once for each number, a mobile first and last what cannot be dialled; once where there is none.

    Words that forbid to contact the person, beside whichever number, hold for them all.
    """
    found: list[tuple[str, Number]] = []
    for meaning, (column, text) in said.items():
        in_cell = numbers(text)
        for remark in dict.fromkeys(number.remark for number in in_cell if number.remark):
            cells.remark(column, text, f"a telephone number; {remark}")
        found += ((meaning, number) for number in in_cell)
    contacts = [_on(person, meaning, number) for meaning, number in _worth_keeping(found)]
    is_barred = person.do_not_contact or any(number.forbids for _, number in found)
    contacts.sort(key=lambda c: (not c.phone_key, not (c.is_mobile or c.phone_type == TYPES["phone_mobile"])))
    return tuple(replace(c, number=n, do_not_contact=is_barred) for n, c in enumerate(contacts or [person], start=1))


def _worth_keeping(found: Sequence[tuple[str, Number]]) -> Iterable[tuple[str, Number]]:
    """Each number once, without the words of a cell that says no more than that it holds none."""
    is_known = any(number.key for _, number in found)
    kept: dict[object, tuple[str, Number]] = {}
    for place, (meaning, number) in enumerate(found):
        if number.key or not (is_known and number.label.casefold() in SAYS_NONE):
            kept.setdefault(number.key or place, (meaning, number))
    return kept.values()


def _on(person: Contact, meaning: str, number: Number) -> Contact:
    return replace(
        person, phone=number.dialled, phone_key=number.key, phone_remark=number.remark, phone_label=number.label,
        phone_type=person.phone_type or TYPES[meaning],
    )  # fmt: skip
