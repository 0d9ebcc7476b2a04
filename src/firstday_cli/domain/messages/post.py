"""What messages are read with, and the days that one covers: by its dates, by when it came, by its words."""

from datetime import date, datetime, time

from firstday_cli.domain.contacts import ContactList
from firstday_cli.domain.evidence import AbsenceMessage
from firstday_cli.domain.messages.reading import WhatIsSaid
from firstday_cli.domain.policy import Messages
from firstday_cli.domain.record import record
from firstday_cli.domain.roll import Roll
from firstday_cli.domain.school_days import Calendar, in_london


@record
class Post:
    """What is needed to read messages: the day's calendar, the policy, the roll and the contact lists."""

    calendar: Calendar
    afternoon: time
    words: Messages
    roll: Roll
    contacts: ContactList
    now: datetime
    school: str = ""


@record
class Days:
    """The days a message covers, whether a person must still say so, and whether its words alone name them."""

    first: date
    last: date
    waits: bool
    only_in_words: bool = False

    def have(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last


def days_covered(message: AbsenceMessage, calendar: Calendar, afternoon: time) -> Days | None:
    """The days a message covers by its dates, else by when it came; None where no school day can be proposed.

    Without dates a message covers the day it was received if before the afternoon of a school
    day; later it waits and proposes the next school day.
    """
    received = in_london(message.received_at)
    day = received.date()
    if message.from_date:
        return Days(first=message.from_date, last=message.to_date or message.from_date, waits=False)
    if message.to_date:
        return Days(first=min(day, message.to_date), last=message.to_date, waits=True)
    if not calendar.covers(day):
        return None
    if calendar.is_school_day(day) and received.time() < afternoon:
        return Days(first=day, last=day, waits=False)
    following = calendar.next_school_day(day)
    return Days(first=following, last=following, waits=True) if following else None


def days_proposed(message: AbsenceMessage, said: WhatIsSaid, by_date: Days) -> Days:
    """The days a person is asked about: those of the words where the message has no dates of its own."""
    if message.from_date or message.to_date or said.first is None or said.last is None:
        return by_date
    return Days(first=said.first, last=max(said.first, said.last), waits=by_date.waits, only_in_words=True)
