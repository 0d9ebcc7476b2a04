"""Where each pupil stands in a session: one table, and the first line that fits decides."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from firstday_cli.domain.marks import Code, Treatment
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import Codes
from firstday_cli.domain.record import record


class StandingKind(StrEnum):
    """Exactly one of these for each pupil and session."""

    IN_SCHOOL = "in_school"
    OFF_SITE = "off_site"
    NOT_EXPECTED = "not_expected"
    EXPLAINED = "explained"
    UNEXPLAINED = "unexplained"
    UNKNOWN = "unknown"


AWAY = (StandingKind.UNEXPLAINED, StandingKind.UNKNOWN, StandingKind.EXPLAINED)


class Event(StrEnum):
    """What was last seen of a pupil in a session."""

    SEEN = "seen"
    SIGNED_OUT = "signed-out"
    NOT_FOUND = "not-found"
    ARRIVED = "arrived"


@record
class LastEvent:
    """The latest sighting, signing out or search of the session: when, and who or what says so."""

    event: Event
    at: datetime
    source: str
    is_sign_in: bool = False


@record
class Facts:
    """All that is known of one pupil in one session."""

    pupil_id: PupilId
    not_expected: str = ""
    last: LastEvent | None = None
    seen_before: str = ""
    doubt: str = ""
    two_marks: tuple[str, ...] = ()
    mark: str = ""
    code: Code | None = None
    comment: str = ""
    mark_since: datetime | None = None
    mark_source: str = ""
    told: tuple[str, ...] = ()
    whole_group: bool = False
    in_missing_register: bool = False

    def last_is(self, *events: Event) -> bool:
        """Whether the latest event of the session is one of these."""
        return self.last is not None and self.last.event in events

    def treated_as(self, *treatments: Treatment) -> bool:
        """Whether the mark is a code in force with one of these treatments."""
        return self.code is not None and self.code.treatment in treatments

    @property
    def is_off_site(self) -> bool:
        """Whether the mark says the pupil is taught elsewhere."""
        return self.treated_as(Treatment.OFF_SITE)

    @property
    def was_seen(self) -> bool:
        """Whether the pupil was seen in school last; an arrival counts where the pupil has no off-site mark."""
        return self.last_is(Event.SEEN) or (self.last_is(Event.ARRIVED) and not self.is_off_site)

    @property
    def was_not_found_since(self) -> bool:
        """Whether somebody looked after the mark was made, and did not find the pupil."""
        if self.last is None or self.last.event is not Event.NOT_FOUND:
            return False
        return self.mark_since is None or self.last.at >= self.mark_since


@record
class Standing:
    """Where a pupil stands, by which line of the table, and why."""

    kind: StandingKind
    line: int
    because: str
    by_code_alone: bool = False
    confirmed: bool | None = None


@record
class Line:
    """One line of the table: the first that fits decides."""

    number: int
    when: str
    fits: Callable[[Facts, Codes], bool]
    kind: Callable[[Facts], StandingKind]
    because: Callable[[Facts], str]


K = StandingKind


def _explained_or(other: StandingKind) -> Callable[[Facts], StandingKind]:
    return lambda f: K.EXPLAINED if f.told else other


def _always(kind: StandingKind) -> Callable[[Facts], StandingKind]:
    return lambda _: kind


def _told_or(words: Callable[[Facts], str]) -> Callable[[Facts], str]:
    return lambda f: f.told[0] if f.told else words(f)


def _source(f: Facts) -> str:
    return f.last.source if f.last else ""


def _marked(f: Facts, words: str = "") -> str:
    """The mark, what is to be said of it, and where it stands."""
    mark = f"marked {f.mark or 'blank'}{words}"
    return f"{mark} ({f.mark_source})" if f.mark_source else f"no mark in any register{words}"


def _explains_by_code(f: Facts, codes: Codes) -> bool:
    if not f.treated_as(Treatment.ABSENT):
        return False
    return f.mark in codes.explain_alone or (f.mark in codes.explain_with_comment and bool(f.comment))


def _by_code(f: Facts) -> str:
    return _marked(f, " with a comment" if f.comment else ": by the code alone")


def _nobody_says(f: Facts) -> str:
    return _marked(f, ", nothing said for today")


def _no_mark(f: Facts) -> str:
    if f.in_missing_register:
        return "the register of the group is not in"
    if f.code is None and f.mark:
        return _marked(f, ", no code in force")
    return _marked(f, " for part of the group only" if f.treated_as(Treatment.CLOSED) else "")


LINES: tuple[Line, ...] = (
    Line(
        number=1, when="not yet or no longer on roll, or the session is closed",
        fits=lambda f, _: bool(f.not_expected),
        kind=_always(K.NOT_EXPECTED), because=lambda f: f.not_expected,
    ),
    Line(
        number=2, when="seen in school in this session, and nothing since that says otherwise",
        fits=lambda f, _: f.was_seen,
        kind=_always(K.IN_SCHOOL), because=_source,
    ),
    Line(
        number=3, when="signed out in this session",
        fits=lambda f, _: f.last_is(Event.SIGNED_OUT),
        kind=_explained_or(K.UNEXPLAINED), because=_told_or(_source),
    ),
    Line(
        number=4, when="two different marks, or only a refused row",
        fits=lambda f, _: bool(f.doubt),
        kind=_explained_or(K.UNKNOWN), because=_told_or(lambda f: f.doubt),
    ),
    Line(
        number=5, when="marked / \\ L U, and nobody looked since and did not find the child",
        fits=lambda f, _: f.treated_as(Treatment.IN_SCHOOL) and not f.was_not_found_since,
        kind=_always(K.IN_SCHOOL), because=_marked,
    ),
    Line(
        number=6, when="told: a message, plan, explanation or recovery covers this session",
        fits=lambda f, _: bool(f.told),
        kind=_always(K.EXPLAINED), because=lambda f: f.told[0],
    ),
    Line(
        number=7, when="looked for and not found, or off site and not arrived",
        fits=lambda f, _: f.last_is(Event.NOT_FOUND),
        kind=_always(K.UNEXPLAINED), because=lambda f: f"{_source(f)}; {_marked(f)}",
    ),
    Line(
        number=8, when="marked X or Z, or # Y3 Y4 with the whole group",
        fits=lambda f, _: f.treated_as(Treatment.NOT_DUE) or (f.treated_as(Treatment.CLOSED) and f.whole_group),
        kind=_always(K.NOT_EXPECTED), because=_marked,
    ),
    Line(
        number=9, when="marked B K P V W D: off site, which is no proof of arrival",
        fits=lambda f, _: f.is_off_site,
        kind=_always(K.OFF_SITE),
        because=lambda f: _marked(f, f", {_source(f) if f.last_is(Event.ARRIVED) else 'arrival not confirmed'}"),
    ),
    Line(
        number=10, when="a code that explains alone, or one that explains with today's comment",
        fits=_explains_by_code,
        kind=_always(K.EXPLAINED), because=_by_code,
    ),
    Line(
        number=11, when="any other absence code in force",
        fits=lambda f, _: f.treated_as(Treatment.ABSENT),
        kind=_always(K.UNEXPLAINED), because=_nobody_says,
    ),
    Line(
        number=12, when="blank, -, unknown, retired, or the register is not in",
        fits=lambda *_: True,
        kind=_always(K.UNKNOWN), because=_no_mark,
    ),
)  # fmt: skip


def standing(facts: Facts, codes: Codes) -> Standing:
    """The pupil's one standing: that of the first line that fits."""
    line = next(line for line in LINES if line.fits(facts, codes))
    kind = line.kind(facts)
    return Standing(
        kind=kind,
        line=line.number,
        because=line.because(facts),
        by_code_alone=line.number == 10 and not facts.comment,
        confirmed=facts.last_is(Event.ARRIVED) if kind is K.OFF_SITE else None,
    )


def alert_for(facts: Facts, now: Standing, was_in: str) -> tuple[str, str] | None:
    """The alert and its reason, for a child who was in and is now unaccounted for; `was_in` says where earlier."""
    if now.kind is not K.UNEXPLAINED:
        return None
    if facts.last_is(Event.SIGNED_OUT):
        return "signed-out", now.because
    if facts.treated_as(Treatment.IN_SCHOOL) and facts.was_not_found_since:
        return "vanished", now.because
    if facts.seen_before:
        return "vanished", f"{facts.seen_before}; then {now.because}"
    return ("vanished", f"{was_in}; now {now.because}") if was_in else None


def discrepancies_of(facts: Facts, now: Standing) -> list[tuple[str, str]]:
    """Evidence about this pupil that does not agree, as (kind, reason)."""
    found = []
    if now.line == 4 and facts.two_marks:
        found.append(("two-marks", facts.doubt))
    if now.line == 5 and facts.told:
        found.append(("message-but-present", f"{_marked(facts)}, but {facts.told[0]}"))
    if now.line == 6 and facts.is_off_site:
        found.append(("off-site-but-told", f"{_marked(facts)}, but {facts.told[0]}"))
    if now.line == 12 and facts.treated_as(Treatment.CLOSED):
        found.append(("code-out-of-place", _marked(facts, ", but not the whole group")))
    return found
