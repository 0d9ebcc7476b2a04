"""call · seen · inform: exit codes, what is said, what is refused, and what each does to the list."""

from pathlib import Path

import pytest

from builders import (
    DAY,
    Result,
    a_register,
    a_roll,
    a_school,
    asked,
    dump,
    ids,
    lines,
    process,
    reconcile,
    run,
    standing_of,
)

BY = ("--by", "A. Officer")
CONTACTS = lines(
    "pupil_id,order,name,relationship,phone,do_not_contact",
    "P001,1,Rowan Brennan,mother,07700 900101,",
    "P001,2,Ash Brennan,father,,",
    "P001,3,Wren Brennan,uncle,07700 900103,yes",
    "P002,1,Sky Okafor,mother,07700 900201,",
    "P002,2,Rowan Brennan,aunt,07700 900101,",
    "P003,1,Rowan Brennan,neighbour,07700 900101,yes",
    "P004,1,Rowan Brennan,neighbour,07700900101,",
)
PUPILS = ("P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B", "P003,Zoë,Ward,5C", "P004,Kit,Lowe,5C", "P005,Bea,Moss,5C")
ALL = ("P001", "P002", "P003", "P004", "P005")
ANSWERED = ("call", "P001", "--contact", "1", "--outcome", "answered")
WHERE = ("--child-with", "mother, at home")
DANGER, EXPLAINS = ("thought-in-school", "does-not-know-where"), ("answered",)
OUTCOMES = (
    "answered", *DANGER, "other-adult-knows", "other-adult-knows-nothing", "refused", "language-barrier", "no-answer",
    "engaged", "voicemail-left", "voicemail-full", "child-answered", "overseas-tone", "wrong-number", "dead-number",
    "text-sent", "text-replied",
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five pupils marked N, and their contacts; everything taken in, and nothing written in it by any test."""
    files = {"roll.csv": a_roll(*PUPILS), "register.csv": a_register(*(f"{pupil},N" for pupil in ALL))}
    school = a_school(tmp_path_factory.mktemp("kept"), {**files, "contacts.csv": CONTACTS})
    reconcile(school)
    return school


SAID = {  # what a command says on standard error: three exports were taken in before
    (*ANSWERED, *WHERE, "--reason", "a cold"): "E4: call about P001 to contact 1: answered\n",
    (*ANSWERED, *WHERE, "--no-reason"): "E4: call about P001 to contact 1: answered\n",
    ("call", "P002", "--contact", "2", "--outcome", "no-answer"): "E4: call about P002 to contact 2: no-answer\n",
    ("call", "Tom Okafor", "--contact", "1", "--outcome", "ENGAGED"): "E4: call about P002 to contact 1: engaged\n",
    ("seen", "P001", "--how", "home", "--with-parent"): "E4: P001 seen, home, with a parent, Mon 23 Nov 2026\n",
    ("seen", "P001", "P001", "--how", "video", "--without-parent"): (
        "E4: P001 seen, video, without a parent, Mon 23 Nov 2026\n"
    ),
    ("inform", "P003", "--agency", "Children's services"): "E4: an agency informed about P003\n",
}


def _written(ended: Result) -> list[str]:
    """What a command says it wrote, without the indented lines of what follows."""
    return [line for line in ended.err.splitlines() if not line.startswith("  ")]


@pytest.mark.parametrize("words", SAID, ids=" ".join)
def test_what_was_written_is_said_in_a_sentence_without_names(morning: Path, words: tuple[str, ...]) -> None:
    ended = run(morning, *words, *BY)
    assert (ended.code, ended.out, _written(ended)) == (0, "", SAID[words].splitlines())


@pytest.mark.parametrize("words", SAID, ids=" ".join)
def test_a_dry_run_says_it_and_writes_nothing(kept: Path, words: tuple[str, ...]) -> None:
    before = dump(kept)
    ended = run(kept, *words, *BY, "--dry-run")
    assert (ended.code, ended.err) == (0, f"would be written: {SAID[words].partition(': ')[2]}")
    assert dump(kept) == before


NO_REPLY = ("--contact", "1", "--outcome", "engaged")
REFUSED = {  # what is wrong → the command, and a word of the sentence that says so
    "nobody says who": (ANSWERED + WHERE + ("--no-reason",), "--by"),
    "no outcome": (("call", "P001", "--contact", "1", *BY), "--outcome"),
    "no such outcome": (("call", "P001", "--contact", "1", "--outcome", "no answer", *BY), "no-answer"),
    "no contact": (("call", "P001", "--outcome", "no-answer", *BY), "--contact"),
    "contact nought": (("call", "P001", "--contact", "0", "--outcome", "no-answer", *BY), "1 to 3"),
    "contact out of range": (("call", "P001", "--contact", "4", "--outcome", "no-answer", *BY), "1 to 3"),
    "an empty contact list": (("call", "P005", *NO_REPLY, *BY), "--contact"),
    "not to be rung": (("call", "P001", "--contact", "3", "--outcome", "no-answer", *BY), "3"),
    "no number": (("call", "P001", "--contact", "2", "--outcome", "no-answer", *BY), "2"),
    "nobody knows where the child is": ((*ANSWERED, "--reason", "a cold", *BY), "--child-with"),
    "whereabouts are blank": ((*ANSWERED, "--reason", "a cold", "--child-with", " ", *BY), "--child-with"),
    "neither a reason nor none": ((*ANSWERED, *WHERE, *BY), "--no-reason"),
    "a reason and none": ((*ANSWERED, *WHERE, "--reason", "a cold", "--no-reason", *BY), "--no-reason"),
    "whereabouts without an answer": (("call", "P001", *NO_REPLY, *WHERE, *BY), "--note"),
    "a code without an answer": (
        ("call", "P001", "--contact", "1", "--outcome", "other-adult-knows", "--code", "I", *BY), "--note",
    ),
    "a code of being there": ((*ANSWERED, *WHERE, "--no-reason", "--code", "/", *BY), "--code"),
    "no such code": ((*ANSWERED, *WHERE, "--no-reason", "--code", "Q9", *BY), "--code"),
    "until a day before": ((*ANSWERED, *WHERE, "--no-reason", "--until", "2026-11-20", *BY), "--until"),
    "a last episode to come": ((*ANSWERED, *WHERE, "--no-reason", "--sickness", f"{DAY}T18:00", *BY), "--sickness"),
    "it has not happened yet": ((*ANSWERED, *WHERE, "--no-reason", "--at", f"{DAY}T10:00", *BY), "--at"),
    "an answer about two": (
        ("call", "P001", "P002", "--contact", "1", "--outcome", "answered", *WHERE, "--no-reason", *BY), "each",
    ),
    "a refusal about two": (("call", "P001", "P002", "--contact", "1", "--outcome", "refused", *BY), "each"),
    "a danger about two": (("call", "P001", "P002", "--contact", "1", "--outcome", DANGER[0], *BY), "each"),
    "a number that is not the sibling's": (("call", "P002", "P001", *NO_REPLY, *BY), "P001"),
    "not to be rung for the sibling": (("call", "P001", "P003", *NO_REPLY, *BY), "P003"),
    "a stranger": (("call", "P001", "P009", *NO_REPLY, *BY), "PUPIL"),
    "seen nowhere": (("seen", "P001", "--with-parent", *BY), "--how"),
    "seen at the shops": (("seen", "P001", "--how", "shops", "--with-parent", *BY), "video"),
    "with and without a parent": (
        ("seen", "P001", "--how", "home", "--with-parent", "--without-parent", *BY), "--without-parent",
    ),
    "a parent or not": (("seen", "P001", "--how", "home", *BY), "--with-parent"),
    "seen by nobody": (("seen", "P001", "--how", "home", "--with-parent"), "--by"),
    "seen in a session to come": (
        ("seen", "P001", "--how", "school", "--with-parent", "--session", "PM", *BY), "has not begun",
    ),
    "no agency": (("inform", "P001", *BY), "--agency"),
    "a blank agency": (("inform", "P001", "--agency", " ", *BY), "--agency"),
    "informed by nobody": (("inform", "P001", "--agency", "social care"), "--by"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_with_what_was_expected_and_nothing_is_written(kept: Path, case: str) -> None:
    words, hint = REFUSED[case]
    before = dump(kept)
    ended = run(kept, *words)
    assert (ended.code, ended.out) == (2, "")
    assert hint in " ".join(ended.err.split())
    assert not {"Brennan", "Rowan", "Wren", "900103"} & set(ended.err.replace(",", " ").split())
    assert dump(kept) == before


@pytest.mark.parametrize("command", [(*ANSWERED, *WHERE, "--no-reason"), ("inform", "P001", "--agency", "social care")])
def test_a_day_that_the_calendar_does_not_know_is_an_error(kept: Path, command: tuple[str, ...]) -> None:
    ended = run(kept, *command, "--day", "2027-08-02", *BY)
    assert (ended.code, "calendar" in ended.err) == (21, True)


def test_the_name_may_come_from_the_surroundings(morning: Path) -> None:
    words = ("call", "P001", "--contact", "1", "--outcome", "no-answer")
    assert run(morning, *words, env={"FIRSTDAY_BY": "A. Officer"}).code == 0
    assert asked(morning, "select said_by from entry order by number desc limit 1") == [("A. Officer",)]


def _everybody_called(folder: Path) -> tuple[dict[str, Result], Result]:
    """One pupil for each outcome, called once; how each command ended, and the list after all of them."""
    pupils = {outcome: f"Q{number:02d}" for number, outcome in enumerate(OUTCOMES)}
    roll, marks = (
        a_roll(*(f"{p},Kit,Row{p},4B" for p in pupils.values())),
        a_register(*(f"{p},N" for p in pupils.values())),
    )
    contacts = lines("pupil_id,order,name,phone", *(f"{p},1,Sky Moss,07700 900301" for p in pupils.values()))
    school = a_school(folder, {"roll.csv": roll, "register.csv": marks, "contacts.csv": contacts})
    reconcile(school)
    ended = {}
    for outcome, pupil in pupils.items():
        more = (*WHERE, "--reason", "a cold") if outcome in EXPLAINS else ("--note", "a dog barked")
        ended[outcome] = run(school, "call", pupil, "--contact", "1", "--outcome", outcome, *more, *BY)
    return ended, run(school, "reconcile", "--format", "json")


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Result], Result]:
    """A school in which a call of each outcome was made."""
    return _everybody_called(tmp_path_factory.mktemp("called"))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_only_an_answer_explains_and_a_danger_sign_ends_with_eleven(
    outcome: str, called: tuple[dict[str, Result], Result]
) -> None:
    ended, found = called[0][outcome], called[1].json
    pupil = f"Q{OUTCOMES.index(outcome):02d}"
    assert ended.code == (11 if outcome in DANGER else 0)
    assert ("police" in ended.err) is (outcome in DANGER)
    assert standing_of(found, pupil) == ("explained" if outcome in EXPLAINS else "unexplained")
    assert [a["alert"] for a in found["alerts"] if a["pupil_id"] == pupil] == [outcome] * (outcome in DANGER)


def test_a_danger_sign_makes_the_whole_day_one_to_act_on_now(called: tuple[dict[str, Result], Result]) -> None:
    assert called[1].code == 11


def test_an_unanswered_call_about_siblings_is_one_entry_each_on_their_own_lists(morning: Path) -> None:
    ended = run(morning, "call", "P001", "P002", "P004", "--contact", "1", "--outcome", "voicemail-left", *BY)
    assert ended.code == 0
    assert _written(ended) == [
        "E4: call about P001 to contact 1: voicemail-left",
        "E5: call about P002 to contact 2: voicemail-left",
        "E6: call about P004 to contact 1: voicemail-left",
    ]
    assert ids(reconcile(morning)) == list(ALL)


def test_an_answer_covers_its_day_and_more_only_by_until(morning: Path) -> None:
    for pupil, contact, more in (("P001", "1", ()), ("P002", "1", ("--until", "2026-11-24"))):
        words = ("call", pupil, "--contact", contact, "--outcome", "answered", *WHERE, "--no-reason", *more)
        assert run(morning, *words, *BY).code == 0
    assert ids(reconcile(morning), "explained") == ["P001", "P002"]
    tomorrow = reconcile(morning, "--day", "2026-11-24", now="2026-11-24T09:20")
    assert ids(tomorrow, "explained") == ["P002"]


SEEN = {  # how a pupil marked N was seen → where the pupil stands
    ("P001", "home", "--with-parent"): "explained",
    ("P002", "home", "--without-parent"): "explained",
    ("P003", "video", "--without-parent"): "explained",
    ("P004", "school", "--with-parent"): "in_school",
    ("P005", "school", "--without-parent"): "in_school",
}


def test_a_child_seen_in_school_is_there_and_one_seen_elsewhere_is_explained_today(morning: Path) -> None:
    for pupil, how, parent in SEEN:
        assert run(morning, "seen", pupil, "--how", how, parent, *BY).code == 0
    found = reconcile(morning)
    assert {words: standing_of(found, words[0]) for words in SEEN} == SEEN
    tomorrow = reconcile(morning, "--day", "2026-11-24", now="2026-11-24T09:20")
    assert ids(tomorrow, "unknown") == list(ALL)


def test_informing_an_agency_explains_nothing_and_its_name_is_on_no_office_page(morning: Path) -> None:
    assert run(morning, "inform", "P001", "--agency", "Harbour Lane Team", *BY).code == 0
    assert "P001" in ids(reconcile(morning))
    for command in (("reconcile",), ("why", "P001"), ("rag",)):
        assert "Harbour" not in run(morning, *command).out


def test_a_process_of_its_own_says_the_same(morning: Path) -> None:
    ended = process(morning, "call", "P001", "--contact", "1", "--outcome", "does-not-know-where", *BY)
    assert (ended.code, ended.out) == (11, "")
    assert ended.err.startswith("E4: call about P001 to contact 1: does-not-know-where\n")
