"""The letter to parents: why the school rings, when, in what order, and what happens if nobody answers.

Guidance, end: make sure that parents know of this process. It is written from the school's own policy, in plain words,
and names no child and no rating.
"""

from collections.abc import Iterable
from datetime import date

from firstday_cli.domain.policy import Policy
from firstday_cli.domain.school_days import in_words
from firstday_cli.reports.page import Audience, Json, Page, Table

Part = tuple[str, tuple[str, ...]]
HEADTEACHER = "The headteacher"
TIMES = {1: "once", 2: "twice"}


def letter(policy: Policy, day: date) -> Page:
    """The page of `report letter`."""
    parts, school = tuple(_parts(policy)), policy.school.name
    warnings = tuple(_wanting(policy))
    return Page(
        title=f"{school}: when your child is absent",
        facts=_facts(policy, day, parts, warnings),
        audience=Audience.PARENTS,
        warnings=warnings,
        tables=tuple(Table(title=title, columns=(), rows=(), lines=lines) for title, lines in parts),
        worksheet=_worksheet(parts),
        notes=(f"{policy.people.headteacher or HEADTEACHER}, {school}, {in_words(day)}",),
    )


def _worksheet(parts: Iterable[Part]) -> Table:
    """The letter for a spreadsheet, from which words can be copied into a newsletter."""
    rows = tuple((title, line) for title, lines in parts for line in lines)
    return Table(title="Letter", columns=("Part", "Words"), rows=rows)


def _wanting(policy: Policy) -> Iterable[str]:
    """What the office fills in before it sends the letter."""
    if not policy.school.phone:
        yield 'FOR THE OFFICE: fill in [school] phone in policy.toml; until then the letter says "the school office".'
    if not policy.people.headteacher:
        yield "FOR THE OFFICE: fill in [people] headteacher in policy.toml, or sign the letter by hand."


def _parts(policy: Policy) -> Iterable[Part]:
    yield "Dear parents and carers", _why(policy)
    yield "What we ask of you", tuple(_asked(policy))
    yield "What we do on the first day", tuple(_first_day(policy))
    yield "If nobody answers", tuple(_nobody(policy))
    yield "If your child stays absent", tuple(_longer(policy))
    yield "What we write down", _written(policy)


def _ring(policy: Policy) -> str:
    """How the school is reached: its number, else the office."""
    return f"ring {policy.school.phone}" if policy.school.phone else "ring the school office"


def _why(policy: Policy) -> tuple[str, ...]:
    return (
        "Each school day we check that every child is safe.",
        "If your child is not here and we do not know why, we look in school first. Then we ring you.",
        "Most of the time there is a simple reason. But we cannot know that until somebody tells us.",
        f"So we do the same for every family at {policy.school.name}, also for families we know well.",
    )


def _asked(policy: Policy) -> Iterable[str]:
    yield (
        f"If your child cannot come to school, please {_ring(policy)} before {policy.morning.registers_in_by:%H:%M}. "
        "Please do this on each day of the absence, not only on the first."
    )
    yield "Tell us why your child is absent, who your child is with, and when your child will be back."
    wanted = policy.calling.contacts_wanted
    many = f"at least {wanted} people" if wanted > 1 else "the people"
    yield f"Please give us the names and numbers of {many} we can ring. Tell us at once when a number changes."
    yield "Tell us before you travel. If we hear a foreign ring tone, we will ask if the family is abroad."
    yield "If you can see that we rang, please ring back as soon as you can."


def _first_day(policy: Policy) -> Iterable[str]:
    morning, afternoon = policy.morning, policy.afternoon
    in_by = f"{morning.registers_in_by:%H:%M}"
    yield f"By {in_by} our registers are in. We read your messages, and look for your child in school."
    yield (
        f"By {morning.calls_made_by:%H:%M} we ring. We ring the people on your child's list one after the other, in "
        "the order you gave us, until somebody answers. If we can leave a voice message, we do."
    )
    also = "also " if morning.texts_sent_by >= morning.calls_made_by else ""
    yield f"By {morning.texts_sent_by:%H:%M} we {also}send a text to the family of each child who is absent."
    yield "We ask: Why is your child not in school? Who is your child with? When will your child be back?"
    yield "When somebody has told us where your child is, we stop these calls for that day."
    yield (
        f"If your child is missing in the afternoon, we do the same: registers by {afternoon.registers_in_by:%H:%M}, "
        f"calls by {afternoon.calls_made_by:%H:%M}, visits by {afternoon.visits_by:%H:%M}."
    )


def _nobody(policy: Policy) -> Iterable[str]:
    rounds, pause = policy.calling.rounds, policy.calling.minutes_between_rounds
    waits = f"wait {_many(pause, 'minute')} and " if pause else ""
    if rounds > 1:
        yield (
            f"If nobody answers, we {waits}ring the whole list again. "
            f"We ring it {TIMES.get(rounds, f'{rounds} times')} in all."
        )
    yield f"If {'still ' if rounds > 1 else ''}nobody answers, we ask staff and others who know your family."
    yield (
        f"Then two of our staff come to your home, as a rule by {policy.morning.visits_by:%H:%M}. They would like to "
        "see your child. If nobody is there, they leave a card that asks you to ring us."
    )
    yield "Some children are visited sooner, and some on each day that they are absent."
    yield "If nobody has seen your child then, we tell the attendance team. We go on ringing."
    yield f"{_wait(policy.escalation.wait_hours)} They may visit you to see that your child is well."
    yield (
        "We do not wait at all if we think that a child may be in danger. Then we tell children's social care or the "
        "police at once. We also do so if you thought your child was in school, or do not know where your child is."
    )


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _wait(hours: int) -> str:
    told = "we tell children's social care, and the police if we need to."
    return (
        f"If we have heard nothing {_many(hours, 'hour')} later, {told}"
        if hours
        else f"If we still hear nothing, {told}"
    )


def _longer(policy: Policy) -> Iterable[str]:
    counting = policy.counting
    yield "If we do not hear from you, we ring on each day of the absence."
    if counting.count == "spell":
        yield "We count the days of absence in a row."
    else:
        yield f"We add up all days of absence in the {counting.since}, until we see your child with you."
    yield (
        "We also need to see your child, with you there: at least on "
        f"each {_nth(policy.seen_every.green)}day of absence, and for some children sooner. "
        f"We do this by {policy.seen_every.by:%H:%M}. It is a short visit to keep in touch."
    )
    hours = policy.sickness.recovery_hours
    if hours:
        yield (
            f"After sickness or diarrhoea your child stays at home for {_many(hours, 'hour')} from the last time. "
            "If you told us that, you need not ring again until then. We may still ring you, to ask how your child is."
        )
    yield f"School ends at {policy.school.closes:%H:%M}. If you cannot reach us by then, please leave a message."


def _nth(number: int) -> str:
    """Which of the days, as people say it, with a blank behind; nothing for each day."""
    words = ("", "", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ", "ninth ", "tenth ")
    return words[number] if number < len(words) else f"{number}th "


def _written(policy: Policy) -> tuple[str, ...]:
    return (
        "We write down each call, text and visit: the time, who made it, and what we were told.",
        "What we write down stays with the school. Only staff who need it read it.",
        "We share it with others, such as social care or the police, if that keeps your child safe.",
        "If somebody makes a mistake, we add a note that says so. We do not rub anything out.",
        f"You may ask what we hold about you and your child, and how long we keep it: please {_ring(policy)}.",
        "Thank you for helping us to keep every child safe.",
    )


def _facts(policy: Policy, day: date, parts: Iterable[Part], warnings: Iterable[str]) -> dict[str, Json]:
    return {
        "schema": "firstday/letter/1",
        "school": policy.school.name,
        "day": day.isoformat(),
        "signed": policy.people.headteacher or HEADTEACHER,
        "parts": [{"title": title, "lines": list(lines)} for title, lines in parts],
        "to_fill_in": list(warnings),
    }
