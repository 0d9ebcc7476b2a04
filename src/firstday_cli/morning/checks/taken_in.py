"""Checks of what was taken in, kind by kind: when, how old, and whether today's is there once it is due."""

from collections.abc import Iterator
from dataclasses import fields

from firstday_cli.desk import Desk
from firstday_cli.domain.picture.day_picture import day_picture
from firstday_cli.domain.policy import Freshness
from firstday_cli.domain.school_days import Half, in_words, moment
from firstday_cli.morning.checks.looking import Surroundings
from firstday_cli.reports.health import Check, fine, warned
from firstday_cli.store import evidence

EVERY_DAY = ("lates", "messages")
STALE = tuple(key.name for key in fields(Freshness))
EXPORT = "export it again and save it in inbox/"


def kinds(at: Surroundings) -> Iterator[Check]:
    """One line for each kind of export."""
    if at.desk is None or not at.desk.has_store:
        return
    for kind in evidence.EXPORTED:
        yield _kind(at.desk, kind)


def _kind(desk: Desk, kind: str) -> Check:
    """How fresh a kind is: roll, contacts and flags by the policy's days, what is of a day by its last coming."""
    takings = evidence.takings_of(desk.store, kind, desk.known_until)
    if not takings:
        return warned(kind, "never taken in", "save its export in inbox/, where the school has one")
    at = takings[-1].brought.at
    found, age = f"last taken in {at:%d/%m/%Y %H:%M}", (desk.now.date() - at.date()).days
    if kind in STALE and age > (most := getattr(desk.policy.freshness, kind)):
        return warned(kind, f"{found}, {age} days ago; [freshness] allows {most}", EXPORT)
    if kind in EVERY_DAY and age > 0 and is_due(desk):
        return warned(kind, f"{found}: none of today", f"{EXPORT}, if there are any")
    return fine(kind, found)


def is_due(desk: Desk) -> bool:
    """Whether there is school in this session and its registers should be in by now."""
    times = desk.policy.morning if desk.session.half is Half.AM else desk.policy.afternoon
    is_open = not desk.calendar.why_shut(desk.session) and desk.session.day == desk.now.date()
    return is_open and desk.now >= moment(desk.session.day, times.registers_in_by)


def registers(at: Surroundings) -> Iterator[Check]:
    """Whether this session's registers are in, once they are due."""
    if at.desk is None or not at.desk.has_store or not at.desk.roll:
        return
    desk, name = at.desk, "today's registers"
    if not is_due(desk):
        yield fine(name, "not due now")
        return
    picture = day_picture(desk.evidence())
    if picture.why_shut:
        yield fine(name, picture.why_shut)
        return
    missing = [register.group for register in picture.missing_registers]
    if missing:
        found = (
            f"{len(missing)} of {len(picture.registers)} not in for {in_words(desk.session.day)} {desk.session.half}"
        )
        yield warned(name, found, "`firstday registers` says which; then export them again")
    else:
        yield fine(name, f"all {len(picture.registers)} are in")


def groups(at: Surroundings) -> Iterator[Check]:
    """Whether every pupil has a group, without which no register can be told missing."""
    if at.desk is None or not at.desk.has_store:
        return
    without = sum(1 for group in at.desk.roll.by_group().values() if not group)
    if without:
        found = f"{without} pupils have no group: no register can be told missing for them"
        yield warned("groups", found, "add it to the roll's export")


def contacts(at: Surroundings) -> Iterator[Check]:
    """Whether there are numbers to ring: Guidance, step 7, four of them recommended."""
    from firstday_cli.domain.calling.contact_gaps import NO_NUMBER
    from firstday_cli.morning.reporting import contacts_now

    if at.desk is None or not at.desk.has_store:
        return
    found = contacts_now(at.desk, at.desk.session.day, at.desk.session.day)
    page = "`firstday report contact-gaps` says whose, and what to do"
    if none := found.sums[NO_NUMBER]:
        whose = "1 pupil has" if none == 1 else f"{none} pupils have"
        yield warned("numbers", f"{whose} no number that can be rung", page)
    if not found.looked_at:
        return
    short = found.sums[FEWER] or 0
    share = f"{short} of {found.looked_at} pupils have fewer than {found.wanted} numbers that can be rung"
    yield warned("contact lists", share, page) if short * MANY >= found.looked_at else fine("contact lists", share)


FEWER, MANY = "fewer-than-wanted", 10  # a tenth of the pupils is worth a warning
