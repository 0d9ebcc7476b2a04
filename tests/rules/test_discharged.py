"""What discharges a duty: a live voice, a face to face with pupil and parent, each linked agency told."""

import pytest

from rules.children import FRIDAY, MONDAY, SUNDAY, Child, a_school, owed
from rules.days import Said
from rules.school import Json
from rules.table import RuleTable

VOICE, FACE, AGENCIES = "daily contact", "face to face", "agencies"
THREE, FIVE = "third day", "fifth day"

TODAY = RuleTable(
    title="What discharges the daily contact and the face to face, the child marked C (leave) and so explained",
    source="Millbrook, table: verbal contact with parent or carer; face to face, for RED e.g. video, parent and pupil",
    columns=("rating", "day of absence", "what happened", "owed still"),
    rows=(
        # daily contact: a live voice today, either way
        ("AMBER", "first", "nothing", VOICE),
        ("AMBER", "first", "call answered", "nothing"),
        ("AMBER", "first", "call answered, no reason given", "nothing"),
        ("AMBER", "first", "told in person", "nothing"),
        ("AMBER", "first", "their call taken down", "nothing"),
        ("AMBER", "first", "their voicemail taken down", VOICE),
        ("AMBER", "first", "their letter taken down", VOICE),
        ("AMBER", "first", "message of today", VOICE),
        ("AMBER", "first", "message matched today", VOICE),
        ("AMBER", "first", "comment beside the mark", VOICE),
        ("AMBER", "first", "call not answered", VOICE),
        ("AMBER", "first", "voicemail left", VOICE),
        ("AMBER", "first", "another adult knows", VOICE),
        ("AMBER", "first", "the child answered", VOICE),
        ("AMBER", "first", "text sent", VOICE),
        ("AMBER", "first", "text replied", VOICE),
        ("AMBER", "first", "note", VOICE),
        ("AMBER", "first", "call answered on Friday, until today", VOICE),
        ("AMBER", "first", "told on Friday, until today", VOICE),
        ("AMBER", "first", "told in person, taken back", VOICE),
        ("AMBER", "first", "seen at home with a parent", "nothing"),
        ("AMBER", "first", "seen by video with a parent", "nothing"),
        ("AMBER", "first", "seen at home without a parent", VOICE),
        ("AMBER", "first", "seen at home with a parent on Friday, written down today", VOICE),
        # for GREEN the family's own words of today as well
        ("GREEN", "first", "nothing", VOICE),
        ("GREEN", "first", "call answered", "nothing"),
        ("GREEN", "first", "told in person", "nothing"),
        ("GREEN", "first", "their call taken down", "nothing"),
        ("GREEN", "first", "their voicemail taken down", "nothing"),
        ("GREEN", "first", "their letter taken down", "nothing"),
        ("GREEN", "first", "message of today", "nothing"),
        ("GREEN", "first", "message matched today", "nothing"),
        ("GREEN", "first", "message of Sunday for today", "nothing"),
        ("GREEN", "first", "message of Friday evening for today", VOICE),
        ("GREEN", "first", "message of last week for all of it", VOICE),
        ("GREEN", "first", "message of today about tomorrow", VOICE),
        ("GREEN", "first", "message by name, not matched", VOICE),
        ("GREEN", "first", "comment beside the mark", "nothing"),
        ("GREEN", "first", "call not answered", VOICE),
        ("GREEN", "first", "voicemail left", VOICE),
        ("GREEN", "first", "text sent", VOICE),
        ("GREEN", "first", "text replied", VOICE),
        ("GREEN", "first", "note", VOICE),
        ("GREEN", "first", "their voicemail of Friday taken down, until today", VOICE),
        ("GREEN", "first", "told on Friday, until today", VOICE),
        # face to face
        ("RED", "first", "seen at home with a parent", AGENCIES),
        ("RED", "first", "seen by video with a parent", AGENCIES),
        ("RED", "first", "seen at home without a parent", f"{AGENCIES}; {FACE}"),
        ("RED", "first", "seen by video without a parent", f"{AGENCIES}; {FACE}"),
        ("RED", "first", "seen at home with a parent, taken back", f"{AGENCIES}; {FACE}"),
        ("RED", "first", "seen at home with a parent on Friday", f"{AGENCIES}; {FACE}"),
        ("RED", "first", "seen at home with a parent on Friday, written down today", f"{AGENCIES}; {FACE}"),
        ("RED", "first", "call answered", f"{AGENCIES}; {FACE}"),
        ("RED", "first", "their call taken down", f"{AGENCIES}; {FACE}"),
        ("AMBER", THREE, "call answered", FACE),
        ("AMBER", THREE, "call answered; seen at home with a parent", "nothing"),
        ("AMBER", THREE, "call answered; seen by video with a parent", FACE),
        ("AMBER", THREE, "call answered; seen at home without a parent", FACE),
        ("GREEN", FIVE, "call answered", FACE),
        ("GREEN", FIVE, "call answered; seen at home with a parent", "nothing"),
        ("GREEN", FIVE, "call answered; seen by video with a parent", FACE),
        ("GREEN", FIVE, "call answered; seen at home without a parent", FACE),
    ),
)  # fmt: skip

TOLD = RuleTable(
    title="Which agencies of an absent RED child are told",
    source="Millbrook, table: contact linked agencies",
    columns=("in the flags", "told today", "owed still"),
    rows=(
        ("no agency named", "", AGENCIES),
        ("no agency named", "Children's services", "nothing"),
        ("social-worker: Ms Roe, Social Care", "", AGENCIES),
        ("social-worker: Ms Roe, Social Care", "Social Care", "nothing"),
        ("social-worker: Ms Roe, Social Care", "SOCIAL CARE", "nothing"),
        ("social-worker: Ms Roe, Social Care", "Ms Roe", "nothing"),
        ("social-worker: Ms Roe, Social Care", "Virtual School", AGENCIES),
        ("social-worker: Ms Roe, Social Care", "Social Care, on Friday", AGENCIES),
        ("social-worker: Ms Roe, Social Care", "Social Care, on Friday, written down today", AGENCIES),
        ("social-worker: Ms Roe", "Ms Roe", "nothing"),
        ("social-worker: , Social Care", "Social Care", "nothing"),
        ("social-worker: Ms Roe, Social Care; looked-after: Mr Day, Virtual School", "Social Care", AGENCIES),
        ("social-worker: Ms Roe, Social Care; looked-after: Mr Day, Virtual School", "Virtual School", AGENCIES),
        ("social-worker: Ms Roe, Social Care; looked-after: Mr Day, Virtual School",
         "Social Care; Virtual School", "nothing"),
        ("social-worker: Ms Roe, Social Care; looked-after: Mr Day, Virtual School", "Ms Roe; Mr Day", "nothing"),
        ("social-worker: Ms Roe, Social Care; s47: Mr Day, Social Care", "Social Care", "nothing"),
        ("social-worker: Ms Roe, Social Care; s47: Mr Day, Social Care", "Ms Roe", AGENCIES),
        ("social-worker: Ms Roe, Social Care; ewo: Ms Vale, Attendance Team", "Social Care", AGENCIES),
        ("social-worker: Ms Roe, Social Care; ewo: Ms Vale, Attendance Team",
         "Social Care; Attendance Team", "nothing"),
        ("social-worker: Ms Roe, Social Care; ehcp", "Social Care", "nothing"),
        ("social-worker", "Social Care, taken back", AGENCIES),
    ),
)  # fmt: skip
RULES = (TODAY, TOLD)

NOW = f"{MONDAY}T09:30"
MOTHER = ("--told-by", "mother", "--reason", "a wedding")


def _call(outcome: str, *more: str, at: str = NOW) -> Said:
    return at, ("call", "PUPIL", "--contact", "1", "--outcome", outcome, *more)


def _seen(how: str, parent: str, *more: str, at: str = NOW) -> Said:
    return at, ("seen", "PUPIL", "--how", how, f"--{parent}-parent", *more)


def _explain(*more: str, at: str = NOW) -> Said:
    return at, ("explain", "PUPIL", *MOTHER, "--child-with", "mother", *more)


def _listen(channel: str, *more: str, at: str = NOW) -> Said:
    return at, ("listen", "--pupil", "PUPIL", *MOTHER, "--channel", channel, *more)


def _taken_back() -> Said:
    return NOW, ("withdraw", "last", "--why", "the wrong child")


UNTIL_TODAY, ON_FRIDAY = ("--until", MONDAY), f"{FRIDAY}T09:30"
WITH_MOTHER = ("--child-with", "mother")
HAPPENED: dict[str, tuple[Said, ...]] = {
    "call answered": (_call("answered", "--reason", "a wedding", *WITH_MOTHER),),
    "call answered, no reason given": (_call("answered", "--no-reason", *WITH_MOTHER),),
    "call answered on Friday, until today": (
        _call("answered", "--no-reason", *WITH_MOTHER, *UNTIL_TODAY, at=ON_FRIDAY),
    ),
    "call not answered": (_call("no-answer"),),
    "voicemail left": (_call("voicemail-left"),),
    "another adult knows": (_call("other-adult-knows"),),
    "the child answered": (_call("child-answered"),),
    "text sent": (_call("text-sent"),),
    "text replied": (_call("text-replied"),),
    "told in person": (_explain(),),
    "told in person, taken back": (_explain(), _taken_back()),
    "told on Friday, until today": (_explain(*UNTIL_TODAY, at=ON_FRIDAY),),
    "their call taken down": (_listen("call"),),
    "their voicemail taken down": (_listen("voicemail"),),
    "their letter taken down": (_listen("letter"),),
    "their voicemail of Friday taken down, until today": (_listen("voicemail", *UNTIL_TODAY, at=ON_FRIDAY),),
    "message matched today": ((NOW, ("match", "MESSAGE", "PUPIL")),),
    "note": ((NOW, ("note", "PUPIL", "--text", "mother rang: a wedding")),),
    "seen at home with a parent": (_seen("home", "with"),),
    "seen at home without a parent": (_seen("home", "without"),),
    "seen by video with a parent": (_seen("video", "with"),),
    "seen by video without a parent": (_seen("video", "without"),),
    "seen at home with a parent, taken back": (_seen("home", "with"), _taken_back()),
    "seen at home with a parent on Friday": (_seen("home", "with", at=ON_FRIDAY),),
    "seen at home with a parent on Friday, written down today": (
        _seen("home", "with", "--day", FRIDAY, "--session", "AM"),
    ),
}  # fmt: skip
MESSAGES = {
    "message of today": f"MESSAGE,{MONDAY} 08:10,PUPIL,,we are at a wedding,,",
    "message of Sunday for today": f"MESSAGE,{SUNDAY} 18:00,PUPIL,,we are at a wedding,{MONDAY},{MONDAY}",
    "message of Friday evening for today": f"MESSAGE,{FRIDAY} 18:00,PUPIL,,we are at a wedding,{MONDAY},{MONDAY}",
    "message of last week for all of it": f"MESSAGE,2026-11-19 08:00,PUPIL,,we are away,2026-11-19,{MONDAY}",
    "message of today about tomorrow": f"MESSAGE,{MONDAY} 08:10,PUPIL,,we are away,2026-11-24,2026-11-24",
    "message by name, not matched": f"MESSAGE,{MONDAY} 08:10,,Ivy PUPIL,we are at a wedding,,",
    "message matched today": f"MESSAGE,{MONDAY} 08:10,,Ivy PUPIL,we are at a wedding,,",
}
DAYS = {"first": "", THREE: "19 Nov to 20 Nov N N", FIVE: "17 Nov to 20 Nov N N"}
PUPILS = {f"P{number:02d}": row for number, row in enumerate(TODAY.rows, start=1)}
RED_PUPILS = {f"R{number:02d}": row for number, row in enumerate(TOLD.rows, start=1)}


def _child(pupil: str) -> Child:
    rating, day, words, _ = PUPILS[pupil]
    named = [text for name, text in MESSAGES.items() if name == words]
    said = [(at, tuple(word.replace("MESSAGE", f"M-{pupil}") for word in typed))
            for happened in words.split("; ") for at, typed in HAPPENED.get(happened, ())]  # fmt: skip
    today = "C (at a wedding)" if words == "comment beside the mark" else "C"
    messages = tuple(text.replace("PUPIL", pupil).replace("MESSAGE", f"M-{pupil}") for text in named)
    return Child(pupil, rating, DAYS[day], today, tuple(said), messages)


def _red_child(pupil: str) -> Child:
    flags, told, _ = RED_PUPILS[pupil]
    return Child(pupil, "RED", today="C", said=tuple(_informed(told)), flags=tuple(_flag_rows(flags)))


def _flag_rows(words: str) -> list[str]:
    rows = []
    for named in words.replace("no agency named", "social-worker").split("; "):
        flag, _, who = named.partition(": ")
        professional, _, agency = who.partition(", ")
        rows.append(f"{flag},,,{professional},{agency},{'01632 960111' if professional else ''}")
    return rows


def _informed(words: str) -> list[Said]:
    said: list[Said] = []
    for agency in filter(None, words.split("; ")):
        name, _, when = agency.partition(", ")
        typed = ("inform", "PUPIL", "--agency", name, *(("--day", FRIDAY) if "written" in when else ()))
        said.append((ON_FRIDAY if when == "on Friday" else NOW, typed))
        said += [_taken_back()] if when == "taken back" else []
    return said


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """One school with the children of both tables, at ten to two."""
    children = [*(_child(pupil) for pupil in PUPILS), *(_red_child(pupil) for pupil in RED_PUPILS)]
    return a_school(tmp_path_factory.mktemp("done"), children).reconcile(at="13:50")


@pytest.mark.parametrize("pupil", PUPILS)
def test_what_is_owed_still(pupil: str, answer: Json) -> None:
    assert owed(answer, pupil, with_due=False) == PUPILS[pupil][3]


@pytest.mark.parametrize("pupil", RED_PUPILS)
def test_each_agency_in_the_flags_is_told(pupil: str, answer: Json) -> None:
    agencies = [word for word in owed(answer, pupil, with_due=False).split("; ") if word != FACE]
    assert ("; ".join(agencies) or "nothing") == RED_PUPILS[pupil][2]


def test_the_duty_names_whom_to_tell(answer: Json) -> None:
    pupil = next(pupil for pupil, row in RED_PUPILS.items() if "looked-after" in row[0])
    because = next(d["because"] for d in answer["duties"] if (d["pupil_id"], d["duty"]) == (pupil, "contact-agencies"))
    assert all(word in because for word in ("Ms Roe", "Social Care", "Mr Day", "Virtual School", "01632 960111"))
