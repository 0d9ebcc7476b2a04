"""Times and counts of a policy that cannot all be kept, or that depart from the guidance, each with what to type."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from firstday_cli.domain.policy import Afternoon, Morning, Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import moment

ANY_DAY = date(2026, 10, 6)
SHIPPED_WAIT, AT_LEAST_TWICE = 24, 2
Half = Morning | Afternoon


@record
class Contradiction:
    """One line: which keys do not go together, what follows, what to type; `is_failure` where a child may be missed."""

    is_failure: bool = False
    found: str


def contradictions(policy: Policy) -> tuple[Contradiction, ...]:
    """Everything in a policy that its ladder cannot keep, failures first."""
    found = [*_of_half(policy, policy.morning, "morning"), *_of_half(policy, policy.afternoon, "afternoon")]
    found += [*_of_red(policy), *_of_rounds(policy), *_of_wait(policy), *_of_seen(policy)]
    return tuple(sorted(found, key=lambda c: not c.is_failure))


def _of_half(policy: Policy, times: Half, half: str) -> Iterator[Contradiction]:
    closes = policy.school.closes
    if times.visits_by > closes:
        yield Contradiction(
            is_failure=True,
            found=f"[{half}] visits_by ({_t(times.visits_by)}) is after [school] closes ({_t(closes)}): where nobody "
            "does anything, nobody is asked to decide before the school is empty. "
            f'Type visits_by = "{_t(closes)}" or earlier under [{half}], or mend closes.',
        )
    if times.red_visits_by > closes:
        yield _warn(
            f"[{half}] red_visits_by ({_t(times.red_visits_by)}) is after [school] closes ({_t(closes)}): visits "
            "to RED families are due when nobody is left to go. "
            f'Type red_visits_by = "{_t(closes)}" or earlier under [{half}].'
        )
    if times.calls_made_by < times.registers_in_by:
        yield _warn(
            f"[{half}] calls_made_by ({_t(times.calls_made_by)}) is before registers_in_by "
            f"({_t(times.registers_in_by)}): families are to be rung before it is known who is absent. "
            f'Type calls_made_by = "{_t(times.registers_in_by)}" or later under [{half}].'
        )
    for key in ("visits_by", "red_visits_by"):
        by = getattr(times, key)
        if by < times.calls_made_by:
            yield _warn(
                f"[{half}] {key} ({_t(by)}) is before calls_made_by ({_t(times.calls_made_by)}): a person is asked to "
                "decide about families that nobody had to ring yet. "
                f'Type {key} = "{_t(times.calls_made_by)}" or later under [{half}].'
            )
    if times.red_visits_by > times.visits_by:
        yield _warn(
            f"[{half}] red_visits_by ({_t(times.red_visits_by)}) is after visits_by ({_t(times.visits_by)}): "
            "RED families are visited after all others. "
            f'Type red_visits_by = "{_t(times.visits_by)}" or earlier under [{half}].'
        )


def _of_red(policy: Policy) -> Iterator[Contradiction]:
    starts, by = policy.morning.red_report_at, policy.morning.red_visits_by
    if starts > by:
        yield _warn(
            f"[morning] red_report_at ({_t(starts)}) is after red_visits_by ({_t(by)}): visits to RED families are to "
            f'be done before they start. Type red_report_at = "{_t(by)}" or earlier under [morning].'
        )


def _of_rounds(policy: Policy) -> Iterator[Contradiction]:
    calling = policy.calling
    if calling.rounds < AT_LEAST_TWICE:
        yield _warn(
            f"[calling] rounds is {calling.rounds}: the guidance says to call the contact list at least twice, step 6. "
            "Type rounds = 2 under [calling]."
        )
    if calling.rounds >= AT_LEAST_TWICE and not calling.minutes_between_rounds:
        yield _warn(
            "[calling] minutes_between_rounds is 0: a number that was engaged is rung again at once, and that is the "
            "second round. Type minutes_between_rounds = 20 under [calling]."
        )
    pauses = timedelta(minutes=calling.minutes_between_rounds * max(0, calling.rounds - 1))
    for half, times in (("morning", policy.morning), ("afternoon", policy.afternoon)):
        opens = _on_the_day(times.calls_made_by) + pauses
        if pauses and times.visits_by >= times.calls_made_by and opens > _on_the_day(times.visits_by):
            yield _too_slow(policy, half, times, opens)


def _too_slow(policy: Policy, half: str, times: Half, opens: datetime) -> Contradiction:
    calling = policy.calling
    free = _on_the_day(times.visits_by) - _on_the_day(times.calls_made_by)
    most = int(free.total_seconds()) // 60 // (calling.rounds - 1)
    last = f"{opens:%H:%M}" if opens.date() == ANY_DAY else "another day"
    mend = f"minutes_between_rounds = {most} or less" if most else "fewer rounds, or a later visits_by"
    return _warn(
        f"[calling] rounds ({calling.rounds}) and minutes_between_rounds ({calling.minutes_between_rounds}): where the "
        f"first round ends at calls_made_by ({_t(times.calls_made_by)}), the last begins only at {last}, after "
        f"[{half}] visits_by ({_t(times.visits_by)}); a person decides before the list was rung as often as it "
        f"says. Type {mend}."
    )


def _of_wait(policy: Policy) -> Iterator[Contradiction]:
    hours = policy.escalation.wait_hours
    if hours > SHIPPED_WAIT:
        yield _warn(
            f"[escalation] wait_hours is {hours}: the guidance asks children's social care after a further 24 hours of "
            "trying (step 10). Type wait_hours = 24 or less under [escalation]."
        )
    if not hours:
        yield _warn(
            "[escalation] wait_hours is 0: social care is to be asked the moment visits are due, with no time for a "
            "family emergency (guidance, step 10). Type wait_hours = 24 under [escalation]."
        )


def _of_seen(policy: Policy) -> Iterator[Contradiction]:
    by, closes = policy.seen_every.by, policy.school.closes
    latest = max(policy.morning.visits_by, policy.morning.red_visits_by)
    if by < latest:
        yield _warn(
            f"[seen_every] by ({_t(by)}) is before [morning] visits_by ({_t(latest)}): children are to be seen before "
            f'the visits are due. Type by = "{_t(latest)}" or later under [seen_every].'
        )
    if by > closes:
        yield _warn(
            f"[seen_every] by ({_t(by)}) is after [school] closes ({_t(closes)}): children are to be seen when nobody "
            f'is left to go. Type by = "{_t(closes)}" or earlier under [seen_every].'
        )


def _warn(found: str) -> Contradiction:
    return Contradiction(found=found)


def _on_the_day(by: time) -> datetime:
    return moment(ANY_DAY, by)


def _t(by: time) -> str:
    return f"{by:%H:%M}"
