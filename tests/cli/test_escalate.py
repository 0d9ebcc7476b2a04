"""escalate: exit codes, what it shows to whom, what is new, what is refused and how to mend it."""

import json
from pathlib import Path
from typing import Any

import pytest

from builders import DAY, Result, a_register, a_roll, a_school, drop, dump, lines, reconcile, run

PUPILS = ("P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B", "P003,Zoë,Ward,5C")
PHONES = ("01632 960301", "01632 960302", "01632 960303")
CONTACTS = lines(
    "pupil_id,order,name,phone",
    *(f"P00{n},1,Sky Moss,{phone}" for n, phone in enumerate(PHONES, start=1)),
)
FLAGS = lines(
    "pupil_id,flag,since,until,professional_name,agency,professional_phone",
    "P002,social-worker,,,Rae Hill,Harbour Lane Team,01632 960999",
)
OFFICER, LEAD, VISITOR = ("--by", "A. Officer"), ("--by", "D. Safeguarding"), ("--by", "B. Visitor")
RUNG = ("call", "P001", "--contact", "1", "--outcome", "no-answer", *OFFICER)
VISIT = ("visit", "P001", "--outcome", "no-answer", *VISITOR)
DECIDE, REFER = ("decide", "P001"), ("refer", "P001", *OFFICER)
ENQUIRE = ("enquire", "P001", "--agency", "none", "--intelligence", "none", "--knows-family", "Mr Reed", *OFFICER)
ACKNOWLEDGE = ("acknowledge", "P001", "--from", "attendance-team", "--decision", "accepted", *OFFICER)
OUT = ("visit", "P001", "--out", "--staff", "B. Visitor", "--staff", "C. Visitor", "--back-by", "11:30", *VISITOR)
KEYS = {"pupil_id", "rating", "step", "round", "start", "due", "overdue", "because", "source"}


def at(time: str) -> str:
    """A time of the day."""
    return f"{DAY}T{time}"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """P001 and P002, who is RED, are marked N and P003 present; everything taken in, nothing written in it."""
    register = a_register("P001,N", "P002,N", "P003,/")
    files = {"roll.csv": a_roll(*PUPILS), "register.csv": register, "contacts.csv": CONTACTS, "flags.csv": FLAGS}
    school = a_school(tmp_path_factory.mktemp("kept"), files)
    reconcile(school)
    return school


def said(school: Path, *words: str, now: str = "09:20", code: int | None = None) -> Result:
    """What a command that must succeed said."""
    ended = run(school, *words, now=at(now))
    assert ended.code in (0, 10, 11, 12) if code is None else ended.code == code, ended.err
    return ended


def facts(school: Path, *words: str, now: str = "09:20") -> Any:
    """What `escalate` says as JSON."""
    return said(school, "escalate", "--format", "json", *words, now=now).json


@pytest.mark.parametrize("command", ["reconcile", "escalate"])
class TestExitCodes:
    """0 nothing is outstanding, 10 somebody must act, 11 now, 12 provisional; 11 wins over 12, 12 over 10."""

    def test_nothing_outstanding(self, command: str, tmp_path: Path) -> None:
        files = {"roll.csv": a_roll(*PUPILS), "register.csv": a_register("P001,/", "P002,/", "P003,/")}
        assert run(a_school(tmp_path, files), command).code == 0

    def test_somebody_must_act(self, command: str, kept: Path) -> None:
        assert run(kept, command).code == 10

    def test_what_is_overdue_is_to_be_done_now(self, command: str, kept: Path) -> None:
        assert run(kept, command, now=at("10:01")).code == 11

    @pytest.mark.parametrize(
        "words",
        [
            VISIT, (*DECIDE, "--harm", *LEAD), (*DECIDE, "--crime", *LEAD),
            (*RUNG[:5], "child-answered", *OFFICER), (*RUNG[:5], "thought-in-school", *OFFICER),
        ],
        ids=["a visit without the child", "harm", "a crime", "a child answered", "thought in school"],
    )  # fmt: skip
    def test_what_is_open_at_once_is_to_be_done_now(self, command: str, words: tuple[str, ...], morning: Path) -> None:
        said(morning, *words, now="09:30")
        assert run(morning, command, now=at("09:30")).code == 11

    def test_staff_who_are_not_back(self, command: str, morning: Path) -> None:
        for pupil in ("P001", "P002"):
            words = ("--told-by", "mother", "--reason", "a cold", "--child-with", "mother")
            said(morning, "explain", pupil, *words, *OFFICER, now="09:25")
        said(morning, *OUT[:-4], "--back-by", "09:40", *VISITOR, now="09:30")
        assert run(morning, command, now=at("09:35")).code == 10
        assert run(morning, command, now=at("09:41")).code == 11

    def test_a_missing_register_is_provisional(self, command: str, tmp_path: Path) -> None:
        files = {"roll.csv": a_roll(*PUPILS), "register.csv": a_register("P001,N", "P002,/")}
        school = a_school(tmp_path, files)
        assert run(school, command, now=at("09:20")).code == 12
        assert run(school, command, now=at("10:01")).code == 11, "what is overdue wins"

    def test_exit_zero(self, command: str, morning: Path) -> None:
        assert run(morning, command, "--exit-zero").code == 0
        assert run(morning, command, "--exit-zero", now=at("10:01")).code == 0
        assert run(morning, command, "--exit-zero", "--session", "noon").code == 2


def test_the_promised_keys(morning: Path) -> None:
    for time in ("09:20", "09:40"):
        said(morning, *RUNG, now=time)
    found = facts(morning, now="09:45")
    assert found["schema"] == "firstday/escalate/1" and next(iter(found)) == "schema"
    assert (found["day"], found["as_of"]) == (DAY, f"{at('09:45')}:00+00:00")
    assert found["alerts"] == []
    assert all(step.keys() >= KEYS for step in found["steps"])
    red = {step["step"]: step for step in found["steps"] if step["pupil_id"] == "P002"}
    assert (red["visit"]["start"], red["visit"]["due"]) == (f"{at('10:05')}:00+00:00", f"{at('11:45')}:00+00:00")
    assert (red["call"]["rating"], red["call"]["round"], red["call"]["overdue"]) == ("RED", 1, False)
    assert all(step["because"] and step["source"] for step in found["steps"])


def test_an_alert_is_in_the_json(morning: Path) -> None:
    said(morning, *OUT, now="10:45")
    found = facts(morning, now="11:31")
    assert [row["alert"] for row in found["alerts"] if row["pupil_id"] == "P001"] == ["visitors-overdue"]


def test_overdue_first_then_what_is_due(morning: Path) -> None:
    said(morning, *VISIT, now="09:40")
    steps = facts(morning, now="10:10")["steps"]
    assert [step["due"] for step in steps if step["overdue"]] == sorted(s["due"] for s in steps if s["overdue"])
    late = [step["overdue"] for step in steps]
    assert late == sorted(late, reverse=True) and True in late and False in late
    assert (steps[0]["step"], steps[0]["pupil_id"]) == ("decide", "P001")


def test_typed_twice_it_says_the_same_and_writes_nothing(morning: Path) -> None:
    said(morning, *VISIT, now="09:40")
    first = facts(morning, now="10:10")
    before = dump(morning)
    assert facts(morning, now="10:10") == first
    assert dump(morning) == before


def test_it_takes_in_what_is_new(morning: Path) -> None:
    drop(morning, {"newer.csv": a_register("P001,/", "P002,N", "P003,/")})
    assert {step["pupil_id"] for step in facts(morning, now="09:40")["steps"]} == {"P002"}


def test_since_shows_only_what_is_new(morning: Path) -> None:
    said(morning, *VISIT, now="09:40")
    new = facts(morning, "--since", at("09:35"), now="09:45")["steps"]
    assert {(step["pupil_id"], step["step"]) for step in new} == {("P001", "decide")}
    assert facts(morning, "--since", at("09:41"), now="09:45")["steps"] == []


def test_since_hides_no_exit_code(morning: Path) -> None:
    said(morning, *VISIT, now="09:40")
    assert run(morning, "escalate", "--since", at("09:41"), now=at("09:45")).code == 11


def test_a_page_for_the_office_names_no_agency_and_no_reason_of_a_rating(kept: Path) -> None:
    office = said(kept, "escalate", "--format", "text").out
    lead = said(kept, "escalate", "--format", "text", "--for", "safeguarding").out
    for words in ("Harbour Lane Team", "Rae Hill", "social-worker"):
        assert words not in office
    assert "RED" in office
    assert "Harbour Lane Team" in lead and "Rae Hill" in lead
    assert "FOR SAFEGUARDING" in lead and "FOR SAFEGUARDING" not in office
    assert "Harbour Lane Team" in json.dumps(facts(kept))


def test_a_note_is_on_no_page_of_the_office(morning: Path) -> None:
    said(morning, *VISIT, "--note", "curtains drawn, post behind the door", now="09:40")
    said(morning, *DECIDE, "--no-immediate-concern", "--note", "aunt is on call", *LEAD, now="09:45")
    page = said(morning, "escalate", "--format", "text", now="09:50").out
    assert "curtains" not in page and "aunt" not in page


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((*VISIT[:3], "gone-fishing", *VISITOR), 2),
        (("visit", "P001", *VISITOR), 2),
        (("visit", "P001", "--out", "--outcome", "no-answer", *VISITOR), 2),
        (("visit", "P999", "--outcome", "no-answer", *VISITOR), 2),
        ((*DECIDE, *LEAD), 2),
        ((*DECIDE, "--harm", "--crime", *LEAD), 2),
        ((*DECIDE, "--no-immediate-concern", "--harm", *LEAD), 2),
        ((*DECIDE, "--harm"), 2),
        (REFER, 2),
        ((*REFER, "--to", "the-vicar"), 2),
        ((*ACKNOWLEDGE[:5], "perhaps", *OFFICER), 2),
        (("acknowledge", "P001", "--from", "attendance-team", *OFFICER), 2),
        (("escalate", "--since", "soon"), 2),
        (("escalate", "--for", "everybody"), 2),
        ((*VISIT, "--at", f"{DAY}T11:00"), 2),
    ],
)
def test_what_is_mistyped_is_refused_and_writes_nothing(words: tuple[str, ...], code: int, kept: Path) -> None:
    before = dump(kept)
    ended = run(kept, *words)
    assert ended.code == code
    assert ended.err.strip() and not ended.out
    assert "Brennan" not in ended.err and "Ivy" not in ended.err
    assert dump(kept) == before


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        ((*VISIT[:3], "gone-fishing", *VISITOR), "no-access"),
        ((*DECIDE, *LEAD), "--no-immediate-concern"),
        ((*REFER, "--to", "the-vicar"), "social-care"),
        ((*ACKNOWLEDGE[:5], "perhaps", *OFFICER), "welfare-call"),
    ],
)
def test_an_error_says_what_is_expected(words: tuple[str, ...], mend: str, kept: Path) -> None:
    assert mend in run(kept, *words).err


@pytest.mark.parametrize("judgement", ["--no-immediate-concern", "--harm"])
def test_who_is_no_named_lead_decides_nothing(judgement: str, morning: Path) -> None:
    policy = (morning / "policy.toml").read_text(encoding="utf-8")
    leads = f'{policy}\n[people]\nsafeguarding_leads = ["D. Safeguarding"]\n'
    (morning / "policy.toml").write_text(leads, encoding="utf-8")
    before = dump(morning)
    refused = run(morning, *DECIDE, judgement, *OFFICER, "--format", "json")
    assert (refused.code, refused.error["code"]) == (23, 23)
    assert dump(morning) == before
    assert run(morning, *DECIDE, judgement, *LEAD).code == (11 if judgement == "--harm" else 0)


@pytest.mark.parametrize(
    "words",
    [ENQUIRE, VISIT, OUT, (*DECIDE, "--no-immediate-concern", *LEAD), (*REFER, "--to", "attendance-team")],
    ids=lambda words: " ".join(words[:3]),
)
def test_a_dry_run_writes_nothing(words: tuple[str, ...], morning: Path) -> None:
    before = dump(morning)
    ended = run(morning, *words, "--dry-run", now=at("10:30"))
    assert ended.code == 0, ended.err
    assert dump(morning) == before
    assert run(morning, *words, now=at("10:30")).code == 0
    assert dump(morning) != before


def test_who_goes_is_said_once_each_or_in_one_go(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(*PUPILS)})
    run(school, "ingest")
    for names in (("--staff", "B. Visitor", "--staff", "C. Visitor"), ("--staff", "B. Visitor", "C. Visitor")):
        ended = run(school, "visit", "P001", "--out", *names, "--back-by", "11:30", *VISITOR, now=f"{DAY}T10:00")
        assert ended.code == 0 and "2 left" in ended.err, ended.err
    assert run(school, "visit", "P001", "P002", "--outcome", "no-answer", *VISITOR).code == 2
