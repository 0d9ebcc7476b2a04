"""Amendments: what a register may now need where it does not say what was seen; a person makes them, elsewhere."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from firstday_cli.domain.marks import Treatment
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half
from firstday_cli.domain.standing.reconcile import Event, Facts, LastEvent
from firstday_cli.domain.standing.session_facts import SessionFacts

NOT_ESTABLISHED = ("N", "O")  # absent, and nobody knows why: these two carry no reason that could stay
PRESENT_MARK = {Half.AM: "/", Half.PM: "\\"}


@record
class Amendment:
    """What one child's mark may now need: `suggested` empty where a person must find out first; `says` in words."""

    pupil: Pupil
    register_has: str
    suggested: str
    asks_the_class: bool
    says: str
    seen: str
    seen_at: datetime
    source: str

    @property
    def sentence(self) -> str:
        """The amendment without a name."""
        return (
            f"{self.pupil.pupil_id}: the register has {self.register_has}; {self.says}. firstday changes no register."
        )


@record
class Beside:
    """One child's mark beside the moments at which the child was in school in this session."""

    facts: Facts
    moments: tuple[LastEvent, ...]
    closes: datetime

    @property
    def is_marked_present(self) -> bool:
        """Whether one mark says that the child is in school."""
        return not self.facts.doubt and self.facts.treated_as(Treatment.IN_SCHOOL)

    @property
    def is_gone(self) -> bool:
        """Whether the child was in school, and was signed out or looked for in vain since."""
        return bool(self.moments) and self.facts.last_is(Event.SIGNED_OUT, Event.NOT_FOUND)

    @property
    def is_off_site(self) -> bool:
        """Whether one mark says that the child is taught elsewhere."""
        return not self.facts.doubt and self.facts.is_off_site

    @property
    def has_a_reason(self) -> bool:
        """Whether the mark says why the child is absent or not due; N and O say that nobody knows."""
        known = self.facts.treated_as(Treatment.ABSENT, Treatment.NOT_DUE, Treatment.CLOSED)
        return known and not self.facts.doubt and self.facts.mark not in NOT_ESTABLISHED

    @property
    def is_signed_in(self) -> bool:
        """Whether the first that was seen of the child is a sign-in, which says when it came."""
        return self.moments[0].is_sign_in

    @property
    def is_in_time(self) -> bool:
        """Whether the child was in school before the register closed. Policy: registers_in_by."""
        return self.moments[0].at < self.closes


@record
class AmendmentRow:
    """One row of the table: what the register has, what was seen, what it may now need, and who says so."""

    register_has: str
    seen: str
    suggested: str
    says: str
    source: str
    fits: Callable[[Beside], bool]

    @property
    def asks_the_class(self) -> bool:
        """Whether only the class can say what is right."""
        return "ask the class" in self.says


STEP_4 = "Guidance, step 4: ensure information on registers is accurate"
REGULATIONS = "School Attendance (Pupil Registration) (England) Regulations 2024: L and U"
CAME_IN = "ask the class when the child came in"
WENT = "unless the child went there after all: ask the class"


def _needs_a_mark(beside: Beside) -> bool:
    """Whether the child is in school, and the register does not say so."""
    return bool(beside.moments) and beside.facts.was_seen and not beside.is_marked_present


# The first row that fits decides; none fits a child marked present who was not looked for in vain.
AMENDMENTS: tuple[AmendmentRow, ...] = (
    AmendmentRow(
        register_has="/ \\ L U", seen="looked for in vain since the mark was made",
        suggested="", says="the child was not found at {last}: ask the class", source=STEP_4,
        fits=lambda b: b.is_marked_present and b.facts.was_not_found_since,
    ),
    AmendmentRow(
        register_has="anything else", seen="in school, and signed out or looked for in vain since",
        suggested="", says="the child was in, and {gone} at {last}: a person settles the mark", source=STEP_4,
        fits=lambda b: not b.is_marked_present and b.is_gone,
    ),
    AmendmentRow(
        register_has="an off-site code", seen="in school before the register closed",
        suggested="L", says="it may now need L (in before it closes at {closes}) or {present}, " + WENT, source=STEP_4,
        fits=lambda b: _needs_a_mark(b) and b.is_off_site and b.is_in_time,
    ),
    AmendmentRow(
        register_has="an off-site code", seen="in school after the register closed",
        suggested="U", says="it may now need U (closed at {closes}) or {present} or L, " + WENT, source=STEP_4,
        fits=lambda b: _needs_a_mark(b) and b.is_off_site,
    ),
    AmendmentRow(
        register_has="anything else", seen="signed in before the register closed",
        suggested="L", says="it may now need L (in before it closes at {closes})", source=REGULATIONS,
        fits=lambda b: _needs_a_mark(b) and b.is_signed_in and b.is_in_time,
    ),
    AmendmentRow(
        register_has="a code with a reason", seen="signed in after the register closed",
        suggested="U", says="it may now need U (closed at {closes}), or stays where it is why the child was late",
        source=REGULATIONS, fits=lambda b: _needs_a_mark(b) and b.is_signed_in and b.has_a_reason,
    ),
    AmendmentRow(
        register_has="N, O, two marks, no code or nothing", seen="signed in after the register closed",
        suggested="U", says="it may now need U (closed at {closes})", source=REGULATIONS,
        fits=lambda b: _needs_a_mark(b) and b.is_signed_in,
    ),
    AmendmentRow(
        register_has="anything else", seen="found or seen in school before the register closed",
        suggested="L", says="it may now need L (in before it closes at {closes}) or {present}: " + CAME_IN,
        source=STEP_4, fits=lambda b: _needs_a_mark(b) and b.is_in_time,
    ),
    AmendmentRow(
        register_has="a code with a reason", seen="found or seen in school after the register closed",
        suggested="U", says="it may now need U (closed at {closes}) or {present} or L, or stays: " + CAME_IN,
        source=STEP_4, fits=lambda b: _needs_a_mark(b) and b.has_a_reason,
    ),
    AmendmentRow(
        register_has="N, O, two marks, no code or nothing", seen="found or seen in school after the register closed",
        suggested="U", says="it may now need U (closed at {closes}) or {present} or L: " + CAME_IN,
        source=STEP_4, fits=_needs_a_mark,
    ),
)  # fmt: skip


def amendments(session: SessionFacts, wanted: Collection[PupilId] | None = None) -> tuple[Amendment, ...]:
    """What the registers of this session may now need, by pupil; of the wanted pupils alone, where they are named."""
    about = session.happenings.keys() & session.evidence.roll.ids
    found = (_amendment(session, pupil_id) for pupil_id in sorted(about if wanted is None else about & set(wanted)))
    return tuple(amendment for amendment in found if amendment is not None)


def _amendment(session: SessionFacts, pupil_id: PupilId) -> Amendment | None:
    """What this child's mark may now need; nothing while the register of the group is still awaited."""
    facts = session.facts(pupil_id)
    awaited = facts.in_missing_register and session.evidence.now < session.registers_due
    if facts.not_expected or facts.last is None or awaited:
        return None
    moments = tuple(_in_school(session.happenings[pupil_id], facts))
    beside = Beside(facts=facts, moments=moments, closes=session.registers_due)
    row = next((row for row in AMENDMENTS if row.fits(beside)), None)
    if row is None:
        return None
    first = moments[0] if moments and not beside.is_marked_present else facts.last
    return Amendment(
        pupil=session.evidence.roll.pupil(pupil_id), register_has=register_has(facts), suggested=row.suggested,
        asks_the_class=row.asks_the_class, says=_says(row, beside, facts.last, session.session.half),
        seen=_seen(first, facts.last, beside), seen_at=first.at, source=row.source,
    )  # fmt: skip


def _says(row: AmendmentRow, beside: Beside, last: LastEvent, half: Half) -> str:
    gone = "signed out" if last.event is Event.SIGNED_OUT else "not found"
    closes, at = f"{beside.closes:%H:%M}", f"{last.at:%H:%M}"
    return row.says.format(closes=closes, present=PRESENT_MARK[half], gone=gone, last=at)


def _in_school(happened: Iterable[LastEvent], facts: Facts) -> Iterable[LastEvent]:
    """The moments at which the child was in school: who signs out was in, who arrived off site was not."""
    seen = (Event.SEEN, Event.SIGNED_OUT) if facts.is_off_site else (Event.SEEN, Event.SIGNED_OUT, Event.ARRIVED)
    return (event for event in happened if event.event in seen)


def _seen(first: LastEvent, last: LastEvent, beside: Beside) -> str:
    """Who saw the child first, where and when; beside it, who says that the child is gone."""
    return f"{first.source}; then {last.source}" if beside.is_gone and first is not last else first.source


def register_has(facts: Facts) -> str:
    """What the register has of the child, in words: its mark, or what stands in place of one."""
    if facts.two_marks:
        return " and ".join(mark or "blank" for mark in facts.two_marks)
    if facts.doubt:
        return "a row that could not be read"
    if facts.mark_source:
        return facts.mark or "blank"
    return "nothing yet" if facts.in_missing_register else "no row"
