"""doctor: everything the morning rests on, one check after another; it never stops half way."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from firstday_cli.desk import INBOX, STORE, Asked, Desk, school_folder
from firstday_cli.domain.policy import Inbox, Policy
from firstday_cli.errors import FirstdayError
from firstday_cli.reports.health import Check, Verdict
from firstday_cli.settings import read_calendar, read_policy
from firstday_cli.store import evidence

OK, WARN, FAIL = Verdict.OK, Verdict.WARN, Verdict.FAIL


def examined(asked: Asked) -> tuple[Check, ...]:
    """Every check and what it found."""
    try:
        folder = school_folder(asked.school)
    except FirstdayError as error:
        return (Check(name="school folder", verdict=FAIL, found=error.message),)
    settings = [
        Check(name="school folder", verdict=OK, found=f"{folder.name or folder}: {_how_named(asked)}"),
        _read("policy.toml", lambda: read_policy(folder)),
        _read("calendar.toml", lambda: read_calendar(folder)),
    ]
    if any(check.verdict is FAIL for check in settings):
        return (*settings, _inbox(folder, Inbox()))
    from firstday_cli.intake.layouts.profile import profiles_of

    desk = Desk(asked)
    profiles = _read("profiles", lambda: profiles_of(folder))
    ladder = _ladder(desk.policy)
    who = (_people(desk), _outside(desk))
    return (
        *settings,
        profiles,
        _today(desk),
        *who,
        _ratings(desk),
        *ladder,
        _inbox(folder, desk.policy.inbox),
        *_store(desk),
    )


def _how_named(asked: Asked) -> str:
    import os

    if asked.school:
        return "named by --school"
    return "named by FIRSTDAY_SCHOOL" if os.environ.get("FIRSTDAY_SCHOOL") else "found from the current folder"


def _read(name: str, read: Callable[[], object]) -> Check:
    try:
        read()
    except FirstdayError as error:
        return Check(name=name, verdict=FAIL, found=error.message)
    return Check(name=name, verdict=OK, found="every key is known and of the right type")


def _today(desk: Desk) -> Check:
    try:
        shut = desk.calendar.why_shut(desk.session)
    except FirstdayError as error:
        return Check(name="today", verdict=FAIL, found=error.message)
    return Check(
        name="today", verdict=OK, found=f"{desk.session}, {desk.now:%H:%M} in London: {shut or 'school is open'}"
    )


def _people(desk: Desk) -> Check:
    people = desk.policy.people
    unset = [n for n in ("headteacher", "safeguarding_leads", "attendance_lead") if not getattr(people, n)]
    if unset:
        return Check(
            name="people",
            verdict=WARN,
            found=f"any name is taken for {', '.join(unset)}: fill in [people] in policy.toml",
        )
    return Check(name="people", verdict=OK, found="all named")


def _outside(desk: Desk) -> Check:
    """Whom a person rings when silence goes further: local facts, for which nothing is shipped."""
    wanted = ("phone", "front_door", "attendance_team", "out_of_hours")
    unset = [name for name in wanted if not getattr(desk.policy.school, name)]
    if unset:
        found = f"no number to ring for {', '.join(unset)}: fill in [school] in policy.toml, before it is needed"
        return Check(name="outside", verdict=WARN, found=found)
    return Check(name="outside", verdict=OK, found="the school's own number and whom it turns to are filled in")


def _ratings(desk: Desk) -> Check:
    """Facts that rate RED as shipped and that this school's rules leave out."""
    from firstday_cli.domain.rating_rules import SHIPPED_RULES, RagRating

    ours = {rule.flag for rule in desk.policy.rag.rules}
    left_out = [r.flag for r in SHIPPED_RULES if r.rating is RagRating.RED and r.flag not in ours]
    if left_out:
        found = f"no rule rates {', '.join(left_out)}: add a line to [rag] rules, or be sure that it is meant"
        return Check(name="ratings", verdict=WARN, found=found)
    return Check(name="ratings", verdict=OK, found="every fact that is RED as shipped has a rule")


@cache  # it follows from the policy alone, and takes longer than everything else together
def _ladder(policy: Policy) -> tuple[Check, ...]:
    """Whether the school's own times leave a silent child waiting, or contradict one another."""
    from firstday_cli.domain.ladder_check.checked import checked

    return tuple(
        Check(
            name=finding.name,
            verdict=FAIL if finding.is_failure else WARN if finding.is_warning else OK,
            found=finding.found,
        )
        for finding in checked(policy)
    )


def _inbox(folder: Path, policy: Inbox) -> Check:
    """What lies in the inbox and in the folders read beside it."""
    from firstday_cli.morning.inbox import folders_beside, folders_missing

    if not (folder / INBOX).is_dir():
        return Check(
            name="inbox", verdict=FAIL, found="there is no inbox folder: make it, and let exports be saved there"
        )
    places = [("", folder / INBOX), *folders_beside(folder, policy)]
    found = "; ".join(f"{_files(place)}{f' in {name}' if name else ''}" for name, place in places)
    missing = folders_missing(folder, policy)
    if missing:
        found += f"; {', '.join(missing)} is not there: mend [inbox] also in policy.toml, or make the folder"
    return Check(name="inbox", verdict=WARN if missing else OK, found=found)


def _files(folder: Path) -> str:
    try:
        number = sum(1 for p in folder.iterdir() if p.is_file())
    except OSError:
        return "nothing that can be read"
    return "1 file" if number == 1 else f"{number} files"


def _store(desk: Desk) -> Iterable[Check]:
    from firstday_cli.domain.calling.contact_gaps import NO_NUMBER
    from firstday_cli.morning.reporting import contacts_now
    from firstday_cli.store.sqlite import why_no_wal

    shared = why_no_wal(desk.folder / STORE)
    journal = "rollback journal, because " + shared if shared else "write-ahead log, on a local disk"
    yield Check(name="journal", verdict=WARN if shared else OK, found=journal)
    if not (desk.folder / STORE).exists():
        yield Check(name="store", verdict=WARN, found="nothing was taken in yet: start with `firstday ingest`")
        return
    try:
        kinds = {kind: evidence.takings_of(desk.store, kind, desk.known_until) for kind in evidence.EXPORTED}
        without = sum(1 for group in desk.roll.by_group().values() if not group)
        no_number = contacts_now(desk, desk.session.day, desk.session.day).sums[NO_NUMBER]
    except FirstdayError as error:
        yield Check(name="store", verdict=FAIL, found=error.message)
        return
    yield _permissions(desk.folder / STORE)
    for kind, takings in kinds.items():
        last = f"last taken in {takings[-1].brought.at:%d/%m/%Y %H:%M}" if takings else "never taken in"
        yield Check(name=kind, verdict=OK if takings else WARN, found=last)
    if without:
        found = f"{without} pupils have no group: no register can be told missing for them. Add it to the roll's export"
        yield Check(name="groups", verdict=WARN, found=found)
    if no_number:
        whose = "1 pupil has" if no_number == 1 else f"{no_number} pupils have"
        found = f"{whose} no number that can be rung: `firstday report contact-gaps` says whose, and what to do"
        yield Check(name="numbers", verdict=WARN, found=found)


def _permissions(store: Path) -> Check:
    import os

    mode = store.stat().st_mode & 0o077
    if os.name == "posix" and mode:
        return Check(name="permissions", verdict=WARN, found="others may read the store: chmod 600 firstday.db")
    return Check(name="permissions", verdict=OK, found="the store is its owner's alone")
