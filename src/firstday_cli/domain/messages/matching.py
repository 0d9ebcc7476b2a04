"""A message → a proposal: whom it may be about, why, and for which days."""

from dataclasses import replace
from datetime import date, datetime

from firstday_cli.domain.evidence import SPOKEN_OF_FOR, AbsenceMessage
from firstday_cli.domain.log.sentences import span
from firstday_cli.domain.messages.columns_said import about_by_columns
from firstday_cli.domain.messages.explaining import HEARD, explained_alone, is_otherwise, says_nothing, says_otherwise
from firstday_cli.domain.messages.name_book import NameBook
from firstday_cli.domain.messages.narrowing import Sender
from firstday_cli.domain.messages.own_words import own_words
from firstday_cli.domain.messages.post import Days, Post, days_covered, days_proposed
from firstday_cli.domain.messages.reading import Reader, WhatIsSaid
from firstday_cli.domain.messages.whom import About, MessageInWords, Outcome
from firstday_cli.domain.messages.words import is_read_whole, words_of
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, in_london


@record
class Proposal:
    """The pupils a message may be about, why, and the days it would cover; `named` are pupils it names besides.

    `danger` are its words that nobody knows where a child is, `otherwise` those for which it only proposes;
    `may_recover` says that the 48-hour rule may follow; `half` is the morning where the child is to come at midday.
    """

    message_id: str
    candidates: tuple[PupilId, ...]
    because: str
    first_day: date | None
    last_day: date | None
    text: str = ""
    accepted: tuple[PupilId, ...] = ()
    outcome: Outcome = Outcome.NONE
    named: tuple[PupilId, ...] = ()
    danger: str = ""
    otherwise: str = ""
    may_recover: bool = False
    received_at: datetime | None = None
    channel: str = ""
    sender: str = ""
    half: Half | None = None

    @property
    def for_days(self) -> str:
        """The days it would cover, in words; empty where it proposes none."""
        if self.first_day is None:
            return ""
        return span(self.first_day, self.last_day or self.first_day, self.half)

    @property
    def pupils(self) -> tuple[PupilId, ...]:
        """Everybody it may be about: the candidates first, then those it names besides."""
        return tuple(dict.fromkeys((*self.candidates, *self.named)))

    @property
    def proposed(self) -> tuple[PupilId, ...]:
        """The pupils whom it proposes to explain; nobody where a person must choose."""
        return self.candidates if self.outcome is Outcome.PROPOSED else ()


def proposal(message_id: str, message: AbsenceMessage, day: date, post: Post) -> Proposal | None:
    """What the message has to say of this day; None where nothing. A danger is said until somebody decides."""
    by_date, received = days_covered(message, post.calendar, post.afternoon), in_london(message.received_at).date()
    if by_date is None or not _may_reach(message, by_date, received, day):
        return None
    about = about_whom(message, by_date, day, post)
    days = days_proposed(message, about.said, by_date)
    shown_from = min(by_date.first, received) if by_date.waits else by_date.first
    if not (shown_from <= day <= by_date.last or days.have(day) or about.said.danger):
        return None
    accepted = explained_alone(message, about, by_date, days, day, post)
    return Proposal(
        message_id=message_id, candidates=tuple(sorted(about.candidates)), first_day=days.first, last_day=days.last,
        because=_because(message, about, by_date, days, post), text=message.text, accepted=accepted,
        outcome=about.outcome, named=tuple(sorted(about.named)), danger=about.said.danger,
        otherwise=says_otherwise(message.text, about.said, post.words),
        may_recover=about.said.has_sickness, received_at=message.received_at, channel=message.channel,
        sender=message.sender_name or message.sender_phone or message.sender_email, half=_half(about.said),
    )  # fmt: skip


def _half(said: WhatIsSaid) -> Half | None:
    return Half.AM if said.is_of_the_morning else None


def to_decide(message: AbsenceMessage, post: Post) -> tuple[Days | None, WhatIsSaid]:
    """The days a person decides about, as a proposal has them, and what the message says."""
    by_date = days_covered(message, post.calendar, post.afternoon)
    if by_date is None:
        return None, said_in(message.text, message.received_at)
    said = about_whom(message, by_date, in_london(message.received_at).date(), post).said
    return days_proposed(message, said, by_date), said


def said_in(text: str, at: datetime) -> WhatIsSaid:
    """What a text says, whoever is meant; a danger is read in what is cut off as history or signature, too."""
    own = own_words(text)
    said = Reader(own, words_of(own), in_london(at)).all_said()
    return replace(said, danger=said.danger or _danger_cut_off(text, own, at))


def _danger_cut_off(text: str, own: str, at: datetime) -> str:
    """A danger in words that were cut off and that nobody quoted: people answer below, and under two dashes."""
    unquoted = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    if len(unquoted.strip()) <= len(own.strip()):
        return ""
    return Reader(unquoted, words_of(unquoted), in_london(at)).all_said().danger


def _may_reach(message: AbsenceMessage, by_date: Days, received: date, day: date) -> bool:
    """Whether the message may speak of the day, its words read only as far as that takes."""
    if by_date.have(day) or (by_date.waits and received <= day <= by_date.last):
        return True
    if not received <= day <= received + SPOKEN_OF_FOR:
        return False
    said, has_dates = said_in(message.text, message.received_at), bool(message.from_date or message.to_date)
    return bool(said.danger) or (not has_dates and said.last is not None and day <= said.last)


def about_whom(message: AbsenceMessage, by_date: Days, day: date, post: Post) -> About:
    """Whom a message is about: by the system's id and name where it has them, else by its own words."""
    text = own_words(message.text)
    received = in_london(message.received_at)
    sender = _sender(message, post)

    def covers(said: WhatIsSaid) -> bool:
        return days_proposed(message, said, by_date).have(day)

    danger = _danger_cut_off(message.text, text, received)
    named = post.roll.names.fitting(message.pupil_name, message.group) if message.pupil_name else frozenset()
    book, is_heard = post.roll.arranged(NameBook), message.channel.casefold() in HEARD
    if message.pupil_id in post.roll or named:
        in_words = MessageInWords(text, book, sender, received, post.school)
        return _with_danger(about_by_columns(message, named, in_words, post.roll), danger)
    words = "\n".join(part for part in (f"{message.pupil_name}, {message.group}".strip(", "), text) if part)
    about = MessageInWords(words, book, sender, received, post.school, is_heard=is_heard).about(covers)
    is_whole = text.strip() == message.text.strip()
    return _with_danger(replace(about, is_plain=about.is_plain and is_whole), danger)


def _with_danger(about: About, danger: str) -> About:
    """The same with a danger that stands in what was cut off: then nobody is a candidate but by id."""
    if not danger or about.said.danger:
        return about
    return replace(about, said=replace(about.said, danger=danger), outcome=Outcome.NONE, is_plain=False)


def _sender(message: AbsenceMessage, post: Post) -> Sender:
    """Whom the sender's number, address and name are known for."""
    known = post.contacts.pupils_with(message.sender_phone) | post.contacts.pupils_with_email(message.sender_email)
    called = post.contacts.pupils_of(message.sender_name)
    return Sender(known=known, called=called, name=message.sender_name)


def _because(message: AbsenceMessage, about: About, by_date: Days, days: Days, post: Post) -> str:
    """Why it is proposed or waits, in one line."""
    more = _held_back(message, about, by_date, days, post)
    return f"{about.because}; {more}" if more else about.because


def _held_back(message: AbsenceMessage, about: About, by_date: Days, days: Days, post: Post) -> str:
    """The first thing for which a person must look at it; empty where nothing but for whose it is."""
    received, otherwise = in_london(message.received_at), says_otherwise(message.text, about.said, post.words)
    if about.said.danger:
        return f"it says “{about.said.danger}”: nobody may know where the child is"
    if otherwise:
        return f"it says “{otherwise}”{': no absence now' if is_otherwise(about.said) else ''}"
    if says_nothing(message):
        return "it says neither words nor days"
    if not is_read_whole(message.text):
        return "it is too long to be read whole"
    if received > post.now:
        return f"it says it was received at {received:%H:%M}, which is still to come"
    if by_date.waits or days.only_in_words:
        return f"it would cover {span(days.first, days.last)}"
    return ""
