"""Which families had to be texted today, and which texts were sent and logged in time. Millbrook, texts by 10am."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, moment
from firstday_cli.domain.sheets.earlier_today import DaySoFar, EarlierToday
from firstday_cli.domain.sheets.families import Key, family_of
from firstday_cli.domain.sheets.texts import is_text
from firstday_cli.domain.sheets.timing import Timed, timed


@record
class TextedFamily:
    """One family with children whose absence began in this half: the first text; no text where it has no mobile."""

    pupils: tuple[Pupil, ...]
    half: Half
    has_mobile: bool
    first_text: Timed

    @property
    def may_be_texted(self) -> bool:
        """Whether a text was sent, or could be."""
        return self.has_mobile or self.first_text.entry is not None


def texts_today(day: DaySoFar) -> tuple[TextedFamily, ...]:
    """Every family with a child who is absent, now or when texts were due."""
    absent = {(p, half) for half in day.halves for p in _absent_at(day, texts_due(day, half), half)}
    absent |= {(p, half) for half in day.halves for p in _absent_at(day, day.evidence.now, half)}
    families: defaultdict[tuple[Half, Key], list[PupilId]] = defaultdict(list)
    for pupil_id, half in sorted(absent):
        key = family_of(day.evidence.roll.pupil(pupil_id), day.evidence.contacts.of(pupil_id))
        families[half, key].append(pupil_id)
    apart = {key for half, key in families if half is Half.PM} & {key for half, key in families if half is Half.AM}
    found = (_texted(day, half, pupils, is_apart=key in apart) for (half, key), pupils in families.items())
    return tuple(sorted(found, key=lambda family: (family.half, family.pupils[0].pupil_id)))


def texts_due(day: DaySoFar, half: Half) -> datetime:
    """By when the families of an absence that began in this half are texted. Policy: texts_sent_by."""
    policy = day.evidence.policy
    times = policy.morning if half is Half.AM else policy.afternoon
    return moment(day.evidence.session.day, times.texts_sent_by)


def _absent_at(day: DaySoFar, at: datetime, half: Half) -> Iterable[PupilId]:
    """Whose family was to be texted at that moment, for an absence that began in this half."""
    then = day.at(at)
    return (pupil_id for pupil_id in then.looked_at if _began(day, then, pupil_id) is half)


def _began(day: DaySoFar, then: EarlierToday, pupil_id: PupilId) -> Half | None:
    """The half in which the child's absence began; None where there is none that a text is sent about."""
    child, case = then.absent(pupil_id), then.case(pupil_id)
    if case is not None:
        return day.half_of(case)
    if child is None or (child.counts_no_day and child.rating is not RagRating.RED):
        return None
    return Half.PM if child.began_in_the_afternoon else Half.AM


def _texted(day: DaySoFar, half: Half, pupils: Sequence[PupilId], *, is_apart: bool) -> TextedFamily:
    texts = (e for pupil_id in pupils for e in day.latest.logged(pupil_id) if is_text(e))
    contacts = (contact for pupil_id in pupils for contact in day.evidence.contacts.of(pupil_id))
    return TextedFamily(
        pupils=tuple(day.evidence.roll.pupil(pupil_id) for pupil_id in pupils), half=half,
        has_mobile=any(contact.is_usable and contact.is_mobile for contact in contacts),
        first_text=timed(day.about(half, texts, is_apart=is_apart), texts_due(day, half), day.evidence.now),
    )  # fmt: skip
