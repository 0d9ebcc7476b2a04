"""A moment past is shown again as it was known then: nothing is taken in, numbered or written, whatever came since."""

from pathlib import Path

import pytest

from builders import DAY, POLICY, a_register, a_roll, a_school, asked, drop, dump, ids, lines, reconcile, run

EARLY, NOW, LATER, NEXT_DAY = f"{DAY}T09:10", f"{DAY}T09:20", f"{DAY}T09:50", "2026-11-24T09:20"
BY = ("--by", "A. Officer")
ALWAYS = '[[terms]]\nname = "Always"\nfirst = "2020-01-01"\nlast = "2099-12-31"\n'
STRANGE = b"PK\x03\x04 no workbook"


@pytest.fixture
def past(school: Path) -> Path:
    """A school whose list was made at 09:20; by the next day more had come and been written down."""
    run(school, "reconcile", now=NOW)
    run(school, "note", "P001", "--text", "rang twice", *BY, now=NEXT_DAY)
    return school


def test_nothing_is_taken_in_and_the_inbox_is_counted_on_standard_error(past: Path) -> None:
    drop(past, {"again.csv": a_register("P001,/", "P002,/", "P003,/"), "roll-2.csv": a_roll("P009,Ada,Ward,4B")})
    before = dump(past)
    for command in ("reconcile", "escalate"):
        ended = run(past, command, now=LATER)
        assert "A replay of what was known on Mon 23 Nov 2026 09:50: nothing was taken in (2 files wait in" in ended.err
    assert ids(reconcile(past, now=LATER)) == ["P001"]
    assert dump(past) == before


def test_a_moment_after_all_that_was_written_is_no_replay(past: Path) -> None:
    drop(past, {"again.csv": a_register("P001,/", "P002,/", "P003,/")})
    ended = run(past, "reconcile", now="2026-11-24T09:30")
    assert "replay" not in ended.err and "again.csv" in ended.err


def test_what_is_asked_for_explicitly_goes_on_in_the_past(past: Path) -> None:
    assert run(past, "note", "P001", "--text", "came later", *BY, now=LATER).code == 0
    drop(past, {"again.csv": a_register("P001,/", "P002,/", "P003,/")})
    assert run(past, "ingest", now=LATER).code == 0
    assert ids(reconcile(past, now=LATER)) == []


def test_the_present_inbox_is_no_warning_on_a_page_of_the_past(past: Path) -> None:
    drop(past, {"again.csv": a_register("P001,/", "P002,/", "P003,/")})
    assert "NOT TAKEN IN" in run(past, "report", "unexplained", now=NEXT_DAY).out
    assert "NOT TAKEN IN" not in run(past, "report", "unexplained", now=LATER).out


def test_a_file_that_could_not_be_read_makes_its_own_moments_provisional_and_no_others(school: Path) -> None:
    first = run(school, "reconcile", now=EARLY)
    drop(school, {"broken.xlsx": STRANGE})
    told = [run(school, *words, now=NOW) for words in (("reconcile",), ("report", "unexplained"), ("escalate",))]
    assert "broken.xlsx could not be read" in told[0].out and told[0].code == 20
    (school / "inbox" / "broken.xlsx").unlink()
    mended = run(school, "reconcile", now=LATER)
    run(school, "note", "P001", "--text", "x", *BY, now=NEXT_DAY)
    again = [run(school, *words, now=NOW) for words in (("reconcile",), ("report", "unexplained"), ("escalate",))]
    assert [(a.out, a.code) for a in again] == [(t.out, t.code) for t in told]
    assert "NOT TAKEN IN: broken.xlsx" in again[1].out
    for before, now in ((first, EARLY), (mended, LATER)):
        assert run(school, "reconcile", now=now).out == before.out
    assert asked(school, "select count(*) from entry where kind = 'files-unread'") == [(2,)]
    assert run(school, "verify").code == 0


def test_the_settings_are_those_of_then_and_that_is_said(school: Path) -> None:
    run(school, "reconcile", now=EARLY)
    policy = POLICY + '\n[morning]\nvisits_by = "11:59"\n'
    (school / "policy.toml").write_text(policy, encoding="utf-8")
    late = run(school, "escalate", now=NOW)
    (school / "policy.toml").write_text(POLICY, encoding="utf-8")
    run(school, "note", "P001", "--text", "x", *BY, now=NEXT_DAY)
    again = run(school, "escalate", now=NOW)
    assert (again.out, "11:59" in again.out) == (late.out, True)
    assert "The settings have changed since: it is judged by those of then." in again.err
    assert "settings" not in run(school, "escalate", now=EARLY).err


def test_settings_of_then_are_read_though_todays_are_broken(past: Path) -> None:
    (past / "policy.toml").write_text("[school]\n", encoding="utf-8")
    assert ids(reconcile(past, now=LATER)) == ["P001"]
    assert run(past, "reconcile", now=NEXT_DAY).code == 21


def test_before_any_settings_were_kept_todays_are_used_and_that_is_said(past: Path) -> None:
    assert "No settings were kept by then: it is judged by today's." in run(past, "rag", now="2026-11-22T09:00").err


def test_a_sheet_keeps_its_number_and_one_never_made_has_none(school: Path) -> None:
    run(school, "reconcile", now=EARLY)
    first = run(school, "report", "call-sheet", now=NOW).out
    run(school, "call", "P001", "--contact", "1", "--outcome", "no-answer", *BY, now=f"{DAY}T09:30")
    run(school, "note", "P001", "--text", "x", *BY, now=f"{DAY}T09:31")
    run(school, "check", "P001", "--found", *BY, now=f"{DAY}T09:40")
    run(school, "report", "call-sheet", now=LATER)
    before = dump(school)
    assert run(school, "report", "call-sheet", now=NOW).out == first
    never = run(school, "report", "call-sheet", now=EARLY)
    assert "Not numbered: a replay." in never.out
    facts = run(school, "report", "call-sheet", "--format", "json", now=EARLY).json
    assert (facts["sheet"], facts["replaces"]) == (None, None)
    assert dump(school) == before


def test_a_page_of_the_past_takes_no_place_of_todays_among_the_sheets(past: Path) -> None:
    run(past, "report", "unexplained", "--open", now=NEXT_DAY)
    ended = run(past, "report", "unexplained", "--open", now=LATER)
    assert "as-of-0950" in ended.err


def test_as_of_is_a_replay_that_says_so(past: Path) -> None:
    ended = run(past, "report", "unexplained", "--as-of", NOW, now="")
    assert ended.code == 0, ended.err
    assert "AS OF 09:20 on Mon 23 Nov 2026: what was known then, and nothing that came later." in ended.out
    found = run(past, "report", "unexplained", "--as-of", NOW, "--format", "json", now="").json
    assert found["as_of"] == "2026-11-23T09:20:00+00:00" and ids(found) == ["P001"]


def test_a_bare_time_is_of_the_day_said(past: Path) -> None:
    assert (
        "AS OF 09:41 on Mon 23 Nov" in run(past, "report", "call-sheet", "--as-of", "09:41", "--day", DAY, now="").out
    )


def test_as_of_writes_nothing_though_nothing_newer_is_there(tmp_path: Path) -> None:
    school = a_school(tmp_path, calendar=ALWAYS)
    run(school, "reconcile", now="2020-02-03T09:00")
    drop(school, {"new.csv": a_register()})
    before = dump(school)
    ended = run(school, "report", "call-sheet", "--as-of", "2020-02-03T09:00", now="")
    assert "Not numbered: a replay." in ended.out and "NOT TAKEN IN" not in ended.out, ended.err
    assert dump(school) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as-of", NOW, "--now", NOW), "say the moment once"), (("--as-of", "soon"), "found 'soon'"),
        (("--as-of", "2090-01-01T09:00"), "expected a moment up to now"),
    ],
)  # fmt: skip
def test_a_moment_that_cannot_be_is_refused(past: Path, words: tuple[str, ...], said: str) -> None:
    ended = run(past, "report", "unexplained", *words, now="")
    assert (ended.code, ended.out) == (2, "") and said in ended.err


def test_verify_finds_that_the_settings_of_a_day_are_gone(past: Path) -> None:
    import sqlite3
    from contextlib import closing

    from builders import STORE

    with closing(sqlite3.connect(past / STORE)) as db, db:
        db.execute("drop trigger content_is_not_deleted")
        (digest,) = db.execute(
            "select digest from content where digest not in (select digest from entry) "
            "and digest not in (select digest from part)"
        ).fetchone()
        db.execute("delete from content where digest = ?", (digest,))
    assert "the settings of a day are gone" in run(past, "verify").err


def test_the_same_settings_are_kept_once(school: Path) -> None:
    for minute in (20, 30, 40):
        mark = "/" if minute == 30 else "N"
        drop(school, {f"r{minute}.csv": lines("pupil_id,date,session,mark", f"P001,{DAY},AM,{mark}")})
        run(school, "reconcile", now=f"{DAY}T09:{minute}")
    run(school, "note", "P001", "--text", "x", *BY, now=LATER)
    assert asked(school, "select count(*) from entry where kind = 'settings-kept'") == [(0,)]


EVERYTHING = (
    ("reconcile",), ("reconcile", "--format", "json"), ("escalate", "--format", "json"), ("why", "P001"), ("rag",),
    ("report", "history", "P001"), ("report", "absence-days"), ("report", "statutory-alerts"), ("report", "analysis"),
)  # fmt: skip


def test_what_came_later_of_earlier_days_is_not_known_yet(tmp_path: Path) -> None:
    school = a_school(tmp_path)
    days = ("2026-11-18", "2026-11-19")
    drop(school, {f"h{day}.csv": a_register("P001,N", "P002,/", "P003,/", day=day) for day in days})
    run(school, "reconcile", now=EARLY)
    told = [run(school, *words, now=NOW).raw for words in EVERYTHING]
    friday = {f"f{half}.csv": a_register("P001,N", "P002,/", day="2026-11-20", session=half) for half in ("AM", "PM")}
    lates = {"lates.csv": lines("pupil_id,date,time_in", *(f"P001,{day},09:40" for day in days))}
    drop(school, {**friday, **lates})
    run(school, "reconcile", now=NEXT_DAY)
    assert run(school, "why", "P001", "--day", DAY, now=NEXT_DAY).raw != told[3]
    assert [run(school, *words, now=NOW).raw for words in EVERYTHING] == told
