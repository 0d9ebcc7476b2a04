"""The pack of one child: told to each body as far as it needs it, every field present, the whole story."""

from pathlib import Path
from typing import Any

import pytest

from builders import DAY, Result, a_register, drop, lines, reconcile, run
from calling import Child, called, mobile, rung
from escalating import LEAD, OFFICER, VISITOR, at, facts, flag_rows, go, page, planted, tried

NOW = "12:00"
BODIES = ("attendance-team", "social-care", "police")
TO_SAFEGUARDING = (  # what social care and the police are told, by the word planted in it
    "worker", "agency", "clinic", "where", "callnote", "asked", "known", "who", "abroad", "note", "informed",
    "visitnote", "harm", "reference", "answer", "decision", "review",
)  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with one child of whom everything was planted."""
    return planted(tmp_path_factory.mktemp("planted"))


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_the_attendance_team_learns_of_no_flag_no_agency_and_nothing_that_was_said(told: Path, form: str) -> None:
    words = page(told, "referral", "P1", "--to", "attendance-team", now=NOW, form=form)
    assert "Jo Fell" in words
    lower = words.casefold()
    assert [w for w in ("plant", "foster", "social", "suicide", "agency", "red", "harm") if w in _words(lower)] == []
    assert mobile(2) not in words


def _words(text: str) -> set[str]:
    """The words, and what they begin with where something was planted."""
    letters = "".join(letter if letter.isalpha() else " " for letter in text).split()
    return {("plant" if "plant" in word else word) for word in letters}


@pytest.mark.parametrize("body", ["social-care", "police"])
def test_from_social_care_and_the_police_nothing_is_kept(told: Path, body: str) -> None:
    words = page(told, "referral", "P1", "--to", body, now=NOW)
    assert [w for w in TO_SAFEGUARDING if f"PLANT{w}" not in words] == []
    assert mobile(2) not in words, "nobody is rung who is not to be contacted"
    assert "not to be contacted" in words
    assert "suicide-risk" in words


@pytest.mark.parametrize("body", ["social-care", "police"])
def test_the_childs_own_social_worker_comes_before_everything(told: Path, body: str) -> None:
    lines_ = [
        line for line in page(told, "referral", "P1", "--to", body, now=NOW).splitlines() if line.startswith("! ")
    ]
    assert lines_[0].startswith("! FOR SAFEGUARDING")
    assert lines_[1].startswith("! FIRST: to the child's own social worker: Wren PLANTworker, PLANTagency")
    assert mobile(9) in lines_[1]
    assert any("CONFIDENTIAL: by a secure route only" in line for line in lines_)
    assert any("999" in line for line in lines_)


@pytest.mark.parametrize("body", BODIES)
def test_no_field_is_blank(told: Path, body: str) -> None:
    found = facts(told, "referral", "P1", "--to", body, now=NOW)
    blank = [f["field"] for block in found["blocks"] for f in block["fields"] if not f["known"].strip()]
    blank += [key for row in (*found["contacts"], *found["siblings"]) for key, value in row.items() if not value]
    assert blank == []
    assert found["schema"] == "firstday/referral/1" and found["to"] == body


def test_the_police_get_their_twelve_questions_each_answered_or_not_known(told: Path) -> None:
    found = facts(told, "referral", "P1", "--to", "police", now=NOW)
    questions = _block(found, "The twelve questions")
    assert [q.split(".")[0] for q in questions] == [str(n) for n in range(1, 13)]
    by_number = dict(zip(range(1, 13), questions.values(), strict=True))
    assert by_number[3] == "calls: 5; texts: 0; looks in school: 1; home visits: 1"
    assert "suicide-risk" in by_number[7] and "PLANTharm" in by_number[8] and "PLANTagency" in by_number[10]
    assert "PLANTknown" in by_number[11] and "PLANTnote" in by_number[11]
    assert by_number[6] == "not known"


def _block(found: Any, title: str) -> dict[str, str]:
    block = next(b for b in found["blocks"] if b["block"] == title)
    return {field["field"]: field["known"] for field in block["fields"]}


def test_the_story_has_every_entry_in_its_order(told: Path) -> None:
    full = facts(told, "referral", "P1", "--to", "police", now=NOW)["chronology"]
    assert [h["at"][11:16] for h in full] == [
        "09:25", "09:30", "09:30", "10:00", "10:00", "10:05", "10:10", "10:12", "10:15", "11:00", "11:05", "11:10",
        "11:20", "11:30", "11:35",
    ]  # fmt: skip
    assert all(h["by"] and h["entry"] for h in full)
    team = [h["what"] for h in facts(told, "referral", "P1", "--to", "attendance-team", now=NOW)["chronology"]]
    assert team == [
        "looked for the child in school and did not find them, AM",
        "rang Jo Fell ([a professional]): no answer",
        "rang [a professional] ([a professional]): no answer",
        "rang Jo Fell ([a professional]): no answer",
        "rang [a professional] ([a professional]): no answer",
        "rang Jo Fell ([a professional]): would not speak to the school",
        "asked who knows the family",
        "went to the home, and nobody answered the door",
        "decided what comes next: ask the safeguarding lead",
        "decided: no immediate concern",
    ]


def test_the_school_s_own_numbers_are_on_the_page_or_said_to_be_not_set(told: Path, tmp_path: Path) -> None:
    assert "not set: see `firstday doctor`" in page(told, "referral", "P1", "--to", "social-care", now=NOW)
    policy = (
        f'phone = "{mobile(50)}"\nfront_door = "Front Door, {mobile(51)}"\nattendance_team = "Team, {mobile(52)}"\n'
    )
    school = rung(tmp_path, [Child("P1")], policy=f'{policy}out_of_hours = "Night Team, {mobile(53)}"\n')
    words = page(school, "referral", "P1", "--to", "social-care", now=NOW)
    assert f"Front Door, {mobile(51)}" in words and f"Night Team, {mobile(53)}" in words and mobile(50) in words
    assert f"Team, {mobile(52)}" in page(school, "referral", "P1", "--to", "attendance-team", now=NOW)


def _refused(school: Path, *words: str) -> Result:
    ended = run(school, "report", *words, now=at(NOW))
    assert ended.code == 2 and not ended.out
    return ended


def test_what_is_mistyped_is_refused_with_what_to_type(told: Path) -> None:
    assert "PUPIL" in _refused(told, "referral").err
    assert "attendance-team, social-care, police" in _refused(told, "referral", "P1", "--to", "council").err
    assert "attendance-team, social-care, police" in _refused(told, "referral", "P1", "--to", DAY).err
    assert "attendance-team, social-care, police" in _refused(told, "referral", "P2").err
    assert "YYYY-MM-DD" in _refused(told, "analysis", "--to", "police").err
    assert "one pupil" in _refused(told, "texts", "P1").err
    assert "--from" in _refused(told, "referral", "P1", "--to", "police", "--from", DAY).err
    assert "no pupil" in _refused(told, "referral", "Nobody", "--to", "police").err


def test_a_day_still_goes_where_other_reports_end(told: Path) -> None:
    assert run(told, "report", "analysis", "--from", DAY, "--to", DAY, now=at(NOW)).code == 0


@pytest.fixture
def silent(tmp_path: Path) -> Path:
    """One child of no flag, rung twice in vain and visited in vain."""
    school = rung(tmp_path, [Child("P1", contacts=(("Jo Fell", mobile(1)),))])
    tried(school, "P1")
    go(school, "visit", "P1", "--outcome", "no-answer", *VISITOR, now="11:00")
    return school


def _to(school: Path, now: str) -> str:
    return str(facts(school, "referral", "P1", now=now)["to"])


def test_left_out_the_body_is_the_one_asked_for_now(silent: Path) -> None:
    go(silent, "decide", "P1", "--no-immediate-concern", *LEAD, now="11:10")
    assert _to(silent, "11:15") == "attendance-team", "due today, while the wait is over tomorrow"
    go(silent, "refer", "P1", "--to", "attendance-team", *LEAD, now="11:20")
    assert _to(silent, "11:25") == "social-care"
    called(silent, "P1", 1, "does-not-know-where", now=at("11:30"))
    assert _to(silent, "11:35") == "police"


def test_a_danger_is_named_to_the_police_and_only_passed_on_for_the_team(silent: Path) -> None:
    called(silent, "P1", 1, "thought-in-school", now=at("11:30"))
    assert "thought that the child was in school" in page(silent, "referral", "P1", now=NOW)
    team = page(silent, "referral", "P1", "--to", "attendance-team", now=NOW)
    assert "thought that" not in team and "rang Jo Fell: passed to the safeguarding lead" in team


def test_what_is_taken_back_is_no_part_of_the_story(silent: Path) -> None:
    before = facts(silent, "referral", "P1", "--to", "police", now=NOW)["chronology"]
    go(silent, "withdraw", before[1]["entry"], "--why", "another child", *OFFICER, now="11:40")
    after = facts(silent, "referral", "P1", "--to", "police", now=NOW)["chronology"]
    assert after == [before[0], before[2]]


def test_a_child_without_a_case_can_be_referred_with_the_story_of_weeks(silent: Path) -> None:
    go(silent, "check", "P1", "--found", *OFFICER, now="11:40")
    found = facts(silent, "referral", "P1", "--to", "social-care", now=NOW)
    assert _block(found, "The absence")["No word since"] == "no case is open"
    assert [h["at"][11:16] for h in found["chronology"]] == ["09:30", "10:00", "11:00", "11:40"]


SIBLINGS = (
    Child("P1", household="H1", address="1 Elm Row", contacts=(("Jo Fell", mobile(1)),)),
    Child("P2", "Tom", household="h1", address="9 Oak Lane"),
    Child("P3", "Kit", address="1 elm row", contacts=(("Jo Fell", mobile(1)),)),
    Child("P4", "Far", address="2 Ash Way", contacts=(("Jo Fell", mobile(1)),), mark="/"),
    Child("P5", "Next Door", address="1 Elm Row", contacts=(("Cy Ward", mobile(2)),), mark="/"),
)


def test_siblings_are_of_one_household_or_of_one_first_number_and_address(tmp_path: Path) -> None:
    school = rung(tmp_path, SIBLINGS)
    found = facts(school, "referral", "P1", "--to", "police", now="09:30")
    assert [(s["pupil"], s["stands_today"]) for s in found["siblings"]] == [
        ("P2", "unexplained"),
        ("P3", "unexplained"),
    ]
    assert found["no_sibling_accounted_for"]
    assert "NO SIBLING is accounted for" in page(school, "referral", "P1", "--to", "attendance-team", now="09:30")
    go(school, "check", "P2", "--found", *OFFICER, now="09:31")
    found = facts(school, "referral", "P1", "--to", "police", now="09:35")
    assert not found["no_sibling_accounted_for"]
    assert found["siblings"][0]["stands_today"] == "in school"


def test_last_seen_is_the_last_of_marks_checks_and_visits(tmp_path: Path) -> None:
    days = ("2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20")
    marks = dict(zip(days, ("/", "I", "N", "N"), strict=True))
    files = {f"{day}.csv": a_register(f"P1,{mark}", day=day) for day, mark in marks.items()}
    school = rung(tmp_path, [Child("P1", contacts=(("Jo Fell", mobile(1)),))], files=files)
    absence = _block(facts(school, "referral", "P1", "--to", "police", now=NOW), "The absence")
    assert absence["Last seen"] == "Tue 17 Nov 2026 AM: marked / in the register"
    assert absence["Days since seen"] == "4 school days"
    assert absence["Sessions missed this year"] == "I 1; N 3"
    seen = ("seen", "P1", "--how", "home", "--without-parent", *VISITOR, "--at", "2026-11-20T15:00")
    go(school, *seen, "--day", "2026-11-20", now="11:00")
    absence = _block(facts(school, "referral", "P1", "--to", "police", now=NOW), "The absence")
    assert absence["Last seen"] == "Fri 20 Nov 2026 PM: seen at home by B. Visitor, no parent there"
    assert absence["Days since seen"] == "1 school day"


def test_a_case_of_an_earlier_day_tells_its_whole_story(silent: Path) -> None:
    later = "2026-11-24"
    drop(silent, {"next.csv": a_register("P1,N", day=later)})
    reconcile(silent, now=at("09:20", later))
    tried(silent, "P1", day=later)
    found = facts(silent, "referral", "P1", "--to", "social-care", now=at("11:00", later))
    assert len(found["chronology"]) == 5
    assert found["chronology"][0]["at"].startswith(DAY)
    assert _block(found, "The absence")["No word since"] == "Mon 23 Nov 2026 AM"


def test_a_child_whom_the_newest_roll_leaves_out_can_be_referred(silent: Path) -> None:
    drop(silent, {"roll2.csv": lines("pupil_id,forename,surname,group", "P9,Ann,Other,4B")})
    reconcile(silent, now=at("11:30"))
    assert "Ivy Brennan" in page(silent, "referral", "P1", "--to", "police", now=NOW)


def test_a_flag_without_a_professional_still_puts_the_social_worker_first(tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1")], files=flag_rows("P1,looked-after,,,,,"))
    words = page(school, "referral", "P1", "--to", "social-care", now=NOW)
    assert "! FIRST: to the child's own social worker: not known, not known, telephone not known" in words
