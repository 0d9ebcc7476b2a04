"""Settings that are not valid: file, key, what was found, what was expected; exit 21, and the store as it was."""

from pathlib import Path

import pytest

from builders import CALENDAR, POLICY, dump, process, reconcile, run

WRONG_POLICIES = {  # the policy, and what the sentence must name
    "broken": ("[school\n", ("policy.toml", "TOML")),
    "an unknown table": (POLICY + "[tuckshop]\nopen = true\n", ("policy.toml", "tuckshop")),
    "an unknown key": (POLICY + '[morning]\nregister_in_by = "09:15"\n', ("policy.toml", "morning.register_in_by")),
    "text for a number": (POLICY + '[calling]\nrounds = "two"\n', ("calling.rounds", "two", "whole number")),
    "a number for a time": (POLICY + "[morning]\nregisters_in_by = 9\n", ("morning.registers_in_by", "9", "time")),
    "yes for a number": (POLICY + "[calling]\nrounds = true\n", ("calling.rounds", "True", "whole number")),
    "an impossible time": (
        POLICY + '[morning]\nregisters_in_by = "25:00"\n',
        ("morning.registers_in_by", "25:00", "time"),
    ),
    "a negative number": (POLICY + "[sickness]\nrecovery_hours = -1\n", ("sickness.recovery_hours", "-1", "negative")),
    "text for a list": (POLICY + '[codes]\nexplain_alone = "C"\n', ("codes.explain_alone", "C", "list")),
    "text for yes or no": (
        POLICY + '[messages]\nknown_sender_explains = "maybe"\n',
        ("messages.known_sender_explains", "maybe", "true"),
    ),
    "N explains": (POLICY + '[codes]\nexplain_alone = ["N"]\n', ("codes.explain_alone", "N", "code")),
    "an off-site code explains": (
        POLICY + '[codes]\nexplain_with_comment = ["B"]\n',
        ("explain_with_comment", "B", "code"),
    ),
    "no such code": (POLICY + '[codes]\nexplain_alone = ["QQ"]\n', ("codes.explain_alone", "QQ", "code")),
    "no such rating": (
        POLICY + '[rag]\nrules = [{ flag = "x", rating = "purple", because = "y" }]\n',
        ("rag.rules.1.rating", "PURPLE", "RED"),
    ),
    "a blank that is not known": (
        POLICY + '[wording]\ncard = "Dear {parent}"\n',
        ("wording.card", "{parent}", "{child}"),
    ),
    "a blank mistyped": (
        POLICY + '[wording]\ntext_unexplained = "{chlid} is absent"\n',
        ("wording.text_unexplained", "{chlid}", "{school}, {phone} and {child}"),
    ),
    "a blank without a name": (POLICY + '[wording]\ncard = "Ring {}"\n', ("wording.card", "{}", "{phone}")),
    "more in a blank than its name": (
        POLICY + '[wording]\ntext_explained = "{child:d} is absent"\n',
        ("wording.text_explained", "{child:d}", "{child}"),
    ),
    "a blank left open": (POLICY + '[wording]\ncard = "Ring {phone"\n', ("wording.card", "unfinished", "closed")),
    "no name": ('[school]\nphone = "01632 960100"\n', ("school.name", "found nothing")),
    "an empty name": ('[school]\nname = " "\n', ("school.name", "empty")),
    "not utf-8": ('[school]\nname = "Sch\udce9"\n', ("policy.toml", "UTF-8")),
}
TERM = '[[terms]]\nname = "Autumn"\nfirst = "2026-09-02"\nlast = "2026-12-18"\n'
WRONG_CALENDARS = {
    "broken": ("[[terms]\n", ("calendar.toml", "TOML")),
    "no terms": ("", ("calendar.toml", "terms")),
    "an unknown key": (TERM + 'half = "x"\n', ("calendar.toml", "terms.1.half")),
    "no such day": (TERM.replace("2026-12-18", "2026-12-32"), ("terms.1.last", "2026-12-32", "day")),
    "ends before it begins": (TERM.replace("2026-12-18", "2026-01-18"), ("terms.1.last", "2026-01-18")),
    "an unknown session": (
        TERM + '[[closures]]\nfirst = "2026-11-27"\nlast = "2026-11-27"\nwhy = "INSET"\nsessions = ["noon"]\n',
        ("closures.1.sessions", "noon", "AM"),
    ),
    "does not cover today": (
        TERM.replace("2026-12-18", "2026-10-23"),
        ("calendar.toml", "23 Nov 2026", "[[terms]]"),
    ),
}


def refused(school: Path, *words: str) -> str:
    before = dump(school)
    ended = run(school, *words)
    assert ended.code == 21
    assert ended.out == ""
    assert ended.err.startswith("firstday: ")
    assert ended.err.count("\n") == 1
    assert dump(school) == before
    return ended.err


@pytest.mark.parametrize("case", WRONG_POLICIES)
def test_a_wrong_policy_names_file_key_found_and_expected(school: Path, case: str) -> None:
    reconcile(school)
    text, words = WRONG_POLICIES[case]
    (school / "policy.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    sentence = refused(school, "reconcile")
    assert all(word in sentence for word in ("policy.toml", *words)), sentence


@pytest.mark.parametrize("case", WRONG_CALENDARS)
def test_a_wrong_calendar_names_file_key_found_and_expected(school: Path, case: str) -> None:
    reconcile(school)
    text, words = WRONG_CALENDARS[case]
    (school / "calendar.toml").write_text(text, encoding="utf-8")
    sentence = refused(school, "reconcile")
    assert all(word in sentence for word in ("calendar.toml", *words)), sentence


COMMANDS = ("ingest", "registers", "reconcile", "messages", "verify")


@pytest.mark.parametrize("gone", ["policy.toml", "calendar.toml"])
@pytest.mark.parametrize("command", COMMANDS)
def test_without_settings_each_command_says_what_to_do(school: Path, command: str, gone: str) -> None:
    reconcile(school)
    (school / gone).unlink()
    sentence = refused(school, command)
    assert gone in sentence
    assert "firstday init" in sentence or "--school" in sentence


@pytest.mark.parametrize("day", ["2026-09-01", "2026-04-10", "2026-12-19", "2027-01-05", "1999-01-01"])
def test_a_day_before_the_first_term_or_after_the_last_is_an_error_and_no_holiday(school: Path, day: str) -> None:
    reconcile(school)
    if day == "2026-09-01":
        (school / "calendar.toml").write_text(TERM, encoding="utf-8")
    assert "calendar.toml" in refused(school, "reconcile", "--day", day)


@pytest.mark.parametrize("day", ["2026-08-12", "2026-11-27", "2026-11-28"])
def test_a_holiday_a_closure_and_a_weekend_expect_nobody(school: Path, day: str) -> None:
    found = reconcile(school, "--day", day, now=f"{day}T09:20")
    assert found["counts"]["not_expected"] == 3
    assert found["missing_registers"] == []


def test_a_school_that_is_not_there_is_told(tmp_path: Path) -> None:
    ended = run(tmp_path / "nowhere", "reconcile")
    assert (ended.code, "policy.toml" in ended.err) == (21, True)
    assert not (tmp_path / "nowhere").exists()


def test_no_school_above_the_current_folder_is_told(tmp_path: Path) -> None:
    ended = process(None, "reconcile", cwd=tmp_path)
    assert (ended.code, "firstday init" in ended.err) == (21, True)


def test_with_json_asked_for_the_error_is_json_with_its_place(school: Path) -> None:
    (school / "policy.toml").write_text("[school\n", encoding="utf-8")
    ended = run(school, "reconcile", "--format", "json")
    assert (ended.code, ended.out) == (21, "")
    assert ended.error["code"] == 21
    assert ended.error["where"] == "policy.toml"
    assert "TOML" in ended.error["message"]


def test_exit_zero_hides_no_error(school: Path) -> None:
    (school / "policy.toml").write_text("[school\n", encoding="utf-8")
    assert run(school, "reconcile", "--exit-zero").code == 21


@pytest.mark.parametrize("command", ["check", "explain", "listen", "match"])
def test_nothing_is_written_for_a_day_that_the_calendar_does_not_cover(school: Path, command: str) -> None:
    reconcile(school)
    words = {
        "check": ("check", "P001", "--found"),
        "explain": ("explain", "P001", "--told-by", "a", "--reason", "b", "--child-with", "c"),
        "listen": ("listen", "--pupil", "P001", "--told-by", "a", "--reason", "b"),
        "match": ("match", "M1", "P001"),
    }[command]
    before = dump(school)
    ended = run(school, *words, "--day", "2027-06-01", "--by", "A. Officer")
    assert ended.code in (2, 21)
    assert dump(school) == before


def test_the_calendar_of_a_starter_school_is_valid(tmp_path: Path) -> None:
    assert run(None, "init", str(tmp_path / "new")).code == 0
    assert run(tmp_path / "new", "registers").code == 12
    assert CALENDAR
