"""Checks of the settings: which folder and whose name count, what can be read, what the policy leaves open."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from firstday_cli.desk import Asked
from firstday_cli.domain.policy import Policy
from firstday_cli.errors import FirstdayError
from firstday_cli.morning.checks.looking import Surroundings
from firstday_cli.reports.health import Check, Verdict, fine, said_by, warned

POLICY_PAGE, CALENDAR_PAGE = (
    "docs/policy.md tells every key",
    "see `firstday init`'s calendar.toml for how it is laid out",
)
OUTSIDE = ("phone", "front_door", "attendance_team", "out_of_hours")


def folder_named(asked: Asked, folder: Path) -> Check:
    """Which folder counts, and what named it: the option, else FIRSTDAY_SCHOOL, else where the command is typed."""
    variable = os.environ.get("FIRSTDAY_SCHOOL", "")
    how = "found from the current folder"
    if asked.school:
        how = "named by --school" + (", which wins over FIRSTDAY_SCHOOL" if variable else "")
    elif variable:
        how = "named by FIRSTDAY_SCHOOL"
    return fine("school folder", f"{folder.name or folder}: {how}")


def read(name: str, read_it: Callable[[], object], otherwise: str) -> Check:
    """Whether a settings file can be read."""
    try:
        read_it()
    except FirstdayError as error:
        return said_by(name, error.message, otherwise)
    except OSError as error:
        return said_by(name, f"cannot be opened: {error.strerror}. Check who may read it.", otherwise)
    return fine(name, "every key is known and of the right type")


def profiles(at: Surroundings) -> Iterator[Check]:
    """Whether the school's own layouts of exports can be read."""
    from firstday_cli.intake.layouts.profile import profiles_of

    yield read("profiles", lambda: profiles_of(at.folder), "docs/exports.md tells how a profile is written")


def who_writes(at: Surroundings) -> Iterator[Check]:
    """Under which name entries are written, and what said it."""
    name = os.environ.get("FIRSTDAY_BY", "")
    if at.asked.by:
        yield fine("who writes", f"{at.asked.by}: named by --by{', which wins over FIRSTDAY_BY' if name else ''}")
    elif name:
        yield fine("who writes", f"{name}: named by FIRSTDAY_BY; --by wins over it")
    else:
        yield fine("who writes", "nobody is named: each command that writes an entry needs --by, or asks")


def people(at: Surroundings) -> Iterator[Check]:
    """Whether those who may decide are named."""
    if at.policy is None:
        return
    named = at.policy.people
    unset = [n for n in ("headteacher", "safeguarding_leads", "attendance_lead") if not getattr(named, n)]
    if unset:
        yield warned("people", f"any name is taken for {', '.join(unset)}", "fill in [people] in policy.toml")
    else:
        yield fine("people", "all named")


def outside(at: Surroundings) -> Iterator[Check]:
    """Whom a person rings when silence goes further: local facts, for which nothing is shipped."""
    if at.policy is None:
        return
    unset = [name for name in OUTSIDE if not getattr(at.policy.school, name)]
    if unset:
        mend = "fill in [school] in policy.toml, before it is needed"
        yield warned("outside", f"no number to ring for {', '.join(unset)}", mend)
    else:
        yield fine("outside", "the school's own number and whom it turns to are filled in")


def ratings(at: Surroundings) -> Iterator[Check]:
    """Facts that rate RED as shipped and that this school's rules leave out."""
    from firstday_cli.domain.rating_rules import SHIPPED_RULES, RagRating

    if at.policy is None:
        return
    ours = {rule.flag for rule in at.policy.rag.rules}
    left_out = [r.flag for r in SHIPPED_RULES if r.rating is RagRating.RED and r.flag not in ours]
    if left_out:
        mend = "add a line to [rag] rules, or be sure that it is meant"
        yield warned("ratings", f"no rule rates {', '.join(left_out)}", mend)
    else:
        yield fine("ratings", "every fact that is RED as shipped has a rule")


def ladder(at: Surroundings) -> Iterable[Check]:
    """Whether the school's own times leave a silent child waiting, or contradict one another."""
    return _ladder(at.policy) if at.policy else ()


@cache  # it follows from the policy alone, and takes longer than everything else together
def _ladder(policy: Policy) -> tuple[Check, ...]:
    from firstday_cli.domain.ladder_check.checked import checked

    verdict = {(True, False): Verdict.FAIL, (False, True): Verdict.WARN}
    return tuple(
        Check(
            name=finding.name,
            verdict=(found := verdict.get((finding.is_failure, finding.is_warning), Verdict.OK)),
            found=finding.found,
            mend="" if found is Verdict.OK else "change that time or count in policy.toml",
        )
        for finding in checked(policy)
    )
