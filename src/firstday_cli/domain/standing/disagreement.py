"""Evidence that does not agree: looked into in school before anyone is rung."""

from collections.abc import Iterable

from firstday_cli.domain.names import folded
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import is_of_compulsory_age
from firstday_cli.domain.standing.newest import current_marks, left_out
from firstday_cli.domain.standing.reconcile import Facts, Standing, StandingKind, discrepancies_of
from firstday_cli.domain.standing.session_facts import SessionFacts


@record
class Discrepancy:
    """Two pieces of evidence about a pupil that cannot both be so."""

    pupil_id: PupilId
    kind: str
    because: str


Judged = tuple[Pupil, Facts, Standing]
NOT_DUE_BY_CODE = 8
NO_REGISTRATION = frozenset({"", "-", "X", "Z", "#"})


def disagreements(session: SessionFacts, pupils: Iterable[Judged]) -> tuple[Discrepancy, ...]:
    """Every discrepancy of the session, by pupil and kind."""
    judged = tuple(pupils)
    found = [*_about_strangers(session)]
    if not session.why_shut:
        for pupil, facts, standing in judged:
            pairs = [*discrepancies_of(facts, standing), *_about_leavers(facts, standing)]
            pairs += _about_codes(session, pupil, facts) if standing.line == NOT_DUE_BY_CODE else ()
            found += [Discrepancy(pupil_id=pupil.pupil_id, kind=kind, because=why) for kind, why in pairs]
        found += [*_left_out(session), *_group_differs(session), *_plans_gone(session, judged)]
    return tuple(sorted(set(found), key=lambda d: (d.pupil_id, d.kind, d.because)))


def _about_codes(session: SessionFacts, pupil: Pupil, facts: Facts) -> Iterable[tuple[str, str]]:
    """X is for children below compulsory school age, Z for those who have not started."""
    day = session.session.day
    if facts.mark == "X" and pupil.dob and is_of_compulsory_age(pupil.dob, day):
        yield "code-out-of-place", "marked X, but of compulsory school age"
    if facts.mark == "Z" and pupil.start_date and pupil.start_date <= day:
        yield "code-out-of-place", "marked Z, but already started"


def _about_leavers(facts: Facts, standing: Standing) -> Iterable[tuple[str, str]]:
    """A pupil who should not be here and has a mark all the same."""
    if standing.line == 1 and facts.mark not in NO_REGISTRATION:
        yield "not-on-roll", f"{facts.not_expected}, but marked {facts.mark} ({facts.mark_source})"


def _left_out(session: SessionFacts) -> Iterable[Discrepancy]:
    roll = session.evidence.roll
    groups = roll.by_group() if len(session.sheets) > 1 else {}
    for pupil_id, file in left_out(session.sheets, groups).items() if groups else ():
        if pupil_id not in session.not_expected:
            why = f"the group is in {file}, the pupil is not: the last mark is kept"
            yield Discrepancy(pupil_id=pupil_id, kind="left-out", because=why)
    for pupil_id, file in roll.left_out.items():
        why = f"was on the roll before {file}, which leaves the pupil out: has the child left?"
        yield Discrepancy(pupil_id=pupil_id, kind="left-out", because=why)


def _group_differs(session: SessionFacts) -> Iterable[Discrepancy]:
    roll = session.evidence.roll
    said = {**session.present, **{p: m.group for p, m in session.marks.items()}}
    for pupil_id, group in said.items():
        expected = roll.group(pupil_id)
        if group and expected and group != expected and folded(group) != folded(expected):
            why = f"in the register of {group}, on the roll in {expected}"
            yield Discrepancy(pupil_id=pupil_id, kind="group-differs", because=why)


def _plans_gone(session: SessionFacts, pupils: Iterable[Judged]) -> Iterable[Discrepancy]:
    """Planned absences of earlier exports that the newest one no longer has."""
    day, half = session.session.day, session.session.half
    now = {plan.what.pupil_id for plan in session.evidence.plans if plan.what.covers(day, half)}
    standings = {pupil.pupil_id: standing.kind for pupil, _, standing in pupils}
    for plan in session.evidence.earlier_plans:
        pupil_id = plan.what.pupil_id
        elsewhere = standings.get(pupil_id, StandingKind.IN_SCHOOL) in (
            StandingKind.IN_SCHOOL,
            StandingKind.NOT_EXPECTED,
        )
        if plan.what.covers(day, half) and pupil_id not in now and not elsewhere:
            why = (
                f"planned {plan.what.code} in {plan.brought_by.file} is not in the newest export: it no longer explains"
            )
            yield Discrepancy(pupil_id=pupil_id, kind="planned-gone", because=why)


def _about_strangers(session: SessionFacts) -> Iterable[Discrepancy]:
    """Rows about pupils who are not on the roll: is the roll whole?"""
    for pupil_id, where in _strangers(session):
        if pupil_id not in session.evidence.roll:
            yield Discrepancy(pupil_id=pupil_id, kind="not-on-roll", because=f"{where}, but not on the roll")


def _strangers(session: SessionFacts) -> Iterable[tuple[PupilId, str]]:
    evidence, day, half = session.evidence, session.session.day, session.session.half
    named = {PupilId(p) for s in session.sheets for block in s.plain for p in block.pupils}
    named |= {row.pupil_id for s in session.sheets for row in s.rows}
    for pupil_id, mark in current_marks(session.sheets, named - evidence.roll.ids).items():
        shown = "; ".join(f"{file}, row {row}" for file, row in mark.said_in)
        yield pupil_id, f"marked {mark.mark or 'blank'} ({shown})"
    for pupil_id, _, (file, number) in session.late_rows:
        if pupil_id:
            yield pupil_id, f"in the lates ({file}, row {number})"
    yield from session.heard.not_on_roll
    for plan in evidence.plans:
        if plan.what.covers(day, half):
            yield plan.what.pupil_id, f"planned absence ({plan.brought_by.file}, row {plan.what.row})"
    for pupil_id, flags in evidence.flags.newest.items():
        if any(flag.holds_on(day) for flag in flags):
            yield pupil_id, f"flag in row {flags[0].row} of the flags"
