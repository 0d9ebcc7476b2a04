"""Which flags stand on a day, which are over, and which words no rule knows."""

from collections.abc import Iterable, Sequence
from datetime import date

from firstday_cli.domain.people import Flag, HeldFlag
from firstday_cli.domain.rating_rules import UNRATED_FLAGS, Rule


def unknown_flags(flags: Iterable[str], rules: Sequence[Rule]) -> list[str]:
    """The flag words that no rule and no use knows, sorted."""
    known = {rule.flag for rule in rules} | set(UNRATED_FLAGS)
    return sorted(set(flags) - known)


def flags_on(day: date, newest: Iterable[Flag], earlier: Iterable[HeldFlag]) -> tuple[Flag, ...]:
    """The pupil's flags on this day, one for each word, sorted.

    A flag that a newer export leaves out without an end date still counts: a rating is lowered by a person, never
    by a file. Millbrook, authorisation.
    """
    newest = tuple(newest)
    said_now = {flag.flag for flag in newest}
    held = [flag for flag in newest if flag.holds_on(day)]
    held += [h.flag for h in earlier if h.flag.flag not in said_now and h.flag.holds_on(day)]
    latest = sorted(held, key=lambda flag: (flag.flag, flag.since or date.min))
    return tuple({flag.flag: flag for flag in latest}.values())


def flags_over(day: date, in_force: Iterable[Flag], earlier: Iterable[HeldFlag]) -> tuple[Flag, ...]:
    """The pupil's flags that were in force here once and are over, one for each word: their fall waits for a person.

    One word may have been said with several dates; it is over where none of them makes it stand on this day.
    """
    now, words = {flag.flag for flag in in_force}, dict[str, list[HeldFlag]]()
    for held in earlier:
        if held.flag.flag not in now:
            words.setdefault(held.flag.flag, []).append(held)
    return tuple(_latest(rows) for _, rows in sorted(words.items()) if _was_in_force(rows, day))


def _was_in_force(rows: Sequence[HeldFlag], day: date) -> bool:
    begun = min((row.in_force_from for row in rows if row.in_force_from), default=date.max)
    last_said = max(max(row.said_on, row.flag.until or row.said_on) for row in rows)
    return begun <= min(day, last_said)


def _latest(rows: Sequence[HeldFlag]) -> Flag:
    return max(rows, key=lambda row: (row.said_on, row.flag.until or date.min)).flag
