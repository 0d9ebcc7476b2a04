"""Policy: every number and rule a school may choose, with its shipped value and its reason."""

from dataclasses import field
from datetime import time
from typing import Any, Literal

from firstday_cli.domain.rating_rules import SHIPPED_RULES, RagRating, Rule
from firstday_cli.domain.record import record


def says(default: Any, why: str) -> Any:
    """A field with its shipped value and the sentence printed above it in policy.toml."""
    return field(default=default, metadata={"says": why})


@record
class School:
    """Who we are."""

    name: str = field(metadata={"says": "The school's name, as it stands on every sheet. Required."})
    phone: str = says("", "The number that families ring back.")
    front_door: str = says("", "What the local children's social care front door is called, and its number.")
    attendance_team: str = says("", "What the attendance team is called, and its number.")
    out_of_hours: str = says("", "Whom to ring when the school is shut: the emergency duty team.")
    closes: time = says(time(15, 30), "When the school day ends.")


@record
class People:
    """Who may decide. Where a line is empty any name is taken; where it is filled, another name is refused."""

    headteacher: str = says("", "Must authorise anything that leaves RED.")
    safeguarding_leads: tuple[str, ...] = says((), "Who decides on harm and crime.")
    attendance_lead: str = says("", "Who runs the morning.")


@record
class Morning:
    """The morning's deadlines, on London's clock."""

    registers_in_by: time = says(time(9, 15), "Before this a register that is not in is awaited; after it, missing.")
    calls_made_by: time = says(time(10, 0), "Every family of the list has been rung.")
    texts_sent_by: time = says(time(10, 0), "Every absent family has been texted.")
    red_report_at: time = says(time(10, 5), "Visits to RED families start.")
    rag_review_at: time = says(time(10, 30), "The daily review meeting.")
    red_visits_by: time = says(time(11, 45), "Visits to RED families are done.")
    visits_by: time = says(time(12, 0), "All other visits are done.")


@record
class Afternoon:
    """The same for absences that begin in the afternoon."""

    starts: time = says(time(12, 30), "From here on it is the afternoon session.")
    registers_in_by: time = says(time(13, 30), "Before this an afternoon register is awaited; after it, missing.")
    calls_made_by: time = says(time(14, 0), "Every family of the afternoon's list has been rung.")
    texts_sent_by: time = says(time(14, 0), "Every family absent since midday has been texted.")
    red_visits_by: time = says(time(15, 30), "Visits to RED families are done.")
    visits_by: time = says(time(15, 30), "All other visits are done.")


@record
class Calling:
    """Ringing the contact list."""

    rounds: int = says(2, "How often the whole list is rung. Guidance, step 6: at least twice.")
    minutes_between_rounds: int = says(20, "The pause before the next round.")
    contacts_wanted: int = says(4, "A shorter contact list is reported. Guidance, step 7.")


@record
class SeenEvery:
    """Days of absence between face-to-face contacts. Millbrook, table."""

    red: int = says(1, "RED: every day of absence.")
    amber: int = says(3, "AMBER: every third day of absence.")
    green: int = says(5, "GREEN: every fifth day of absence.")
    by: time = says(time(15, 0), "By when on that day.")
    video_counts_for: tuple[RagRating, ...] = says(
        (RagRating.RED,), "The ratings whose face to face may be by video: Millbrook names it for RED."
    )


@record
class Counting:
    """How days of absence are counted."""

    count: Literal["cumulative", "spell"] = says(
        "cumulative",
        '"cumulative": days add up until a face to face with parent and pupil. "spell": a session in school ends them.',
    )
    since: Literal["year", "term"] = says(
        "year", 'Where cumulative days begin again by themselves: with the school "year" or with the "term".'
    )


@record
class Character:
    """When silence is out of character for a family. Guidance, step 8."""

    attended_more_than: str = says(
        "97/100", "A child who attended more than this of enough sessions, with nothing unexplained this year."
    )
    reported_at_least: str = says("3/4", "Or a family that itself reported so many of the child's absences this year.")
    absences: int = says(2, "Of at least this many absences.")


@record
class Sickness:
    """The recovery time after sickness and diarrhoea."""

    recovery_hours: int = says(
        48, "Hours from the last episode in which a told absence stays explained. Never for RED."
    )


@record
class Escalation:
    """When silence goes further."""

    wait_hours: int = says(24, "How long contact is tried where there is no immediate concern. Guidance, step 10.")


@record
class Codes:
    """How much a register code explains by itself. N, O, - and off-site codes may not be named here."""

    explain_alone: tuple[str, ...] = says(
        ("C", "C1", "E", "J1", "R", "S", "T"), "A decision of the school stands behind these: the code is enough."
    )
    explain_with_comment: tuple[str, ...] = says(
        ("I", "M"), "These explain only with somebody's words beside them today: a code carried over is not news."
    )


@record
class Messages:
    """Which messages explain without a person."""

    only_propose: tuple[str, ...] = says(
        (
            "late", "later", "appointment", "back in", "back today", "back at school", "back to school", "better",
            "not sick", "not ill", "on the way", "on her way", "on his way", "on their way", "tomorrow", "yesterday",
            "next week", "don't know where", "do not know where", "doesn't know where", "no idea where",
            "is in school", "is at school", "will be coming in", "dropped off", "at the gate", "running late", "on way",
            "isn't ill", "isn't sick", "wasn't sick", "no longer", "ignore", "dentist", "orthodontist",
        ),
        "A message with one of these words waits for a person, even with a pupil's id.",
    )  # fmt: skip
    known_sender_explains: bool = says(
        default=False,
        why="true lets a plain message explain whose sender is on the contact list of every pupil that it names.",
    )


@record
class Rag:
    """Which facts make a pupil RED or AMBER; the highest wins, and everybody else is GREEN. Millbrook, table."""

    lowered_by: Literal["headteacher"] = says("headteacher", "Who must authorise anything that leaves RED.")
    minimum_sessions: int = says(
        40, "Fewer possible sessions than this make a year's figure provisional: last year's rates until then."
    )
    rules: tuple[Rule, ...] = says(
        SHIPPED_RULES,
        "The highest rating that any line gives is the rating.",
    )
    red_is: str = says("Complex/Acute", "What the local authority's threshold guidance calls RED.")
    amber_is: str = says("Vulnerable", "What it calls AMBER.")
    green_is: str = says("Universal", "What it calls GREEN: the remit of school staff.")
    threshold_guidance: str = says(
        "the local authority's threshold guidance", "The school's own name for that document, shown beside the ratings."
    )


@record
class Freshness:
    """Days after which what was taken in is stale, and the list provisional."""

    roll: int = says(7, "The roll.")
    contacts: int = says(7, "The contact list.")
    flags: int = says(7, "The flags.")


@record
class Brake:
    """A list too long to be true is shown with a warning."""

    pupils: int = says(10, "Never for a list shorter than this.")
    share_of_roll: float = says(0.25, "A larger share of the roll than this.")
    times_usual: float = says(
        3.0, "Or longer than so many times the usual list: the middle one of the last ten school days at this time."
    )


@record
class Inbox:
    """Where exports are looked for."""

    also: tuple[str, ...] = says(
        (),
        "More folders from which recognised files are read, if they were changed today; from the school's folder on.",
    )


@record
class Wording:
    """The school's own words, with named blanks."""

    text_unexplained: str = says(
        "{school}: we have had no message about {child}, not in school today. Please ring {phone}.",
        "The text to a family we have not heard from.",
    )  # fmt: skip
    text_explained: str = says(
        "{school}: thank you for telling us about {child}'s absence. Please ring {phone} each day of absence.",
        "The text to a family we have heard from.",
    )  # fmt: skip
    card: str = says(
        "We called today about attendance. Please ring {phone} as soon as you read this.",
        "The card through the door.",
    )  # fmt: skip


@record
class Sheets:
    """What the printed sheets show, and how long they are kept."""

    show_rating: bool = says(default=False, why="Whether office sheets show the word of a rating.")
    name_in_texts: Literal["first", "full", "none"] = says("first", '"first", "full" or "none".')
    keep_days: int = says(30, "Days after which `firstday retain` removes written sheets and reject files.")


@record
class Policy:
    """The school's times, counts and rules."""

    school: School
    people: People = People()
    morning: Morning = Morning()
    afternoon: Afternoon = Afternoon()
    calling: Calling = Calling()
    seen_every: SeenEvery = SeenEvery()
    counting: Counting = Counting()
    character: Character = Character()
    sickness: Sickness = Sickness()
    escalation: Escalation = Escalation()
    codes: Codes = Codes()
    messages: Messages = Messages()
    rag: Rag = Rag()
    freshness: Freshness = Freshness()
    brake: Brake = Brake()
    inbox: Inbox = Inbox()
    wording: Wording = Wording()
    sheets: Sheets = Sheets()
