"""What was told of each spell of absence, by whom, session by session, as everything held now says."""

from collections import Counter
from collections.abc import Iterable, Sequence

from firstday_cli.domain.days.absence_days import Was
from firstday_cli.domain.days.spells import AbsenceSpell, WhereInSession, absence_spells
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, Session
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import Standing, StandingKind, standing
from firstday_cli.domain.standing.session_facts import SessionFacts
from firstday_cli.domain.standing.told import explained

NOBODY, OF_TODAY = "no explanation is kept", ", nothing said for today"
NO_REGISTER = "nothing kept tells of it"


@record
class SpellTold:
    """One spell of absence: how often each mark stands in it, and what was told of how many of its sessions."""

    spell: AbsenceSpell
    marks: tuple[tuple[str, int], ...]
    told: tuple[tuple[str, int], ...]


def spells_told(days: PupilDays, pupil_id: PupilId, now: Standing) -> Iterable[SpellTold]:
    """Every spell of absence of this school year and the last, with what was told of it."""
    for spell in absence_spells(_sessions(days, pupil_id, now)):
        marks, told = Counter[str](), Counter[str]()
        for missed in spell.missed:
            facts = _facts_of(days, missed)
            mark, words = _of_session(facts, pupil_id) if facts else ("", NO_REGISTER)
            marks[mark or "no mark"] += 1
            told[words] += 1
        yield SpellTold(spell=spell, marks=tuple(marks.items()), told=tuple(told.items()))


def _sessions(days: PupilDays, pupil_id: PupilId, now: Standing) -> Iterable[WhereInSession]:
    held: dict[object, list[Half]] = {}
    for placed in (*days.before.last_year, *days.before.this_year):
        held.setdefault(placed.day, []).append(placed.half)
    for day in days.before.of_both_years(pupil_id):
        yield from ((day.day, half, was) for half, was in zip(held[day.day], day.sessions, strict=True))
    today = [s for s in sessions_today(days) if not s.why_shut]
    for session, was in zip(today, days.day_so_far(pupil_id, now).sessions, strict=True):
        yield days.day, session.session.half, Was.NOT_KNOWN if _is_unknown(session, pupil_id) else was


def _is_unknown(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether nobody knows where the child is: a day counts whole until then, a spell only what is known."""
    facts = None if pupil_id in session.counted_in else session.facts(pupil_id)
    return facts is not None and standing(facts, session.evidence.policy.codes).kind is StandingKind.UNKNOWN


def sessions_today(days: PupilDays) -> Sequence[SessionFacts]:
    """The sessions of the day asked for, up to the one asked for."""
    return tuple(dict.fromkeys((days.session.morning, days.session)))


def _facts_of(days: PupilDays, missed: Session) -> SessionFacts | None:
    """Everything held about a missed session; None where nothing is."""
    of_day = sessions_today(days) if missed.day == days.day else days.session.of_day(missed.day)
    return next((s for s in of_day if s.session.half is missed.half), None)


def _of_session(session: SessionFacts, pupil_id: PupilId) -> tuple[str, str]:
    """The mark of a session, and who told what of it; where nobody did, why it stands as it does."""
    facts = session.facts(pupil_id)
    stands = standing(facts, session.evidence.policy.codes)
    if facts.told:
        return facts.mark, "; ".join(_with_words(session, pupil_id, told) for told in facts.told)
    if stands.kind is StandingKind.EXPLAINED:
        return facts.mark, stands.because
    return facts.mark, f"{NOBODY}: {stands.because.replace(OF_TODAY, '')}"


def _with_words(session: SessionFacts, pupil_id: PupilId, told: str) -> str:
    """Who told, with the reason as it was given."""
    for entry in session.evidence.log:
        reason = getattr(entry.what, "reason", "")
        by_this_entry = explained([entry], session.session, session.evidence.now).get(pupil_id, ()) if reason else ()
        if any(told.startswith(words) for words in by_this_entry):
            return f"{told}: {reason}"
    for message_id, filed in session.heard.accepted.get(pupil_id, {}).items():
        if told.startswith(f"message {message_id} ("):
            return f"{told}: “{' '.join(filed.what.text.split())}”"
    return told
