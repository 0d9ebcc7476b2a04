"""Which mark counts when several exports speak of one pupil: the newest, and doubt where none is newer."""

from pathlib import Path

import pytest

from rules.school import DAY, School, in_words, pupil_in, register, roll
from rules.table import RuleTable

RULES = RuleTable(
    title="Which of two marks counts",
    source="Guidance, step 1: registers in promptly, and corrected through the morning",
    columns=("first", "taken at", "second", "taken at ", "how the second came", "standing"),
    rows=(
        ("N", "", "/", "", "later", "in school"),
        ("/", "", "N", "", "later", "unexplained"),
        ("/", "", "C", "", "later", "explained"),
        ("/", "", "blank", "", "later", "unknown"),
        ("/", "", "-", "", "later", "unknown"),
        ("blank", "", "/", "", "later", "in school"),
        ("/", "", "Q9", "", "later", "unknown"),
        ("/", "", "left out", "", "later", "in school, left-out"),
        ("N", "", "left out", "", "later", "unexplained, left-out"),
        ("N", "", "/", "", "together, a minute later", "in school"),
        ("/", "", "N", "", "together, a minute later", "unexplained"),
        ("/", "", "N", "", "together, 59 seconds later", "unknown, two-marks"),
        ("N", "", "/", "", "together, 59 seconds later", "unknown, two-marks"),
        ("/", "", "N", "", "together, a minute earlier", "in school"),
        ("/", "", "/", "", "together, at one time", "in school"),
        ("/", "", "N", "", "in the same file", "unknown, two-marks"),
        ("/", "", "/", "", "in the same file", "in school"),
        ("N", "", "blank", "", "in the same file", "unknown, two-marks"),
        # when the register was taken is stronger than when its file came
        ("/", "08:48", "N", "08:40", "later", "in school"),
        ("N", "08:48", "/", "08:40", "later", "unexplained"),
        ("N", "08:40", "/", "08:48", "later", "in school"),
        ("/", "08:40", "N", "08:48", "together, a minute earlier", "unexplained"),
        ("/", "08:40", "N", "08:48", "together, at one time", "unexplained"),
        ("/", "08:40", "N", "08:40", "later", "unexplained"),
        ("/", "08:40", "N", "08:40", "together, at one time", "unknown, two-marks"),
        ("/", "08:40", "N", "", "later", "unexplained"),
        ("/", "", "N", "08:40", "later", "unexplained"),
        # inside one file times do not order the rows: two different marks are doubt
        ("/", "08:40", "N", "08:48", "in the same file", "unknown, two-marks"),
    ),
)
CHANGED = {
    "together, a minute later": "08:46:00",
    "together, 59 seconds later": "08:45:59",
    "together, a minute earlier": "08:44:00",
}
MATE = ("P2", "/")
BROMCOM = "StudentId,CalendarStartDate,PeriodDisplayName,AttendanceComment"


def _school(folder: Path) -> School:
    school = School(folder)
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,", "P2,Jo,Fell,4B,2016-01-01,,"]))
    return school


def _marked(mark: str, taken: str = "", comment: str = "") -> tuple[str, ...]:
    return "P1", "" if mark == "blank" else mark, comment, taken


@pytest.mark.parametrize(("first", "taken", "second", "taken_again", "how", "standing"), RULES.rows)
def test_the_newest_mark_counts(
    first: str, taken: str, second: str, taken_again: str, how: str, standing: str, tmp_path: Path
) -> None:
    school = _school(tmp_path / "school")
    before, after = _marked(first, taken), _marked(second, taken_again)
    if how == "in the same file":
        school.drop("register.csv", register([before, MATE, after]))
    else:
        school.drop("register.csv", register([before, ("P2", "/", "", taken)]))
        if how == "later":
            school.take_in(at="08:50")
        newer = [("P2", "/", "", taken_again)] if second == "left out" else [after, ("P2", "/", "", taken_again)]
        school.drop("again.csv", register(newer), changed=CHANGED.get(how, "08:45:00"))
    assert in_words(school.reconcile(), "P1") == standing


def _bring(school: School, *, at: str, **files: list[tuple[str, ...]]) -> None:
    for name, rows in files.items():
        school.drop(f"{name}-{at[:2]}{at[3:]}.csv", register([*rows, MATE]))
    school.take_in(at=at)


def test_an_export_that_comes_back_is_the_newest_again(tmp_path: Path) -> None:
    school = _school(tmp_path / "school")
    _bring(school, at="08:50", one=[("P1", "/")])
    _bring(school, at="08:55", two=[("P1", "N")])
    assert in_words(school.reconcile(), "P1") == "unexplained"
    school.drop("one-again.csv", register([("P1", "/"), MATE]), changed="09:41:00")
    assert in_words(school.reconcile(at="09:45"), "P1") == "in school"


def test_three_registers_each_newer_than_the_next_are_doubt(tmp_path: Path) -> None:
    school = _school(tmp_path / "school")
    _bring(school, at="08:50", one=[("P1", "/", "", "08:48")])
    _bring(school, at="08:55", two=[("P1", "N")])
    _bring(school, at="09:00", three=[("P1", "L", "", "08:40")])
    assert in_words(school.reconcile(), "P1") == "unknown, two-marks"


@pytest.mark.parametrize(
    ("again", "standing"), [("/", "unexplained, alert vanished"), ("L", "in school"), ("N", "unexplained")]
)
def test_an_unchanged_mark_exported_again_does_not_undo_a_search(again: str, standing: str, tmp_path: Path) -> None:
    school = _school(tmp_path / "school")
    _bring(school, at="08:50", one=[("P1", "/")])
    school.say("check", "P1", "--not-found", at="09:05")
    _bring(school, at="09:15", two=[("P1", again), ("P2", "/", "as before")])
    assert in_words(school.reconcile(), "P1") == standing


def test_a_mark_that_changed_and_came_back_after_the_search_undoes_it(tmp_path: Path) -> None:
    school = _school(tmp_path / "school")
    _bring(school, at="08:50", one=[("P1", "/")])
    school.say("check", "P1", "--not-found", at="09:05")
    _bring(school, at="09:10", two=[("P1", "N")])
    assert in_words(school.reconcile(at="09:12"), "P1") == "unexplained"
    _bring(school, at="09:15", three=[("P1", "/", "came in with the bus")])
    assert in_words(school.reconcile(), "P1") == "in school"


@pytest.mark.parametrize(("taken", "standing"), [("09:04", "unexplained, alert vanished"), ("09:06", "in school")])
def test_a_register_taken_again_after_the_search_undoes_it(taken: str, standing: str, tmp_path: Path) -> None:
    school = _school(tmp_path / "school")
    _bring(school, at="08:50", one=[("P1", "/", "", "08:48")])
    school.say("check", "P1", "--not-found", at="09:05")
    _bring(school, at="09:15", two=[("P1", "/", "", taken)])
    assert in_words(school.reconcile(), "P1") == standing


def test_comments_alone_add_words_to_the_mark_and_replace_nothing(tmp_path: Path) -> None:
    school = _school(tmp_path / "school")
    _bring(school, at="08:50", one=[("P1", "I")])
    assert in_words(school.reconcile(at="08:52"), "P1") == "unexplained"
    school.drop("comments.csv", [BROMCOM, f"P1,{DAY},AM,mother rang"])
    answer = school.reconcile()
    assert in_words(answer, "P1") == "explained"
    assert pupil_in(answer, "P1")["comment"] == "mother rang"


def test_comments_alone_on_another_mark_are_shown_and_explain_nothing(tmp_path: Path) -> None:
    school = _school(tmp_path / "school")
    _bring(school, at="08:50", one=[("P1", "N")])
    school.drop("comments.csv", [BROMCOM, f"P1,{DAY},AM,mother rang"])
    found = pupil_in(school.reconcile(), "P1")
    assert (found["standing"], found["proposed"]) == ("unexplained", "mother rang")


@pytest.mark.parametrize(("again", "standing"), [("I", "explained"), ("N", "unexplained"), ("M", "unexplained")])
def test_a_newer_export_without_a_comment_column_takes_no_comment_away(
    again: str, standing: str, tmp_path: Path
) -> None:
    school = _school(tmp_path / "school")
    _bring(school, at="08:50", one=[("P1", "I", "mother rang")])
    school.drop("short.csv", ["pupil_id,date,session,mark", f"P1,{DAY},AM,{again}", f"P2,{DAY},AM,/"])
    assert in_words(school.reconcile(), "P1") == standing


def test_a_newer_export_with_a_blank_comment_takes_the_comment_away(tmp_path: Path) -> None:
    school = _school(tmp_path / "school")
    _bring(school, at="08:50", one=[("P1", "I", "mother rang")])
    _bring(school, at="08:55", two=[("P1", "I", "")])
    assert in_words(school.reconcile(), "P1") == "unexplained"


def test_a_register_of_another_group_replaces_nothing(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,", "P2,Jo,Fell,5A,2016-01-01,,"]))
    school.drop("4b.csv", register([("P1", "N")]))
    school.take_in(at="08:50")
    school.drop("5a.csv", register([("P2", "/")]))
    answer = school.reconcile()
    assert (in_words(answer, "P1"), in_words(answer, "P2")) == ("unexplained", "in school")
    assert answer["missing_registers"] == []


def test_a_register_taken_at_a_time_still_to_come_does_not_outweigh_what_is_said_now(tmp_path: Path) -> None:
    school = _school(tmp_path / "school")
    _bring(school, at="08:50", one=[("P1", "/", "", "21:05")])
    _bring(school, at="09:25", two=[("P1", "N", "", "09:20")])
    assert in_words(school.reconcile(), "P1").split(",")[0] in ("unexplained", "unknown")


def test_a_register_taken_at_a_time_still_to_come_does_not_undo_a_search_made_now(tmp_path: Path) -> None:
    school = _school(tmp_path / "school")
    _bring(school, at="08:50", one=[("P1", "/", "", "21:05")])
    school.say("check", "P1", "--not-found", at="09:05")
    assert in_words(school.reconcile(), "P1").split(",")[0] in ("unexplained", "unknown")
