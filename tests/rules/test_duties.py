"""What every absent child is owed today, explained or not, and by when."""

import pytest

from rules.children import FRIDAY, MONDAY, SUNDAY, Child, a_school, owed
from rules.days import Said
from rules.school import Json
from rules.table import RuleTable

RED_DAY = "agencies by 11:45; face to face by 11:45"
RED_AFTERNOON = "agencies by 15:30; face to face by 15:00"
TWO_DAYS, FOUR_DAYS = "19 Nov to 20 Nov N N", "17 Nov to 20 Nov N N"
TWO_AND_A_HALF, FOUR_AND_A_HALF = "18 Nov / N; 19 Nov to 20 Nov N N", "16 Nov / N; 17 Nov to 20 Nov N N"
TWO_WEEKS = "9 Nov to 20 Nov N N"

RULES = RuleTable(
    title="What an absent child is owed on Monday 23 November 2026, in school on all days not named",
    source="Millbrook, table of student focus groups",
    columns=("rating", "earlier days", "today", "what else is known", "owed"),
    rows=(
        # RED: every day of absence, whoever explained it and whatever the mark
        ("RED", "", "N", "", RED_DAY),
        ("RED", "", "N", "told today", RED_DAY),
        ("RED", "", "I", "message of today", RED_DAY),
        ("RED", "", "I (a cold)", "", RED_DAY),
        ("RED", "", "C", "", RED_DAY),
        ("RED", "", "E", "", RED_DAY),
        ("RED", "", "X", "", RED_DAY),
        ("RED", "", "S", "", RED_DAY),
        ("RED", "", "J1", "", RED_DAY),
        ("RED", "", "C2", "C2 planned", RED_DAY),
        ("RED", "", "blank", "", RED_DAY),
        ("RED", "20 Nov N N", "N", "sick until Saturday 22:00, told on Sunday", RED_DAY),
        ("RED", "20 Nov N N", "N", "face to face on Friday", RED_DAY),
        ("RED", "", "B", "", "nothing"),
        ("RED", "", "B", "not arrived", RED_DAY),
        ("RED", "", "/", "looked for in vain", RED_DAY),
        ("RED", "", "N", "found in school", "nothing"),
        ("RED", "", "N", "left on Friday", "nothing"),
        # AMBER: spoken to on every day of an explained absence, seen from the third day on
        ("AMBER", "", "N", "", "nothing"),
        ("AMBER", "", "C", "", "daily contact by 10:00"),
        ("AMBER", "", "E", "", "daily contact by 10:00"),
        ("AMBER", "", "I (a cold)", "", "daily contact by 10:00"),
        ("AMBER", "", "C2", "C2 planned", "daily contact by 10:00"),
        ("AMBER", "20 Nov N N", "N", "", "nothing"),
        ("AMBER", "19 Nov / N; 20 Nov N N", "N", "", "nothing"),
        ("AMBER", TWO_DAYS, "N", "", "face to face by 15:00"),
        ("AMBER", "5 Oct N N; 6 Nov I I", "N", "", "face to face by 15:00"),
        ("AMBER", TWO_DAYS, "C", "", "daily contact by 10:00; face to face by 15:00"),
        ("AMBER", TWO_DAYS, "blank", "", "face to face by 15:00"),
        ("AMBER", TWO_WEEKS, "N", "", "face to face by 15:00"),
        ("AMBER", TWO_WEEKS, "N", "face to face on Wednesday", "face to face by 15:00"),
        ("AMBER", TWO_WEEKS, "N", "face to face on Thursday", "nothing"),
        ("AMBER", TWO_WEEKS, "N", "seen without a parent on Thursday", "face to face by 15:00"),
        ("AMBER", TWO_WEEKS, "N", "by video with a parent on Thursday", "face to face by 15:00"),
        ("AMBER", TWO_DAYS, "I", "sick until Saturday 22:00, told on Sunday", "face to face by 15:00"),
        ("AMBER", "20 Nov I I", "I", "sick until Saturday 22:00, told on Sunday", "nothing"),
        ("AMBER", TWO_WEEKS, "S", "", "nothing"),
        ("AMBER", TWO_WEEKS, "J1", "", "nothing"),
        ("AMBER", TWO_WEEKS, "X", "", "nothing"),
        ("AMBER", TWO_WEEKS, "B", "", "nothing"),
        # GREEN: spoken to on every day of an explained absence, seen from the fifth day on
        ("GREEN", "", "N", "", "nothing"),
        ("GREEN", "", "C", "", "daily contact by 10:00"),
        ("GREEN", TWO_DAYS, "C", "", "daily contact by 10:00"),
        ("GREEN", "17 Nov / N; 18 Nov to 20 Nov N N", "N", "", "nothing"),
        ("GREEN", FOUR_DAYS, "N", "", "face to face by 15:00"),
        ("GREEN", FOUR_DAYS, "C", "", "daily contact by 10:00; face to face by 15:00"),
        ("GREEN", TWO_WEEKS, "N", "face to face on Thursday", "nothing"),
        ("GREEN", FOUR_DAYS, "I", "sick until Saturday 22:00, told on Sunday", "face to face by 15:00"),
        ("GREEN", "20 Nov I I", "I", "sick until Saturday 22:00, told on Sunday", "nothing"),
        ("GREEN", TWO_WEEKS, "S", "", "nothing"),
        ("GREEN", TWO_WEEKS, "J1", "", "nothing"),
        # absences that begin in the afternoon
        ("RED", "", "/ N", "", RED_AFTERNOON),
        ("RED", "", "N N", "", RED_DAY),
        ("RED", "", "/ X", "", RED_AFTERNOON),
        ("AMBER", "", "/ C", "", "daily contact by 14:00"),
        ("AMBER", "", "X C", "", "daily contact by 14:00"),
        ("AMBER", "", "C C", "", "daily contact by 10:00"),
        ("GREEN", "", "/ C", "", "daily contact by 14:00"),
        ("AMBER", TWO_AND_A_HALF, "/ N", "", "face to face by 15:00"),
        ("AMBER", TWO_DAYS, "/ N", "", "nothing"),
        ("GREEN", FOUR_AND_A_HALF, "/ N", "", "face to face by 15:00"),
        ("AMBER", TWO_DAYS, "N N", "", "face to face by 15:00"),
    ),
)


def _seen(how: str, parent: str, day: str) -> Said:
    return f"{day}T09:35", ("seen", "PUPIL", "--how", how, f"--{parent}-parent", "--day", day)


def _told(at: str, *more: str) -> Said:
    return at, ("explain", "PUPIL", "--told-by", "mother", "--reason", "ill", "--child-with", "mother", *more)


SAID: dict[str, Said] = {
    "told today": _told(f"{MONDAY}T09:20"),
    "sick until Saturday 22:00, told on Sunday": _told(
        f"{SUNDAY}T18:00", "--day", FRIDAY, "--sickness", "2026-11-21T22:00"
    ),
    "face to face on Friday": _seen("home", "with", FRIDAY),
    "face to face on Thursday": _seen("home", "with", "2026-11-19"),
    "face to face on Wednesday": _seen("home", "with", "2026-11-18"),
    "seen without a parent on Thursday": _seen("home", "without", "2026-11-19"),
    "by video with a parent on Thursday": _seen("video", "with", "2026-11-19"),
    "not arrived": (f"{MONDAY}T09:30", ("check", "PUPIL", "--not-arrived")),
    "looked for in vain": (f"{MONDAY}T09:30", ("check", "PUPIL", "--not-found")),
    "found in school": (f"{MONDAY}T09:30", ("check", "PUPIL", "--found")),
}
PUPILS = {f"P{number:02d}": row for number, row in enumerate(RULES.rows, start=1)}


def _child(pupil: str) -> Child:
    rating, earlier, today, known, _ = PUPILS[pupil]
    message = (f"M-{pupil},{MONDAY} 08:10,{pupil},,she has a cold,,",) if known == "message of today" else ()
    said = (SAID[known],) if known in SAID else ()
    left_on = FRIDAY if known == "left on Friday" else ""
    return Child(pupil, rating, earlier, today, said, message, left_on=left_on)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """The answers of the morning and of the afternoon, after the time for looking in school is over."""
    planned = [f"{pupil},{MONDAY},{MONDAY},,C2" for pupil, row in PUPILS.items() if row[3] == "C2 planned"]
    school = a_school(tmp_path_factory.mktemp("duties"), [_child(pupil) for pupil in PUPILS], plans=planned)
    return {"AM": school.reconcile("AM", at="13:50"), "PM": school.reconcile("PM", at="13:50")}


@pytest.mark.parametrize("pupil", PUPILS)
def test_what_is_owed_today(pupil: str, answers: dict[str, Json]) -> None:
    words, _, _ = PUPILS[pupil][2].partition(" (")
    assert owed(answers["PM" if " " in words else "AM"], pupil) == PUPILS[pupil][4]


def test_every_duty_says_why(answers: dict[str, Json]) -> None:
    assert all(duty["because"].startswith(("RED", "AMBER", "GREEN")) for duty in answers["AM"]["duties"])
