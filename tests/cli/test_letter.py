"""`report letter`: what parents are told, from the school's own times, in plain words and without a rating."""

import re
from pathlib import Path

import pytest

from builders import POLICY, Result, a_school, run

FULL = """\
[school]
name = "Fernhill Primary School"
phone = "01632 960100"
closes = "15:20"
[people]
headteacher = "H. Head"
[morning]
registers_in_by = "08:55"
calls_made_by = "09:40"
texts_sent_by = "09:45"
visits_by = "12:10"
[afternoon]
registers_in_by = "13:25"
calls_made_by = "13:50"
[calling]
rounds = 3
minutes_between_rounds = 25
contacts_wanted = 5
[seen_every]
amber = 2
green = 4
by = "14:30"
[sickness]
recovery_hours = 36
[escalation]
wait_hours = 12
"""
ITS_OWN = (
    "ring 01632 960100 before 08:55", "By 08:55 our registers", "By 09:40 we ring", "By 09:45 we also send a text",
    "by 12:10", "registers by 13:25, calls by 13:50", "wait 25 minutes", "3 times in all", "at least 5 people",
    "each fourth day", "by 14:30", "36 hours", "12 hours later", "School ends at 15:20", "H. Head, Fernhill",
)  # fmt: skip


def _letter(folder: Path, policy: str = POLICY, form: str = "text") -> str:
    return _written(folder, policy, form).out.replace("\u00a0", " ")


def _written(folder: Path, policy: str, form: str = "text") -> Result:
    ended = run(a_school(folder, {}, policy=policy), "report", "letter", "--format", form)
    assert ended.code == 0, ended.err
    return ended


@pytest.mark.parametrize("words", ITS_OWN)
def test_every_time_and_count_is_the_schools_own(tmp_path: Path, words: str) -> None:
    assert words in _letter(tmp_path, FULL)


def test_nothing_is_left_to_fill_in_where_the_policy_says_it(tmp_path: Path) -> None:
    assert _written(tmp_path, FULL).err == ""


def test_what_is_wanting_is_told_to_the_office_and_the_letter_reads_on(tmp_path: Path) -> None:
    ended = _written(tmp_path, POLICY)
    words = ended.out
    assert "FOR THE OFFICE: fill in [school] phone" in ended.err
    assert "FOR THE OFFICE: fill in [people] headteacher" in ended.err
    assert "FOR THE OFFICE" not in words
    assert "please ring the school office before 09:15" in words
    assert "The headteacher, Fernhill Primary School" in words
    assert "{" not in words and "None" not in words


ODD = {  # a policy → what its letter says, and what it must not say
    '[counting]\ncount = "spell"\n': ("days of absence in a row", "add up"),
    '[counting]\nsince = "term"\n': ("all days of absence in the term", "in the year"),
    "[escalation]\nwait_hours = 1\n": ("1 hour later", "1 hours"),
    "[sickness]\nrecovery_hours = 1\n": ("for 1 hour from", "1 hours"),
    "[calling]\nminutes_between_rounds = 0\n": ("we ring the whole list again", "0 minutes"),
    "[calling]\nrounds = 1\n": ("If nobody answers, we ask staff", "If still nobody answers, we ask"),
    '[morning]\ntexts_sent_by = "09:30"\n': ("By 09:30 we send a text", "also send"),
}


@pytest.mark.parametrize("policy", ODD)
def test_the_letter_is_true_of_other_policies(tmp_path: Path, policy: str) -> None:
    says, never = ODD[policy]
    words = _letter(tmp_path, f"{POLICY}\n{policy}")
    assert says in words and never not in words


NOT_TOLD = (
    "red", "amber", "green", "rag", "rating", "rated", "safeguarding", "mash", "threshold", "vulnerable", "pupil",
    "referral", "outcome", "escalation", "policy", "social worker",
)  # fmt: skip


@pytest.mark.parametrize("policy", [FULL, '[school]\nname = "Fernhill"\nphone = "01632 960100"\n'])
def test_parents_are_not_told_ratings_nor_in_the_words_of_professionals(tmp_path: Path, policy: str) -> None:
    words = "\n".join(line for line in _letter(tmp_path, policy).casefold().splitlines() if not line.startswith("!"))
    assert [word for word in NOT_TOLD if re.search(rf"\b{word}\b", words)] == []
    assert "some children are visited sooner" in words


TOLD = (
    "voice message", "abroad", "look in school first", "in the order you gave us", "stop these calls",
    "who know your family", "come to your home", "leave a card", "attendance team", "go on ringing", "social care",
    "police", "may visit you to see that your child is well", "on each day of the absence", "add up all days",
    "when a number changes", "also for families we know well", "who your child is with", "not rub anything out",
)  # fmt: skip


@pytest.mark.parametrize("words", TOLD)
def test_the_steps_of_the_guidance_are_told(tmp_path: Path, words: str) -> None:
    assert words in _letter(tmp_path)


def test_a_reader_of_eleven_can_read_it(tmp_path: Path) -> None:
    text = " ".join(line for line in _letter(tmp_path, FULL).splitlines()[3:] if line.endswith((".", "?")))
    sentences = [s for s in re.split(r"[.?:]\s", text) if s.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.casefold())))) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    assert grade < 6, f"Flesch-Kincaid grade {grade:.1f}: a child of eleven is in grade 6"
    assert max(len(s.split()) for s in sentences) <= 32


@pytest.mark.parametrize(
    ("keys", "gone", "said"),
    [
        ("[calling]\nrounds = 1\n", "the whole list again", "one after the other"),
        ("[sickness]\nrecovery_hours = 0\n", "0 hours", "keep in touch"),
        ("[escalation]\nwait_hours = 0\n", "0 hours", "If we still hear nothing, we tell"),
        ("[calling]\ncontacts_wanted = 1\n", "at least 1", "of the people we can ring"),
        ("[seen_every]\namber = 1\ngreen = 1\n", "each  day", "on each day of absence"),
        ("[seen_every]\ngreen = 12\n", "each day of absence, and", "each 12th day"),
    ],
)
def test_a_policy_out_of_the_usual_still_reads_well(tmp_path: Path, keys: str, gone: str, said: str) -> None:
    words = _letter(tmp_path, POLICY + keys)
    assert gone not in words
    assert said in words


def test_it_is_for_parents_and_in_json_part_by_part(tmp_path: Path) -> None:
    ended = run(a_school(tmp_path, {}, policy=FULL), "report", "letter", "--format", "json")
    assert ended.json["schema"] == "firstday/letter/1" and next(iter(ended.json)) == "schema"
    assert ended.json["to_fill_in"] == [] and ended.json["signed"] == "H. Head"
    assert len(ended.json["parts"]) == 6 and all(part["lines"] for part in ended.json["parts"])
    reports = {r["report"]: r["audience"] for r in run(None, "reports", "--format", "json", now="").json["reports"]}
    assert reports["letter"] == "parents"
    assert run(None, "reports", now="").code == 0


@pytest.mark.parametrize("form", ["text", "csv", "table"])
def test_every_format_has_the_whole_letter(tmp_path: Path, form: str) -> None:
    words = " ".join(_letter(tmp_path, FULL, form).split())
    assert "Dear parents and carers" in words and "01632 960100" in words and "keep every child safe" in words
