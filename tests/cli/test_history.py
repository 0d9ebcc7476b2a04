"""`report history`: everything that is known of one child, in order, with who, when and what was taken back."""

from pathlib import Path
from typing import Any

import pytest

from builders import DAY, POLICY, a_register, a_roll, a_school, drop, lines, reconcile, run
from calling import Child, called, mobile, rung
from escalating import LEAD, OFFICER, VISITOR, at, facts, go, page, planted

NOW = "12:00"
HEAD = ("--authorised-by", "H. Head")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with one child of whom everything was planted."""
    return planted(tmp_path_factory.mktemp("planted"))


def _history(school: Path, *words: str, now: str = NOW) -> Any:
    return facts(school, "history", *words, now=now)


def test_every_entry_stands_there_in_order_with_who_when_and_its_id(told: Path) -> None:
    log = _history(told, "P1")["log"]
    assert [line["at"][11:16] for line in log] == sorted(line["at"][11:16] for line in log)
    assert {line["kind"] for line in log} == {
        "in-school-checked", "call-made", "enquiry-made", "note-made", "agency-informed", "visit-made",
        "decision-made", "referral-made", "referral-answered", "review-decided",
    }  # fmt: skip
    assert all(line["by"] and line["entry"].startswith("E") and line["what"] for line in log)
    words = page(told, "history", "P1", now=NOW)
    for planted_word in ("note", "callnote", "who", "informed", "visitnote", "harm", "answer", "decision", "review"):
        assert f"PLANT{planted_word}" in words
    assert all(line["entry"] in words for line in log)


def test_the_page_is_for_safeguarding_and_its_title_names_nobody(told: Path) -> None:
    words = page(told, "history", "P1", now=NOW)
    title, _, below = words.partition("\n")
    assert "history of P1" in title and "Brennan" not in title
    assert "! FOR SAFEGUARDING" in below
    assert "Ivy Brennan" in below
    assert mobile(2) not in words, "nobody is rung who is not to be contacted"


def test_what_was_taken_back_is_shown_as_that_with_the_reason(told: Path, tmp_path: Path) -> None:
    school = planted(tmp_path)
    note = next(line for line in _history(school, "P1")["log"] if line["kind"] == "note-made")
    go(school, "withdraw", note["entry"], "--why", "another child", *OFFICER, now="11:50")
    now = next(line for line in _history(school, "P1")["log"] if line["entry"] == note["entry"])
    assert now["taken_back"]["why"] == "another child" and now["taken_back"]["by"] == "A. Officer"
    assert now["what"].startswith("TAKEN BACK by A. Officer, 23/11/2026 11:50 (E")
    assert now["what"].endswith(f"another child. It said: {note['what']}")
    assert len(_history(school, "P1")["log"]) == len(_history(told, "P1")["log"])


def test_the_case_and_the_next_steps_are_those_of_now(told: Path) -> None:
    found = _history(told, "P1")
    assert found["case"] == {"began": DAY, "session": "AM"}
    escalated = run(told, "escalate", "--format", "json", now=at(NOW)).json["steps"]
    assert [s["step"] for s in found["steps"]] == [s["step"] for s in escalated if s["pupil_id"] == "P1"]


WEEK = {"2026-11-16": "/", "2026-11-17": "I", "2026-11-18": "I", "2026-11-19": "/", "2026-11-20": "U"}


@pytest.fixture
def weeks(tmp_path: Path) -> Path:
    """A child who was ill for two days, told of on the first alone, and is marked N today."""
    files = {f"{day}-{half}.csv": a_register(f"P1,{mark}", day=day, session=half)
             for day, mark in WEEK.items() for half in ("AM", "PM")}  # fmt: skip
    files["messages.csv"] = lines(
        "message_id,received_at,channel,sender_name,pupil_id,text",
        "M1,2026-11-17T08:05:00,email,Jo Fell,P1,Ivy has a bad cough",
        "M2,2026-11-17T08:06:00,email,Cy Ward,P2,Tom has a bad cough",
    )
    return rung(tmp_path, [Child("P1", contacts=(("Jo Fell", mobile(1)),)), Child("P2", "Tom", mark="/")], files=files)


def test_marks_stand_by_week_session_by_session(weeks: Path) -> None:
    found = _history(weeks, "P1")["weeks"]
    marks = {(m["day"], m["session"]): m["mark"] for week in found for m in week["marks"]}
    assert {day: marks[day, "PM"] for day in WEEK} == WEEK
    assert marks[DAY, "AM"] == "N" and (DAY, "PM") not in marks
    assert marks["2026-09-02", "AM"] == "?", "a session that the school held, and nobody marked"
    grid = page(weeks, "history", "P1", now=NOW)
    assert next(row.split() for row in grid.splitlines() if row.startswith("Mon 16 Nov 2026 "))[4:] == [
        "/", "/", "I", "I", "I", "I", "/", "/", "U", "U",
    ]  # fmt: skip


def test_a_half_term_and_an_inset_day_are_no_school(weeks: Path) -> None:
    drop(weeks, {"next.csv": a_register("P1,/", day="2026-11-30")})
    reconcile(weeks, now="2026-11-30T09:20")
    row = next(r for r in page(weeks, "history", "P1", now="2026-11-30T12:00").splitlines() if "Mon 23 Nov" in r[:12])
    assert row.split()[-2:] == [".", "."], "27 November is an INSET day"


def test_each_spell_says_what_was_told_and_by_whom(weeks: Path) -> None:
    first, last = _history(weeks, "P1")["spells"]
    assert (first["first"], first["last"], first["sessions"], first["open"]) == ("2026-11-17", "2026-11-18", 4, False)
    assert first["marks"] == {"I": 4}
    assert [(t["sessions"], t["what"]) for t in first["told"]] == [
        (2, "message M1 (messages.csv, row 2): “Ivy has a bad cough”"),
        (1, "no explanation is kept: marked I (2026-11-18-AM.csv, row 2)"),
        (1, "no explanation is kept: marked I (2026-11-18-PM.csv, row 2)"),
    ]
    assert (last["first"], last["open"], last["at_least"]) == (DAY, True, False)


def test_an_explanation_given_later_is_told_with_its_reason_and_who(weeks: Path) -> None:
    said = ("--told-by", "mother", "--reason", "a broken arm", "--child-with", "mother, at home", "--until", DAY)
    go(weeks, "explain", "P1", *said, *OFFICER, now="09:40")
    last = _history(weeks, "P1")["spells"][-1]
    assert len(last["told"]) == 1
    assert last["told"][0]["what"].startswith("told by mother to A. Officer (E")
    assert last["told"][0]["what"].endswith("): a broken arm")


def test_messages_are_the_child_s_own_and_those_a_person_decided(weeks: Path) -> None:
    assert [(m["message_id"], m["from"], m["text"]) for m in _history(weeks, "P1")["messages"]] == [
        ("M1", "Jo Fell", "Ivy has a bad cough")
    ]
    late = lines("message_id,received_at,text", f"M9,{DAY}T08:10:00,both are ill")
    drop(weeks, {"more.csv": late})
    reconcile(weeks)
    go(weeks, "match", "M9", "P1", "P2", *OFFICER, now="09:50")
    found = _history(weeks, "P1")
    assert found["messages"][-1]["message_id"] == "M9"
    assert found["messages"][-1]["because"].startswith("decided by A. Officer at 09:50")
    assert [line["kind"] for line in found["log"]] == ["message-matched"]
    entry = found["log"][0]["entry"]
    go(weeks, "withdraw", entry, "--why", "other twins", *OFFICER, now="09:55")
    found = _history(weeks, "P1")
    assert [m["message_id"] for m in found["messages"]] == ["M1"]
    assert found["log"][0]["taken_back"]["why"] == "other twins"


def test_sessions_are_counted_for_the_year_and_for_the_days_asked_for(weeks: Path) -> None:
    year = {"possible": 11, "attended": 4, "authorised": 4, "unauthorised": 3}
    assert _history(weeks, "P1")["sessions"]["this_year"] == year
    asked = _history(weeks, "P1", "--from", "2026-11-17", "--to", "2026-11-18")
    assert asked["sessions"]["these_days"] == {"possible": 4, "attended": 0, "authorised": 4, "unauthorised": 0}
    assert [week["week_of"] for week in asked["weeks"]] == ["2026-11-16"]
    assert len(asked["spells"]) == 1 and asked["log"] == []
    words = page(weeks, "history", "P1", now=NOW)
    assert "36.4%" in words and "63.6%" in words


def test_last_year_counts_where_it_is_kept(tmp_path: Path) -> None:
    files = {"old.csv": a_register("P1,I", day="2026-05-11"), "older.csv": a_register("P1,/", day="2026-05-12")}
    school = rung(tmp_path, [Child("P1")], files=files)
    found = _history(school, "P1")
    assert found["sessions"]["last_year"] == {"possible": 2, "attended": 1, "authorised": 1, "unauthorised": 0}
    assert len(found["spells"]) == 1, "of this year alone, unless other days are asked for"
    older = _history(school, "P1", "--from", "2026-04-13", "--to", "2026-07-21")
    assert [spell["first"] for spell in older["spells"]] == ["2026-05-11"]
    assert "reach back to" in page(school, "history", "P1", "--from", "2025-01-01", now=NOW)


def test_ratings_that_people_gave_stand_with_who_authorised_them(tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1", flags=("social-worker",))])
    go(school, "rate", "P1", "AMBER", "--why", "case closed", *HEAD, *LEAD, now="09:40")
    go(school, "assess", "P1", "--on", DAY, "--review", "2026-12-01", "--ref", "folder 7", *LEAD, now="09:45")
    found = _history(school, "P1")
    assert (found["rating"], found["authorised_by"]) == ("AMBER", "H. Head")
    assert [line["kind"] for line in found["log"] if line["entry"] in found["judged"]] == [
        "rating-changed",
        "risk-assessed",
    ]
    words = page(school, "history", "P1", now=NOW)
    assert "rated AMBER, before RED: case closed" in words and "H. Head" in words and "folder 7" in words


def test_who_saw_the_child_and_whether_it_was_face_to_face(tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1", contacts=(("Jo Fell", mobile(1)),))])
    go(school, "seen", "P1", "--how", "video", "--with-parent", *LEAD, now="10:00")
    go(school, "visit", "P1", "--outcome", "child-seen", "--with-parent", *VISITOR, now="11:00")
    go(school, "seen", "P1", "--how", "home", "--without-parent", *VISITOR, now="11:30")
    found = _history(school, "P1")["sightings"]
    assert [(s["how"], s["with_parent"], s["face_to_face"], s["by"]) for s in found] == [
        ("video", True, False, "D. Lead"), ("home", True, True, "B. Visitor"), ("home", False, False, "B. Visitor"),
    ]  # fmt: skip


def test_a_child_of_whom_nothing_is_known_has_a_page(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll()}, policy=POLICY)
    reconcile(school)
    found = _history(school, "P002")
    assert found["spells"] == [] and found["log"] == [] and found["messages"] == []
    assert found["last_seen"] is None
    assert found["sessions"]["this_year"]["possible"] == 0
    assert "Tom Okafor" in page(school, "history", "Okafor", now=NOW)


def test_a_child_whom_the_newest_roll_leaves_out_has_one(tmp_path: Path) -> None:
    others = [Child(f"P{n}", f"Tom{n}", mark="/") for n in range(2, 6)]
    school = rung(tmp_path, [Child("P1", contacts=(("Jo Fell", mobile(1)),)), *others])
    called(school, "P1", 1, "no-answer", now=at("09:30"))
    drop(
        school,
        {"roll2.csv": lines("pupil_id,forename,surname,group", *(f"P{n},Tom{n},Brennan,4B" for n in range(2, 6)))},
    )
    reconcile(school, now=at("11:50"))
    found = _history(school, "P1")
    assert found["left_out_of_roll"] and found["name"] == "Ivy Brennan"
    assert [line["kind"] for line in found["log"]] == ["call-made"]
    assert found["case"] and found["steps"]
    assert "LEFT OUT OF THE NEWEST ROLL" in page(school, "history", "P1", now=NOW)


@pytest.mark.parametrize("mark", ["Q9", "-", "."])
def test_a_mark_that_nobody_can_use_is_shown_as_that(tmp_path: Path, mark: str) -> None:
    school = rung(tmp_path, [Child("P1", mark=mark)])
    found = _history(school, "P1")
    assert found["weeks"][-1]["marks"][-1] == {"day": DAY, "session": "AM", "mark": "?"}
    assert found["spells"] == [], "a spell holds only what is known"


def test_a_hundred_and_fifty_entries_are_all_there(tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1", contacts=(("Jo Fell", mobile(1)),))])
    for n in range(150):
        called(school, "P1", 1, "no-answer", "--note", f"call {n}", now=f"{DAY}T{10 + n // 60:02d}:{n % 60:02d}")
    log = _history(school, "P1", now="18:00")["log"]
    assert [line["what"].rpartition("call ")[2] for line in log] == [str(n) for n in range(150)]


def test_what_is_mistyped_is_refused_with_what_to_type(told: Path) -> None:
    for words, expected in (
        ((), "firstday report history PUPIL"),
        (("Nobody",), "no pupil"),
        (("P1", "--from", "2026-11-20", "--to", "2026-11-19"), "expected a day from Fri 20 Nov 2026 on"),
        (("P1", "--to", "police"), "YYYY-MM-DD"),
    ):
        ended = run(told, "report", "history", *words, now=at(NOW))
        assert (ended.code, ended.out) == (2, ""), words
        assert expected in ended.err


def test_nothing_of_later_is_known_at_an_earlier_moment(told: Path) -> None:
    early = _history(told, "P1", now="10:06")
    assert {line["kind"] for line in early["log"]} == {"in-school-checked", "call-made"}
    assert early["as_of"] == "2026-11-23T10:06:00+00:00"
