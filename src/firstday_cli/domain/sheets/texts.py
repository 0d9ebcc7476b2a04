"""The texts of the day: one for every family with a child absent, explained or not. Millbrook, texts by 10:00.

A text is never contact, and closes nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.log.calls import Outcome
from firstday_cli.domain.log.entries import CallMade, Logged, TextSent
from firstday_cli.domain.marks import COUNT_NO_DAY
from firstday_cli.domain.picture.day_picture import DayPicture, PupilPicture
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, moment
from firstday_cli.domain.sheets.families import family, may_be_rung_for_all, together
from firstday_cli.domain.standing.reconcile import StandingKind

BY_A_MARK = 8  # the line of the table of standings that says: not expected, by a mark
NAMELESS = ("your child", "your children")


@record
class Text:
    """One text to one family: the number as dialled, the children it is about, the words; `sent` says when it went."""

    phone: str
    pupils: tuple[PupilPicture, ...]
    words: str
    sent: tuple[Logged, ...] = ()

    @property
    def pupil_ids(self) -> tuple[str, ...]:
        """The ids of the children of the family who are absent, sorted."""
        return tuple(sorted(p.pupil.pupil_id for p in self.pupils))


@record
class Texts:
    """The day's texts: those to send, those sent, and the children whose family has no mobile number to text."""

    due: datetime
    to_send: tuple[Text, ...]
    sent: tuple[Text, ...]
    without: tuple[PupilPicture, ...]


def texts(picture: DayPicture, policy: Policy) -> Texts:
    """Every family's text today, by number; of several children the silence of one decides the wording."""
    absent = sorted((p for p in picture.pupils if is_absent(p)), key=lambda p: p.pupil.pupil_id)
    phones: dict[tuple[str, bool], tuple[str, list[PupilPicture]]] = {}
    without: list[PupilPicture] = []
    for children in together(absent, family).values() if not picture.why_shut else ():
        was_texted = any(is_text(e) for p in children for e in p.logged)
        for child, contact in _numbers(children):
            if contact is None:
                without.append(child)
            else:
                phones.setdefault((contact.phone_key, was_texted), (contact.phone, []))[1].append(child)
    found = [_text(phone, tuple(them), policy) for _, (phone, them) in sorted(phones.items())]
    times = policy.morning if picture.session.half is Half.AM else policy.afternoon
    return Texts(
        due=moment(picture.session.day, times.texts_sent_by),
        to_send=tuple(t for t in found if not t.sent), sent=tuple(t for t in found if t.sent), without=tuple(without),
    )  # fmt: skip


def is_absent(p: PupilPicture) -> bool:
    """Whether the child is absent as texts and duties see it: an open case, an explanation; RED also by a mark."""
    if p.case is not None:
        return True
    is_red = p.rating.rating is RagRating.RED
    if p.standing.kind is StandingKind.EXPLAINED:
        return is_red or p.facts.mark not in COUNT_NO_DAY
    return is_red and p.standing.kind is StandingKind.NOT_EXPECTED and p.standing.line == BY_A_MARK


def _numbers(children: Sequence[PupilPicture]) -> Iterable[tuple[PupilPicture, Contact | None]]:
    """Each child with the mobile to text: the first that may be rung for all of them, else each child's own first."""
    mobiles = [[c for c in p.contacts if c.is_usable and c.is_mobile] for p in children]
    shared = next((c for own in mobiles for c in own if may_be_rung_for_all(c.phone_key, children)), None)
    for child, own in zip(children, mobiles, strict=True):
        yield child, shared or next(iter(own), None)


def _text(phone: str, children: tuple[PupilPicture, ...], policy: Policy) -> Text:
    """The words for these children, and the texts of today that any of them had already."""
    silent = tuple(p for p in children if p.case is not None)
    wording = policy.wording.text_unexplained if silent else policy.wording.text_explained
    sent = tuple(e for p in children for e in p.logged if is_text(e))
    words = wording.format(
        school=policy.school.name, phone=policy.school.phone or "the school", child=_named(silent or children, policy)
    )
    return Text(phone=phone, pupils=children, words=words, sent=sent)


def is_text(entry: Logged) -> bool:
    """Whether an entry says that a text was sent."""
    what = entry.what
    return isinstance(what, TextSent) or (isinstance(what, CallMade) and what.outcome is Outcome.TEXT_SENT)


def _named(children: Sequence[PupilPicture], policy: Policy) -> str:
    """The children as a text may name them. Policy: [sheets] name_in_texts."""
    if policy.sheets.name_in_texts == "none":
        return NAMELESS[len(children) > 1]
    names = [_first_or_full(p, policy) for p in children]
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _first_or_full(p: PupilPicture, policy: Policy) -> str:
    if policy.sheets.name_in_texts == "full":
        return p.pupil.name
    return p.pupil.preferred_forename or p.pupil.forename or "your child"
