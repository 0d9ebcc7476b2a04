"""Which messages explain without a person: by a system's id, or where the policy says so by a known sender."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from firstday_cli.domain.evidence import AbsenceMessage
from firstday_cli.domain.messages.name_book import NameBook
from firstday_cli.domain.messages.post import Days, Post
from firstday_cli.domain.messages.reading import WhatIsSaid
from firstday_cli.domain.messages.whom import About, Outcome
from firstday_cli.domain.messages.words import is_read_whole
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import Messages
from firstday_cli.domain.school_days import in_london

HEARD = frozenset({"voicemail", "phone", "call"})  # names are written down as somebody, or a program, heard them


def only_proposes(text: str, words: Sequence[str]) -> str:
    """The first of the policy's words in the text, as whole words; empty where there is none."""
    found = _any_of(tuple(words)).search(" ".join(text.replace("’", "'").casefold().split())) if words else None
    return next((w for w in words if w.casefold() == found[0]), "") if found else ""


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words as a whole, the first one first."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word.casefold()) for word in words)})(?!\w)")


def is_otherwise(said: WhatIsSaid) -> bool:
    """Whether the words say that the child is not away now."""
    return bool(said.not_now) and not said.says_absent


def says_otherwise(text: str, said: WhatIsSaid, words: Messages) -> str:
    """The words for which a message only proposes: that the child is not away now, or one of the policy's."""
    return said.not_now if is_otherwise(said) else only_proposes(text, words.only_propose)


def says_nothing(message: AbsenceMessage) -> bool:
    """Whether a message has neither words nor days."""
    return not message.text and message.from_date is None


def explained_alone(
    message: AbsenceMessage, about: About, by_date: Days, days: Days, day: date, post: Post
) -> tuple[PupilId, ...]:
    """The pupils whom the message explains without a person: by a system's id, or by policy a known sender."""
    is_early = in_london(message.received_at) > post.now
    is_of_today = by_date.have(day) and days.have(day) and not by_date.waits and not is_early
    said, is_in_doubt = about.said, about.is_in_doubt or not is_read_whole(message.text)
    is_held_back = bool(said.danger or says_otherwise(message.text, said, post.words)) or says_nothing(message)
    is_of_another_day = said.first is not None and said.last is not None and not said.first <= day <= said.last
    if not is_of_today or is_held_back or is_of_another_day or is_in_doubt:
        return ()
    if len(about.candidates) == 1 and message.pupil_id in about.candidates:
        return tuple(about.candidates)
    is_known = post.words.known_sender_explains and about.outcome is Outcome.PROPOSED
    return tuple(sorted(about.candidates)) if is_known and _is_from_the_family(message, about, post) else ()


def _is_from_the_family(message: AbsenceMessage, about: About, post: Post) -> bool:
    """Whether the sender may be rung for every pupil proposed, and none of them has another's name."""
    if message.channel.casefold() in HEARD:
        return False
    return about.is_plain and all(
        not post.roll.arranged(NameBook).has_namesake(pupil_id) and _may_speak_for(pupil_id, message, post)
        for pupil_id in about.candidates
    )


def _may_speak_for(pupil_id: PupilId, message: AbsenceMessage, post: Post) -> bool:
    """Whether the sender is on the pupil's list, and nobody barred has that number, address or name."""
    contacts = post.contacts.of(pupil_id)
    same = [c for c in contacts if _is_sender(c.phone_key, c.email, message)]
    barred = [c for c in contacts if c.do_not_contact and folded(c.name) == folded(message.sender_name) != ""]
    return bool(same) and not barred and all(c.is_usable or not c.is_barred for c in same)


def _is_sender(phone_key: str, email: str, message: AbsenceMessage) -> bool:
    by_phone = bool(phone_key) and phone_key == message.sender_phone
    return by_phone or (bool(email) and email.casefold() == message.sender_email.casefold())
