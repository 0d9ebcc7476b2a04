"""The daily review: who is there, who is absent, what is owed and was decided; risk assessments on file."""

from pathlib import Path

import pytest

from rules.ratings import by_pupil, flagged_school, flags, ids_of, named, plain_roll, review, text_of
from rules.school import CALENDAR, Json, School, register
from rules.table import RuleTable

PEOPLE = """
[people]
headteacher = "H. Head"
safeguarding_leads = ["D. Lead", "E. Deputy"]
attendance_lead = "L. Lane"
"""
CLOSED_FRIDAY = f'{CALENDAR}\n[[closures]]\nfirst = "2026-11-27"\nlast = "2026-11-27"\nwhy = "INSET"\n'
MET = "Millbrook: the daily review with the headteacher, the deputy safeguarding lead and the attendance lead"

CARRIED = RuleTable(
    title="When a decision of the review is on the table again",
    source=f"{MET}, to assess risk and escalate as required",
    columns=("decided on", "school shut on", "asked on", "shown as"),
    rows=(
        ("Tue 2026-11-24", "", "Tue 2026-11-24", "decided today"),
        ("Tue 2026-11-24", "", "Wed 2026-11-25", "carried"),
        ("Tue 2026-11-24", "", "Thu 2026-11-26", "not shown"),
        ("Fri 2026-11-20", "", "Mon 2026-11-23", "carried"),
        ("Thu 2026-11-19", "", "Mon 2026-11-23", "not shown"),
        ("Thu 2026-11-26", "Fri 2026-11-27, INSET", "Mon 2026-11-30", "carried"),
        ("Mon 2026-11-23", "Tue 2026-11-24, snow", "Wed 2026-11-25", "carried"),
        ("Fri 2026-12-18", "", "Mon 2027-01-04", "carried"),
        ("Wed 2026-11-25", "", "Tue 2026-11-24", "not shown"),
    ),
)
PRESENT = RuleTable(
    title="Who was not at the review",
    source=MET,
    columns=("present", "not written down as present", "others present"),
    rows=(
        ("", "headteacher, deputy safeguarding lead, attendance lead", ""),
        ("H. Head", "deputy safeguarding lead, attendance lead", ""),
        ("H. Head, D. Lead, L. Lane", "", ""),
        ("H. Head, E. Deputy, L. Lane", "", ""),
        ("h. head, d. lead, l. lane", "", ""),
        ("H. Head, D. Lead, A. Officer", "attendance lead", "A. Officer"),
    ),
)
TODAY = RuleTable(
    title="What the review shows of each child's day",
    source="Millbrook, table of student focus groups: face to face, linked agencies, daily verbal contact",
    columns=("flags", "mark", "what was done today", "met", "owed"),
    rows=(
        ("social-worker", "N", "", "", "contact-agencies by 11:45, face-to-face by 11:45"),
        ("social-worker", "I", "explained", "", "contact-agencies by 11:45, face-to-face by 11:45"),
        ("social-worker", "N", "seen by video", "face-to-face by 11:45", "contact-agencies by 11:45"),
        ("social-worker", "N", "seen without a parent", "", "contact-agencies by 11:45, face-to-face by 11:45"),
        ("social-worker", "N", "agency told", "contact-agencies by 11:45", "face-to-face by 11:45"),
        ("social-worker", "X", "", "", "contact-agencies by 11:45, face-to-face by 11:45"),
        ("social-worker", "/", "", "not shown", "not shown"),
        ("ewo", "N", "", "", ""),
        ("ewo", "N", "explained", "daily-contact by 10:00", ""),
        ("ewo", "C", "", "", "daily-contact by 10:00"),
        ("", "C", "", "", "daily-contact by 10:00"),
        ("", "N", "", "", ""),
        ("", "S", "", "", ""),
        ("", "/", "", "not shown", "not shown"),
    ),
)
RULES = (PRESENT, TODAY, CARRIED)
DONE_TODAY = {
    "explained": ("explain", "--told-by", "mother", "--reason", "a cold", "--child-with", "mother"),
    "seen by video": ("seen", "--how", "video", "--with-parent"),
    "seen without a parent": ("seen", "--how", "home", "--without-parent"),
    "agency told": ("inform", "--agency", "social care"),
}


@pytest.mark.parametrize("row", PRESENT.rows, ids=named(PRESENT))
def test_who_of_the_three_roles_was_there(row: tuple[str, str, str], tmp_path: Path) -> None:
    school = flagged_school(tmp_path / "school", {"P1": ""}, {"P1": "/"}, policy=PEOPLE)
    if row[0]:
        names = [word for name in row[0].split(", ") for word in ("--present", name)]
        school.say("review", *names, at="10:30")
    found = review(school)
    missing = [role["role"] for role in found["present"] if not role["present"]]
    assert (", ".join(missing), ", ".join(found["others_present"])) == row[1:]
    page = text_of(school, "review")
    assert all(role in page for role in missing)
    assert ("Not written down as present" in page) is bool(missing)


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school on Tuesday; what the table says was done by 10:00."""
    rows = dict(zip(ids_of(TODAY), TODAY.rows, strict=True))
    words, marks = ({pupil: row[column] for pupil, row in rows.items()} for column in (0, 1))
    school = flagged_school(tmp_path_factory.mktemp("today") / "school", words, marks)
    for pupil, row in rows.items():
        if row[2]:
            command, *options = DONE_TODAY[row[2]]
            school.say(command, pupil, *options, at="09:50")
    return school


@pytest.fixture(scope="module")
def reviewed(today: School) -> Json:
    """The review of that school at 10:30."""
    return review(today)


@pytest.mark.parametrize("pupil", ids_of(TODAY), ids=named(TODAY))
def test_every_absent_child_is_shown_with_what_is_met_and_owed(pupil: str, reviewed: Json) -> None:
    *_, met, owed = TODAY.rows[ids_of(TODAY).index(pupil)]
    shown = by_pupil(reviewed).get(pupil)
    if shown is None:
        assert (met, owed) == ("not shown", "not shown")
        return
    words = {d["duty"]: f"{d['duty']} by {d['due'][11:16]}" for d in shown["duties"]}
    done = {d["duty"]: bool(d["done"]) for d in shown["duties"]}
    assert ", ".join(sorted(words[duty] for duty in words if done[duty])) == met
    assert ", ".join(sorted(words[duty] for duty in words if not done[duty])) == owed


def test_the_highest_rating_is_shown_first(reviewed: Json) -> None:
    shown = [pupil["rating"] for pupil in reviewed["pupils"]]
    assert shown == sorted(shown, key=("RED", "AMBER", "GREEN").index)
    assert set(shown) == {"RED", "AMBER", "GREEN"}


@pytest.mark.parametrize(("at", "overdue"), [("10:30", False), ("11:45", False), ("11:46", True)])
def test_faces_to_face_are_outstanding_until_a_quarter_to_twelve(at: str, overdue: bool, today: School) -> None:
    page = text_of(today, "review", at=at)
    title, _, rest = page.partition("Face to face still to be made today")
    visits = rest.split("\n\n")[0]
    named = [line.split()[0] for line in visits.splitlines() if line.startswith("P0")]
    assert (title != page, named) == (True, ["P00", "P01", "P03", "P04", "P05"])
    assert ("OVERDUE" in visits) is overdue


def test_proposals_and_strategies_are_on_the_table(tmp_path: Path) -> None:
    words = {"P1": "social-worker until 2026-11-23", "P2": "", "P3": ""}
    school = School(tmp_path / "school")
    school.drop("roll.csv", plain_roll(words))
    school.drop("flags.csv", flags(words))
    assert school.type("ingest", at="2026-11-23T08:50").exit_code == 0
    school.drop("register.csv", register([(pupil, "N") for pupil in words]))
    school.take_in(at="08:50")
    notes = (("strategy", "breakfast club"), ("strategy", "a card for each day"), ("impact", "two days more"))
    for kind, text in notes:
        school.say("note", "P2", "--text", text, "--kind", kind, at="09:00")
    found = by_pupil(review(school))
    assert "GREEN" in found["P1"]["proposal"]
    assert found["P2"]["proposal"] is None
    assert "a card for each day" in found["P2"]["strategy"]
    assert "two days more" in found["P2"]["impact"]
    assert (found["P3"]["strategy"], found["P3"]["impact"]) == (None, None)
    page = text_of(school, "review")
    assert all(text in page for text in ("a card for each day", "two days more", found["P1"]["proposal"]))


def _shown(school: School, day: str) -> str:
    found = review(school, at=f"{day}T10:30", day=day)
    places = {"decided today": found["decided_today"], "carried": found["decided_before"]}
    return ", ".join(name for name, decisions in places.items() if decisions) or "not shown"


@pytest.mark.parametrize("row", CARRIED.rows, ids=named(CARRIED))
def test_a_decision_is_carried_to_the_next_school_day(row: tuple[str, ...], tmp_path: Path) -> None:
    decided, shut, asked = (cell.partition(" ")[2] for cell in row[:3])
    school = School(tmp_path / "school", calendar=CLOSED_FRIDAY)
    school.drop("roll.csv", plain_roll(["P1"]))
    assert school.type("ingest", at="2026-11-19T08:50").exit_code == 0
    day, _, why = shut.partition(", ")
    if why and why != "INSET":
        school.say("close", "--day", day, "--why", why, at=f"{day}T07:30")
    written = ("review", "P1", "--decision", "visit at 14:00", "--day", decided)
    school.say(*written, at=f"{max(decided, asked) if asked < decided else decided}T10:30")
    assert _shown(school, asked) == row[3]


def test_beside_a_decision_stands_what_happened_to_that_child_since(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", plain_roll(["P1", "P2"]))
    assert school.type("ingest", at="2026-11-20T08:50").exit_code == 0
    school.say("note", "P1", "--text", "before", at="2026-11-20T09:00")
    school.say("review", "P1", "--decision", "see the family", at="2026-11-20T10:30")
    school.say("review", "P2", "--decision", "ring again", at="2026-11-20T10:31")
    school.say("seen", "P1", "--how", "home", "--with-parent", at="2026-11-20T14:00")
    school.say("withdraw", "last", "--why", "the wrong child", at="2026-11-20T14:05")
    school.say("seen", "P1", "--how", "video", "--with-parent", at="2026-11-23T09:00")
    found = review(school, at="2026-11-23T10:30", day="2026-11-23")
    decisions = {d["pupil_id"]: d for d in found["decided_before"]}
    assert [(d["decision"], d["day"]) for d in decisions.values()] == [
        ("see the family", "2026-11-20"),
        ("ring again", "2026-11-20"),
    ]
    assert ["video" in since for since in decisions["P1"]["since"]] == [True]
    assert decisions["P2"]["since"] == []
    assert "A. Officer" in decisions["P1"]["by"]


def test_the_report_of_that_name_is_the_same_page(today: School) -> None:
    for words in ((), ("--format", "json")):
        assert text_of(today, "report", "rag-review", *words) == text_of(today, "review", *words)
    assert "FOR SAFEGUARDING" in text_of(today, "review").split("\n\n")[1]
