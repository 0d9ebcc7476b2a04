"""Rating a pupil: the highest rating that any fact gives, beside what people said; it never falls by itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from firstday_cli.domain.days.attendance import Attendance, day_of_enough, last_met
from firstday_cli.domain.days.year_of_marks import MarksKept, Year, first_day_of, school_year
from firstday_cli.domain.log.entries import Logged, RatingChanged, RiskAssessed
from firstday_cli.domain.people import Flag
from firstday_cli.domain.policy import Rag
from firstday_cli.domain.rating_rules import RagRating, Rule
from firstday_cli.domain.ratings.flags_held import unknown_flags
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session, in_words

LOWEST_FIRST = (RagRating.GREEN, RagRating.AMBER, RagRating.RED)


@record
class RatedFact:
    """One fact that a rule rates. `name` tells it from every other; one that is over rates until a person lowers.

    A fact that began after a person rated the pupil is news to that rating, though it has a known name.
    """

    name: str
    rating: RagRating
    because: str
    since: date | None = None
    is_over: bool = False

    @property
    def as_known(self) -> str:
        """What is kept of it with a person's rating: a fact known as over is news when it stands again."""
        return f"{self.name}, over" if self.is_over else self.name

    def was_known(self, decided: RatingChanged) -> bool:
        """Whether it was there when a person rated the pupil."""
        began_since = self.since is not None and self.since > decided.day
        return not began_since and (self.name in decided.facts or self.as_known in decided.facts)


@record
class Rating:
    """A pupil's rating and why; whether a fact is missing that might raise it; what is proposed to a person.

    `provisional` says of a school year too short to rate by that it would raise the rating if it went on so.
    """

    rating: RagRating
    because: tuple[str, ...]
    is_unsure: bool
    proposal: str = ""
    provisional: str = ""
    authorised_by: str = ""
    facts: tuple[RatedFact, ...] = ()
    by_facts: RagRating = RagRating.GREEN


@record
class Known:
    """What a rating rests on: the flags on this day and since when, those that are over, and the marks kept."""

    flags: tuple[Flag, ...]
    begun: Mapping[str, date]
    over: tuple[Flag, ...]
    were_taken_in: bool
    marks: MarksKept
    now: Attendance
    last_year: Attendance
    until: Session
    rated_since: date | None
    log: tuple[Logged, ...] = ()


def highest(ratings: Iterable[RagRating]) -> RagRating:
    """The highest of these ratings; GREEN where there is none."""
    return max(ratings, key=LOWEST_FIRST.index, default=RagRating.GREEN)


def is_lower(one: RagRating, other: RagRating) -> bool:
    """Whether the first rating stands below the second."""
    return LOWEST_FIRST.index(one) < LOWEST_FIRST.index(other)


def rate(known: Known, rag: Rag) -> Rating:
    """The pupil's rating. Millbrook, table: any one RED fact is RED, else any AMBER fact, else GREEN.

    A person's rating stands beside the facts; it holds against those that were known when it was given, until its
    review date. A rating never falls by itself: a fact that is over is a proposal.
    """
    facts = (*_of_flags(known, rag.rules), *_of_attendance(known, rag))
    decided = last_decision(known.log, known.until.day)
    fresh = tuple(fact for fact in facts if decided is None or _counts_beside(fact, decided.what, known.until.day))
    given = highest(fact.rating for fact in fresh)
    said = decided.what.rating if decided else RagRating.GREEN
    rating = given if is_lower(said, given) else said
    doubts = tuple(_unknown_words(known, rag.rules))
    return Rating(
        rating=rating,
        because=(*_reasons(rating, facts, fresh, decided), *doubts),
        is_unsure=bool(doubts),
        provisional=next(iter(_few_sessions(known, rag, rating)), ""),
        proposal=_proposal(rating, fresh, decided, known.until.day),
        authorised_by=decided.what.authorised_by if decided and rating is said else "",
        facts=facts,
        by_facts=highest(fact.rating for fact in facts),
    )


@record
class Decided:
    """A person's rating, and the entry of the log that holds it."""

    what: RatingChanged
    by: str
    entry: str


def last_decision(log: Sequence[Logged], day: date) -> Decided | None:
    """The rating that a person wrote down last, up to this day; None where nobody did."""
    said = [e for e in log if isinstance(e.what, RatingChanged) and e.what.day <= day]
    last = max(said, key=lambda e: e.number, default=None)
    if last is None or not isinstance(last.what, RatingChanged):
        return None
    return Decided(what=last.what, by=last.by, entry=last.entry_id)


def last_assessment(log: Sequence[Logged]) -> RiskAssessed | None:
    """The risk assessment on file with the latest review date; None where there is none. Millbrook, Appendix 3."""
    found = [e.what for e in log if isinstance(e.what, RiskAssessed)]
    return max(found, key=lambda what: (what.on, what.review), default=None)


def needs_assessment(rating: Rating, log: Sequence[Logged], day: date) -> str:
    """What is wanting of a RED pupil's risk assessment; empty where it is on file and in date. Millbrook, table."""
    if rating.rating is not RagRating.RED:
        return ""
    last = last_assessment(log)
    if last is None:
        return "no risk assessment on file"
    return f"risk assessment to be reviewed since {in_words(last.review)}" if day > last.review else ""


def _counts_beside(fact: RatedFact, decided: RatingChanged, day: date) -> bool:
    """Whether a fact is news beside a person's rating: unknown when it was given, or its review date is past."""
    lapsed = decided.review is not None and day > decided.review
    return not fact.was_known(decided) or (lapsed and not fact.is_over)


def _reasons(
    rating: RagRating, facts: Sequence[RatedFact], fresh: Sequence[RatedFact], decided: Decided | None
) -> tuple[str, ...]:
    """The facts that give this rating, those too that a person knew of, and the person's own words."""
    found = [
        f"{fact.because}: over, until somebody lowers it" if fact.is_over else fact.because
        for fact in facts
        if fact.rating is rating and rating is not RagRating.GREEN and (fact in fresh or not fact.is_over)
    ]
    if decided and decided.what.rating is rating:
        authority = f", authorised by {decided.what.authorised_by}" if decided.what.authorised_by else ""
        found.append(f"{decided.what.why} ({decided.by}, {in_words(decided.what.day)}{authority}, {decided.entry})")
    return tuple(found)


def _proposal(rating: RagRating, fresh: Sequence[RatedFact], decided: Decided | None, day: date) -> str:
    """What to ask a named person: a rating whose facts are over, or whose review date is past."""
    now = highest(fact.rating for fact in fresh if not fact.is_over)
    said = decided.what.rating if decided else RagRating.GREEN
    if is_lower(now, rating) and is_lower(said, rating):
        over = "; ".join(fact.because for fact in fresh if fact.is_over and fact.rating is rating)
        return f"lower to {now if is_lower(said, now) else said}? {over}"
    if decided and decided.what.review and day > decided.what.review:
        return f"review the rating of {in_words(decided.what.day)}: its review date was {in_words(decided.what.review)}"
    return ""


def _of_flags(known: Known, rules: Sequence[Rule]) -> Iterable[RatedFact]:
    now, over = {flag.flag: flag for flag in known.flags}, {flag.flag: flag for flag in known.over}
    for rule in rules:
        name = f"flag {rule.flag}"
        if rule.flag in now:
            yield RatedFact(name=name, rating=rule.rating, because=rule.because, since=known.begun.get(rule.flag))
        elif rule.flag and rule.flag in over:
            until = over[rule.flag].until
            words = f"{rule.because}, ended on {in_words(until)}" if until else f"{rule.because}, no longer said"
            yield RatedFact(name=name, rating=rule.rating, because=words, is_over=True)


def _share(rule: Rule) -> Fraction:
    return Fraction(rule.absent_at_least)


def _of_attendance(known: Known, rag: Rag) -> Iterable[RatedFact]:
    """Rules on attendance, on this school year's figure, or on last year's while this year's is too short."""
    for rule in rag.rules:
        if rule.absent_at_least:
            yield from _of_share(known, rag, rule)
        elif rule.unexplained_at_least:
            yield from _of_unexplained(known, rule)


def _of_unexplained(known: Known, rule: Rule) -> Iterable[RatedFact]:
    """Sessions that nobody explained; last year's, where firstday counted them then, are over and still rate."""
    name, year = f"unexplained_at_least {rule.unexplained_at_least}", school_year(known.until.day)
    if known.now.unexplained >= rule.unexplained_at_least:
        words = f"{rule.because}: {known.now.unexplained} sessions this year without an explanation"
        yield RatedFact(name=f"{name} of {year}", rating=rule.rating, because=words)
    elif known.last_year.unexplained >= rule.unexplained_at_least and _was_in_use(known, year):
        words = f"{rule.because}: {known.last_year.unexplained} sessions last school year"
        yield RatedFact(name=f"{name} of {year - 1}", rating=rule.rating, because=words, is_over=True)


def _was_in_use(known: Known, year: Year) -> bool:
    """Whether firstday took anything in before this school year began."""
    return known.rated_since is not None and known.rated_since < first_day_of(year)


def _of_share(known: Known, rag: Rag, rule: Rule) -> Iterable[RatedFact]:
    now, last = known.now, known.last_year
    share, name, year = _share(rule), f"absent_at_least {rule.absent_at_least}", school_year(known.until.day)
    last_counts = last.possible >= rag.minimum_sessions and last.is_absent_at_least(share)
    if now.possible >= rag.minimum_sessions and now.is_absent_at_least(share):
        yield RatedFact(name=f"{name} of {year}", rating=rule.rating, because=f"{rule.because}: {now.in_words}")
    elif now.possible < rag.minimum_sessions and last_counts:
        words = f"{rule.because} last school year: {last.in_words}; this year's {now.possible} are too few to say"
        yield RatedFact(name=f"{name} of {year - 1}", rating=rule.rating, because=words)
    elif known.rated_since is not None:
        yield from _of_share_before(known, rag, rule, last_counts=last_counts)


def _of_share_before(known: Known, rag: Rag, rule: Rule, *, last_counts: bool) -> Iterable[RatedFact]:
    """A rule on attendance that was met while firstday was in use, this school year or last, and is not any more."""
    year, since, least = school_year(known.until.day), known.rated_since or date.max, rag.minimum_sessions
    name, over = f"absent_at_least {rule.absent_at_least}", f"now {known.now.in_words}"
    for met_in in (year, year - 1):
        met = last_met(known.marks, met_in, known.until, since, _share(rule), least)
        if met:
            words = f"{rule.because} up to {in_words(met)}, {over}"
            yield RatedFact(name=f"{name} of {met_in}", rating=rule.rating, because=words, is_over=True)
            return
    enough = day_of_enough(known.marks, year, known.until, least)
    if last_counts and enough is not None and since < enough:
        words = f"{rule.because} last school year, {over}"
        yield RatedFact(name=f"{name} of {year - 1}", rating=rule.rating, because=words, is_over=True)


def _few_sessions(known: Known, rag: Rag, rating: RagRating) -> Iterable[str]:
    """The figure of a year too short to rate by, where it would raise the rating."""
    now = known.now
    if now.possible < rag.minimum_sessions:
        for rule in rag.rules:
            if rule.absent_at_least and is_lower(rating, rule.rating) and now.is_absent_at_least(_share(rule)):
                yield f"{rule.because}? {now.in_words}; fewer than {rag.minimum_sessions} rate nobody"
                return


def _unknown_words(known: Known, rules: Sequence[Rule]) -> Iterable[str]:
    for word in unknown_flags((flag.flag for flag in known.flags), rules):
        yield f'the flag "{word}" is in no rule: ask what it means'
    if not known.were_taken_in:
        yield "flags were never taken in"
