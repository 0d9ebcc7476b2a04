"""A message → a proposal: whom it may be about, why, and for which days."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from firstday_cli.domain.evidence import AbsenceMessage
from firstday_cli.domain.messages.explaining import (
    ANOTHER_IN_WORDS,
    HEARD,
    OTHER_NAME,
    explained_alone,
    is_otherwise,
    only_proposes,
    says_nothing,
)
from firstday_cli.domain.messages.name_book import NameBook
from firstday_cli.domain.messages.narrowing import Sender
from firstday_cli.domain.messages.own_words import own_words
from firstday_cli.domain.messages.plain_messages import is_plain, is_plainly_ill
from firstday_cli.domain.messages.post import Days, Post, days_covered, days_proposed
from firstday_cli.domain.messages.reading import Reader, WhatIsSaid
from firstday_cli.domain.messages.whom import About, Outcome, Told
from firstday_cli.domain.messages.words import words_of
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, in_london, in_words

DAYS_IN_WORDS_REACH = timedelta(days=14)


@record
class Proposal:
    """The pupils a message may be about, why, and the days it would cover; `named` are pupils it names besides.

    `danger` are its words that nobody knows where a child is; `may_recover` says that the 48-hour rule may follow;
    `half` is the morning where the child is to come at midday.
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
    may_recover: bool = False
    received_at: datetime | None = None
    channel: str = ""
    sender: str = ""
    half: Half | None = None

    @property
    def pupils(self) -> tuple[PupilId, ...]:
        """Everybody it may be about: the candidates first, then those it names besides."""
        return tuple(dict.fromkeys((*self.candidates, *self.named)))

    @property
    def proposed(self) -> tuple[PupilId, ...]:
        """The pupils whom it proposes to explain; nobody where a person must choose."""
        return self.candidates if self.outcome is Outcome.PROPOSED else ()


def proposal(message_id: str, message: AbsenceMessage, day: date, post: Post) -> Proposal | None:
    """What the message has to say of this day; None where nothing."""
    by_date, received = days_covered(message, post.calendar, post.afternoon), in_london(message.received_at).date()
    if by_date is None or not _may_reach(message, by_date, received, day):
        return None
    about = about_whom(message, by_date, day, post)
    days = days_proposed(message, about.said, by_date)
    shown_from = min(by_date.first, received) if by_date.waits else by_date.first
    if not (shown_from <= day <= by_date.last or days.have(day)):
        return None
    accepted = explained_alone(message, about, by_date, days, day, post)
    return Proposal(
        message_id=message_id, candidates=tuple(sorted(about.candidates)), first_day=days.first, last_day=days.last,
        because=_because(message, about, by_date, days, day, post), text=message.text, accepted=accepted,
        outcome=about.outcome, named=tuple(sorted(about.named)), danger=about.said.danger,
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
    """Whether the message may speak of the day at all, so that its words need not be read where it cannot."""
    if by_date.have(day) or (by_date.waits and received <= day <= by_date.last):
        return True
    return message.from_date is None and message.to_date is None and received < day <= received + DAYS_IN_WORDS_REACH


def about_whom(message: AbsenceMessage, by_date: Days, day: date, post: Post) -> About:
    """Whom a message is about: by the system's id and name where it has them, else by its own words."""
    text = own_words(message.text)
    received = in_london(message.received_at)
    sender = _sender(message, post)

    def covers(said: WhatIsSaid) -> bool:
        return days_proposed(message, said, by_date).have(day)

    named = post.roll.names.fitting(message.pupil_name, message.group) if message.pupil_name else frozenset()
    if message.pupil_id in post.roll or named:
        told = Told(text, post.roll.arranged(NameBook), sender, received)
        about = _by_columns(message, named, told, post)
        return _with_danger(about, _danger_cut_off(message.text, text, received))
    words = "\n".join(part for part in (f"{message.pupil_name}, {message.group}".strip(", "), text) if part)
    is_heard = message.channel.casefold() in HEARD
    told = Told(words, post.roll.arranged(NameBook), sender, received, post.school, is_heard=is_heard)
    about = told.about(covers)
    is_whole = text.strip() == message.text.strip()
    return _with_danger(
        replace(about, is_plain=about.is_plain and is_whole), _danger_cut_off(message.text, text, received)
    )


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


def _by_columns(message: AbsenceMessage, named: frozenset[PupilId], told: Told, post: Post) -> About:
    """Whom an export says itself, by id or by a name that stands in a column of its own."""
    sender, said, in_words = told.sender, told.reader.all_said(), told.named()
    has_id = bool(message.pupil_id) and message.pupil_id in post.roll
    is_its_name = not named and post.roll.names.shares_a_word(message.pupil_id, message.pupil_name)
    if has_id and (message.pupil_id in named or is_its_name):
        found, because = frozenset({message.pupil_id}), "the pupil's id came with it"
    elif has_id and not named:
        found, because = frozenset({message.pupil_id}), f"{OTHER_NAME}, and nobody on the roll has that name"
    else:
        both = (named & sender.known) or (named | sender.known)
        found = both | ({message.pupil_id} if has_id else set())
        reasons = [why for why, those in (("name", named), ("sender", sender.known)) if those & both]
        because = OTHER_NAME if has_id else f"fits by {' and '.join(reasons)}"
    if in_words and not in_words & found:
        because = f"{because}, but {ANOTHER_IN_WORDS}"
    is_sure = not (said.danger or is_otherwise(said) or in_words - found)
    outcome = Outcome.NONE if not is_sure else Outcome.PROPOSED if len(found) == 1 else Outcome.SEVERAL
    is_bare = not told.words and message.from_date is not None
    return About(
        outcome=outcome, candidates=found, named=in_words - found, because=because, said=said,
        is_plain=is_sure and (is_bare or _is_plain(told, found)),
    )  # fmt: skip


def _is_plain(told: Told, found: frozenset[PupilId]) -> bool:
    """Whether the words beside a name in a column are so plain that nobody need read them."""
    said = told.reader.all_said()
    is_known = said.is_away and is_plain(told.words, told.sender.name, found, told.book)
    return len(found) == 1 and not said.not_now and (is_known or is_plainly_ill(told.words, found, told.book))


def _because(message: AbsenceMessage, about: About, by_date: Days, days: Days, day: date, post: Post) -> str:
    """Why it is proposed or waits, in one line."""
    said, word = about.said, only_proposes(message.text, post.words.only_propose)
    received = in_london(message.received_at)
    if said.danger:
        return f"{about.because}; it says “{said.danger}”: nobody may know where the child is"
    if is_otherwise(said):
        return f"{about.because}; it says “{said.not_now}”: no absence now"
    if word:
        return f"{about.because}; it says “{word}”"
    if says_nothing(message):
        return f"{about.because}; it says neither words nor days"
    if received > post.now:
        return f"{about.because}; it says it was received at {received:%H:%M}, which is still to come"
    if by_date.waits or days.only_in_words:
        return f"{about.because}; it would cover {span(days.first, days.last)}"
    return about.because


def span(first: date, last: date) -> str:
    """A stretch of days; one day alone as itself."""
    return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"
