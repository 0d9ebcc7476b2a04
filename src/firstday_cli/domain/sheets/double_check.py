"""The double check: whom to look for in school, and which places off site to ring, before anybody is called."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from firstday_cli.domain.evidence import PlannedAbsence
from firstday_cli.domain.log.entries import Finding, InSchoolChecked
from firstday_cli.domain.marks import OFF_SITE, Treatment
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import DayPicture, PupilPicture
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session
from firstday_cli.domain.sheets.amendments import Amendment, amendments, register_has
from firstday_cli.domain.standing.reconcile import Facts, StandingKind
from firstday_cli.domain.standing.session_facts import SessionFacts


@record
class Looked:
    """One earlier look in this session: what was found, when, by whom, where, and its entry."""

    finding: Finding
    at: datetime
    by: str
    where: str
    entry: str


@record
class Sought:
    """A child to look for or to ask after: what the register has, why, where it is taught, and who looked already."""

    pupil: PupilPicture
    register_has: str
    why: str
    place: str
    looked: tuple[Looked, ...]


@record
class GroupToCheck:
    """One group: the state of its register, and the children to look for, those nobody can say anything of first."""

    group: str
    register: str
    pupils: tuple[Sought, ...]


@record
class DoubleCheck:
    """Whom to look for by group, whom to ask after off site, and what the registers may now need."""

    groups: tuple[GroupToCheck, ...]
    off_site: tuple[Sought, ...]
    amendments: tuple[Amendment, ...]

    @property
    def pupil_ids(self) -> tuple[PupilId, ...]:
        """Everybody on the sheet, in its order."""
        sought = [p for group in self.groups for p in group.pupils]
        return tuple(p.pupil.pupil.pupil_id for p in (*sought, *self.off_site))


def double_check(session: SessionFacts, picture: DayPicture) -> DoubleCheck:
    """Who is looked for, of one session. Guidance, step 4.

    Unknown and unexplained children are looked for in school; off site, whoever nobody has said arrived. Who is found,
    signed in, seen or arrived is in none of these and leaves at once.
    """
    places = _places(session)

    def sought(pupils: Iterable[PupilPicture]) -> tuple[Sought, ...]:
        return tuple(_sought(p, picture.session, places) for p in pupils)

    in_school = sought((*picture.those(StandingKind.UNKNOWN), *picture.those(StandingKind.UNEXPLAINED)))
    return DoubleCheck(
        groups=tuple(_groups(picture, in_school)), off_site=sought(picture.unconfirmed), amendments=amendments(session)
    )


def _sought(p: PupilPicture, session: Session, places: Mapping[PupilId, str]) -> Sought:
    return Sought(
        pupil=p, register_has=register_has(p.facts), why=_why(p), looked=tuple(_looked(p, session)),
        place=places.get(p.pupil.pupil_id, ""),
    )  # fmt: skip


def _groups(picture: DayPicture, pupils: Sequence[Sought]) -> Iterable[GroupToCheck]:
    """Groups with somebody to look for, and those whose register is not in."""
    sought: defaultdict[str, list[Sought]] = defaultdict(list)
    for child in pupils:
        sought[child.pupil.pupil.group].append(child)
    registers = {register.group: register.state for register in picture.registers}
    not_in = {register.group for register in picture.missing_registers}
    for group in sorted(not_in | sought.keys()):
        unmarked = any(child.pupil.standing.kind is StandingKind.UNKNOWN for child in sought[group])
        state = registers.get(group, "part" if unmarked else "in")  # of no group no register is expected
        yield GroupToCheck(group=group, register=state, pupils=tuple(sought[group]))


def _looked(p: PupilPicture, session: Session) -> Iterable[Looked]:
    """The checks of this session, in the order in which they happened."""
    for entry in p.logged:
        match entry.what:
            case InSchoolChecked() as check if (check.day, check.half) == (session.day, session.half):
                yield Looked(finding=check.finding, at=entry.at, by=entry.by, where=check.where, entry=entry.entry_id)
            case _:
                pass


WHY: Mapping[int, Callable[[PupilPicture], str]] = MappingProxyType(
    {  # by line of the table of standings; every other line has no mark that says anything
        3: lambda p: f"{p.standing.because}; nobody has said why",
        4: lambda p: "two marks: which is right?" if p.facts.two_marks else "its row could not be read",
        7: lambda p: _in_vain(p.facts),
        9: lambda p: (
            f"{p.facts.code.meaning if p.facts.code else p.facts.mark}: nobody has said that the child arrived"
        ),
        11: lambda p: "nothing was said for today: is the mark right?",
    }
)


def _why(p: PupilPicture) -> str:
    """Why the child is looked for, in words that may be carried through the school."""
    return WHY[p.standing.line](p) if p.standing.line in WHY else _unmarked(p.facts)


def _in_vain(facts: Facts) -> str:
    if facts.treated_as(Treatment.IN_SCHOOL):
        return "marked present, and looked for in vain"
    if facts.seen_before:
        return "was in, and looked for in vain since"
    return "did not arrive off site: perhaps in school" if facts.is_off_site else "looked for in vain so far"


def _unmarked(facts: Facts) -> str:
    if facts.in_missing_register:
        return "the register is not in"
    if facts.treated_as(Treatment.CLOSED):
        return f"marked {facts.mark}, and others of the group are not"
    if facts.mark and not facts.treated_as(Treatment.NO_MARK):
        return f"{facts.mark} is no code in force: what was meant?"
    return "no mark in the register" if facts.mark_source else "not in the register of the group"


def _places(session: SessionFacts) -> dict[PupilId, str]:
    """Where pupils are taught off site, as the planned absences with the register's own code say it."""
    found: defaultdict[PupilId, list[str]] = defaultdict(list)
    agencies = _agencies(session)
    for plan in sorted((p.what for p in session.evidence.plans), key=lambda plan: plan.row):
        place = " ".join(plan.reason.split())
        is_named = bool(place) and not any(agency in folded(place) for agency in agencies)
        if is_named and _is_here(plan, session) and place not in found[plan.pupil_id]:
            found[plan.pupil_id].append(place)
    return {pupil_id: " or ".join(places) for pupil_id, places in found.items()}


def _is_here(plan: PlannedAbsence, session: SessionFacts) -> bool:
    """Whether the plan is of this session, and says the same as the register."""
    covers = plan.covers(session.session.day, session.session.half) and plan.code in OFF_SITE
    return covers and plan.pupil_id in session.marks and session.marks[plan.pupil_id].mark == plan.code


def _agencies(session: SessionFacts) -> frozenset[str]:
    """The agencies and professionals that flags name, as they are compared: none of them stands on an office page."""
    held = session.evidence.flags
    flags = [flag for flags in held.newest.values() for flag in flags]
    flags += [old.flag for olds in held.earlier.values() for old in olds]
    return frozenset(folded(name) for flag in flags for name in (flag.agency, flag.professional_name)) - {""}
