"""Children of a table in one school on Monday 23 November 2026: a rating, days away, today's marks, what was said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rules.days import NO_ROW, Marks, Said, as_mark, live_until, marks_in, weekdays
from rules.school import Json, School, roll

MONDAY, FRIDAY, SUNDAY = "2026-11-23", "2026-11-20", "2026-11-22"
FIRST, BEGUN = "2026-09-02", "2026-11-18T08:00"
AM, PM = f"{MONDAY}T09:05", f"{MONDAY}T13:20"
RATED = {"RED": "social-worker", "AMBER": "ewo", "GREEN": ""}
CONTACTS = "pupil_id,contact_id,order,name,relationship,phone,phone_type"
MESSAGES = "message_id,received_at,pupil_id,pupil_name,text,from_date,to_date"
FLAGS = "pupil_id,flag,since,until,professional_name,agency,professional_phone"
OWED = {"face-to-face": "face to face", "contact-agencies": "agencies", "daily-contact": "daily contact"}
SOMEBODY = "P00"  # in the same group and in school, so that its register has come
Files = dict[str, tuple[str, list[str]]]


@dataclass(frozen=True)
class Child:
    """One child of a table; `today` is `N`, or `/ N` with the afternoon, or `I (a cold)` with a comment."""

    pupil: str
    rating: str
    earlier: str = ""
    today: str = "N"
    said: tuple[Said, ...] = ()
    messages: tuple[str, ...] = ()
    flags: tuple[str, ...] | None = None
    left_on: str = ""

    @property
    def flag_rows(self) -> Iterable[str]:
        """The rows of the flags that rate the child, and the agencies in them."""
        flags = self.flags if self.flags is not None else (RATED[self.rating],)
        return (f"{self.pupil},{flag}" for flag in flags if flag)


def today_of(child: Child) -> dict[str, tuple[str, str]]:
    """Today's mark and comment by half."""
    words, _, comment = child.today.partition(" (")
    halves = zip(("AM", "PM"), words.split(), strict=False)
    return {half: (as_mark(mark, half), comment.rstrip(")") if half == "AM" else "") for half, mark in halves}


def earlier_rows(marks: Mapping[str, Marks]) -> list[str]:
    """The register of all days before today."""
    rows = [f"{p},{day},{half},{mark}," for p, found in marks.items() for (day, half), mark in found.items()]
    return ["pupil_id,date,session,mark,comment", *rows]


def today_rows(children: Sequence[Child], half: str) -> list[str]:
    """Today's register of one half; in the afternoon a child of whom the table says nothing is in school."""
    in_school = as_mark("/", half)
    rows = [f"{SOMEBODY},{MONDAY},{half},{in_school},"]
    for child in children:
        mark, comment = today_of(child).get(half, (in_school, ""))
        if mark == NO_ROW:
            continue
        rows.append(f"{child.pupil},{MONDAY},{half},{mark},{comment}")
    return ["pupil_id,date,session,mark,comment", *rows]


def a_school(
    place: Path, children: Sequence[Child], *, policy: str = "", plans: Iterable[str] = (), until: str = "14:00"
) -> School:
    """The children's school, lived through until a time of the day."""
    school = School(place / "school", policy=policy, day=MONDAY)
    people = [f"{c.pupil},Ivy,{c.pupil},4B,2016-01-01,,{c.left_on}" for c in children]
    phones = [f"{c.pupil},C1,1,Jan Brennan,Mother,07700 900{n:03d},mobile" for n, c in enumerate(children)]
    marks = {c.pupil: marks_in(c.earlier, weekdays(FIRST, FRIDAY)) for c in children}
    files: Files = {
        "roll.csv": (BEGUN, roll([*people, f"{SOMEBODY},Jo,Fell,4B,,,"])),
        "contacts.csv": (BEGUN, [CONTACTS, *phones]),
        "flags.csv": (BEGUN, [FLAGS, *(row for child in children for row in child.flag_rows)]),
        "plans.csv": (BEGUN, ["pupil_id,from_date,to_date,session,code", *plans]),
        "earlier.csv": (f"{FRIDAY}T16:00", earlier_rows(marks)),
        "messages.csv": (AM, [MESSAGES, *(row for child in children for row in child.messages)]),
        "am.csv": (AM, today_rows(children, "AM")),
        "pm.csv": (PM, today_rows(children, "PM")),
    }
    live_until(school, f"{MONDAY}T{until}", [said for child in children for said in of_child(child)], files)
    return school


def of_child(child: Child) -> Iterable[Said]:
    """What was said of the child, its id where the words say PUPIL."""
    return ((at, tuple(child.pupil if word == "PUPIL" else word for word in words)) for at, words in child.said)


def owed(answer: Json, pupil: str, *, with_due: bool = True) -> str:
    """What the pupil is still owed, in the words of the tables."""
    duties = [duty for duty in answer["duties"] if duty["pupil_id"] == pupil]
    words = sorted(OWED[d["duty"]] + (f" by {d['due'][11:16]}" if with_due else "") for d in duties)
    return "; ".join(words) or "nothing"
