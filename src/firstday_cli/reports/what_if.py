"""A session lived again with one thing broken: who is missed, found later, looked for in vain, and which steps slip."""

from collections.abc import Sequence
from datetime import datetime

from firstday_cli.domain.broken.comparison import FoundLater, StepChanged, Stretch, WhatIf
from firstday_cli.domain.people import PupilId
from firstday_cli.reports.page import Audience, Json, Page, Table

WHO = ("Pupil", "Name", "Group", "Rating")
TO_THE_END = "the end"
AS_WRITTEN = (
    "What people wrote down is left as it was: a call, a check or an explanation counts from its own moment, "
    "although some of it would have come otherwise."
)
MAY_MISS = {
    "roll": "A child that no roll names is on no list: without a roll, or with an older one, children are missed.",
    "lates": "Without the late book a child that signed out and is gone stands as the register has it: in school.",
    "planned": "As if it had never come, the export before it counts, with absences that the newer one left out.",
    "register": "A child whom the newest roll leaves out is on the list by its mark alone; marks for the day from an "
    "earlier file count where the newer never came.",
}


def what_if_page(found: WhatIf) -> Page:
    """The page of `what-if`."""
    return Page(
        title=f"{found.school}: what if {found.said}; {found.session}, to {found.ends:%H:%M}",
        facts=_facts(found),
        audience=Audience.SAFEGUARDING,
        warnings=(summed_up(found),),
        tables=(
            _stretches(found, found.found.missed, "Missed: on the list, and would not have been", "Nobody."),
            _later(found),
            _stretches(found, found.found.needless, "Looked for or rung without need", "Nobody."),
            _steps(found),
        ),
        notes=(
            f"Looked at {found.moments} times: whenever a file came, by each time of the policy, at what was written.",
            AS_WRITTEN,
            *([MAY_MISS[found.kind]] if found.kind in MAY_MISS else []),
        ),
    )


def summed_up(found: WhatIf) -> str:
    """All of it in one sentence."""
    it = found.found
    longest = max((s.minutes for s in it.missed), default=0)
    latest = max((f.minutes for f in it.later), default=0)
    missed = f"{_many(len(it.missed))} missed" + (f", for up to {longest} minutes" if longest else "")
    later = f"{len(it.later)} found later" + (f", by up to {latest} minutes" if latest else "")
    in_vain = f"{len(it.needless)} looked for or rung without need"
    steps = f"{len(it.steps)} step{'' if len(it.steps) == 1 else 's'} later, with a lower rating or never"
    return f"If {found.said}: {missed}; {later}; {in_vain}; {steps}."


def _many(children: int) -> str:
    return "no child" if not children else "1 child" if children == 1 else f"{children} children"


def _who(found: WhatIf, pupil_id: PupilId) -> tuple[str, ...]:
    child = found.children[pupil_id]
    return pupil_id, child.pupil.name, child.pupil.group, child.rating.value


def _stretches(found: WhatIf, stretches: Sequence[Stretch], title: str, empty: str) -> Table:
    return Table(
        title=f"{title} ({len(stretches)})", columns=(*WHO, "From", "Until", "Minutes"), empty=empty, unbroken=WHO,
        numbers=("Minutes",),
        rows=tuple(
            (*_who(found, s.pupil_id), _time(s.since), _time(s.until) or TO_THE_END, str(s.minutes)) for s in stretches
        ),
    )  # fmt: skip


def _later(found: WhatIf) -> Table:
    return Table(
        title=f"Found later ({len(found.found.later)})", empty="Nobody.", unbroken=WHO, numbers=("Minutes",),
        columns=(*WHO, "What", "Was", "Would have been", "Minutes", "Meanwhile"),
        rows=tuple((*_who(found, f.pupil_id), *_when(f)) for f in found.found.later),
    )  # fmt: skip


def _when(f: FoundLater) -> tuple[str, ...]:
    meanwhile = f"looked for in school from {_time(f.looked_for_from)}" if f.looked_for_from else ""
    minutes = str(f.minutes) if f.instead else f"at least {f.minutes}"
    what = "to be rung" if f.is_rung else "to be looked for"
    return what, _time(f.was), _time(f.instead) or "not before more was known", minutes, meanwhile


def _steps(found: WhatIf) -> Table:
    return Table(
        title=f"Steps later, with a lower rating or never ({len(found.found.steps)})",
        empty="None.", unbroken=("Pupil",),
        columns=("Pupil", "Step", "Was listed", "Due", "Rating", "Would have been listed", "Due then", "Rating then"),
        rows=tuple(_step(s) for s in found.found.steps),
    )  # fmt: skip


def _step(s: StepChanged) -> tuple[str, ...]:
    pupil_id, step, number = s.line
    other = (
        (_time(s.listed_instead), _due(s.instead.due, s.listed), s.instead.rating.value)
        if s.instead
        else ("never", "", "")
    )
    name = f"{step}, round {number}" if number else step
    return pupil_id, name, _time(s.listed), _due(s.was.due, s.listed), s.was.rating.value, *other


def _time(at: datetime | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _due(due: datetime, listed: datetime) -> str:
    return f"{due:%H:%M}" if due.date() == listed.date() else f"{due:%H:%M} on {due:%d/%m/%Y}"


def _facts(found: WhatIf) -> dict[str, Json]:
    it = found.found
    return {
        "schema": "firstday/what-if/1",
        "school": found.school,
        "day": found.session.day.isoformat(),
        "session": found.session.half.value,
        "as_of": found.ends.isoformat(),
        "what_if": found.said,
        "summary": summed_up(found),
        "moments": found.moments,
        "missed": [_stretch_shape(found, s) for s in it.missed],
        "found_later": [
            {
                **_child_shape(found, f.pupil_id),
                "what": "rung" if f.is_rung else "looked-for",
                "was": f.was.isoformat(),
                "would_have_been": _iso(f.instead),
                "minutes": f.minutes,
                "at_least": f.instead is None,
                "looked_for_from": _iso(f.looked_for_from),
            }
            for f in it.later
        ],
        "without_need": [_stretch_shape(found, s) for s in it.needless],
        "steps": [_step_shape(s) for s in it.steps],
    }


def _child_shape(found: WhatIf, pupil_id: PupilId) -> dict[str, Json]:
    child = found.children[pupil_id]
    return {
        "pupil_id": pupil_id, "name": child.pupil.name, "group": child.pupil.group, "rating": child.rating.value,
    }  # fmt: skip


def _stretch_shape(found: WhatIf, s: Stretch) -> dict[str, Json]:
    times: dict[str, Json] = {"from": s.since.isoformat(), "until": _iso(s.until), "minutes": s.minutes}
    return {**_child_shape(found, s.pupil_id), **times}


def _step_shape(s: StepChanged) -> dict[str, Json]:
    pupil_id, step, number = s.line
    other: Json = None
    if s.instead is not None:
        other = {
            "listed": _iso(s.listed_instead), "due": s.instead.due.isoformat(), "rating": s.instead.rating.value,
        }  # fmt: skip
    was = {"listed": s.listed.isoformat(), "due": s.was.due.isoformat(), "rating": s.was.rating.value}
    return {"pupil_id": pupil_id, "step": step, "round": number, "was": was, "would_have_been": other}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
