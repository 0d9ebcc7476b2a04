"""Rating a pupil: the highest rating that any fact gives, with the fact."""

from collections.abc import Iterable, Sequence
from datetime import date

from firstday_cli.domain.people import Flag
from firstday_cli.domain.policy import UNRATED_FLAGS, RagRating, Rule
from firstday_cli.domain.record import record

HIGHEST_FIRST = (RagRating.RED, RagRating.AMBER, RagRating.GREEN)


@record
class Rating:
    """A pupil's rating, the facts that gave it, and whether a fact is missing that might raise it."""

    rating: RagRating
    because: tuple[str, ...]
    is_unsure: bool


def rate(flags: Sequence[str], rules: Sequence[Rule], *, were_taken_in: bool) -> Rating:
    """The pupil's rating from flags. Millbrook, table: any one RED fact is RED, else any AMBER fact, else GREEN."""
    given = [(rule.rating, rule.because) for rule in rules if rule.flag and rule.flag in flags]
    rating = next((r for r in HIGHEST_FIRST if any(r is rated for rated, _ in given)), RagRating.GREEN)
    because = [why for rated, why in given if rated is rating]
    unknown = unknown_flags(flags, rules)
    because += [f'the flag "{flag}" is in no rule: ask what it means' for flag in unknown]
    if not were_taken_in:
        because.append("flags were never taken in")
    return Rating(rating=rating, because=tuple(because), is_unsure=bool(unknown) or not were_taken_in)


def unknown_flags(flags: Iterable[str], rules: Sequence[Rule]) -> list[str]:
    """The flag words that no rule and no use knows, sorted."""
    known = {rule.flag for rule in rules} | set(UNRATED_FLAGS)
    return sorted(set(flags) - known)


def flags_on(day: date, newest: Iterable[Flag], earlier: Iterable[Flag]) -> tuple[str, ...]:
    """The pupil's flags on this day, sorted.

    A flag that a newer export leaves out without an end date still counts: a rating is lowered by a person, never
    by a file. Millbrook, authorisation.
    """
    said_now = {flag.flag for flag in newest}
    held = {flag.flag for flag in newest if flag.holds_on(day)}
    held |= {flag.flag for flag in earlier if flag.flag not in said_now and flag.holds_on(day)}
    return tuple(sorted(held))
