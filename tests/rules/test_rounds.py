"""How far a contact list has been rung: rounds, who is rung next, when nobody is left, and what each outcome means."""

from pathlib import Path

import pytest

from rules.calling import PHONES, Called, Rung, in_words
from rules.school import Json, standing_of
from rules.table import RuleTable

STEP_SIX = "Guidance, step 6: call the contact list at least twice"
COLUMNS = ("contact list", "calls", "asked at", "round", "opens", "to ring now", "complete rounds", "exhausted because")
NO_REPLY = "no reply in 2 complete rounds of the contact list"
ALL_GONE = "every number on the contact list is wrong or dead"
MAY_NOT = "nobody on the contact list may be rung"
NO_NUMBER = "no number on the contact list can be dialled"
TWO, ALL = "mother, father", "mother, father, gran, aunt"
SAME = "mother, father (mother's number)"
BOTH = "09:10 mother no-answer; 09:12 father voicemail-left"
TWICE = f"{BOTH}; 09:32 mother no-answer; 09:34 father engaged"
OFF = ("not on the sheet", "", "", "", "")

HOW_FAR = RuleTable(
    title="How far the contact list has been rung",
    source=f"{STEP_SIX}; the next round opens 20 minutes after the try that completed the one before",
    columns=COLUMNS,
    rows=(
        ("mother", "", "09:50", "1", "", "mother", "0", ""),
        (ALL, "", "09:50", "1", "", ALL, "0", ""),
        (TWO, "09:10 mother no-answer", "09:50", "1", "", "father", "0", ""),
        (TWO, "09:12 father no-answer", "09:50", "1", "", "mother", "0", ""),
        (ALL, "09:10 aunt engaged; 09:12 father no-answer", "09:50", "1", "", "mother, gran", "0", ""),
        # one contact tried again is no second round
        (TWO, "09:10 mother no-answer; 09:11 mother engaged; 09:45 mother no-answer",
         "09:50", "1", "", "father", "0", ""),
        # the next round opens after a pause
        (TWO, BOTH, "09:31", "2", "09:32", "nobody", "1", ""),
        (TWO, BOTH, "09:32", "2", "09:32", TWO, "1", ""),
        (TWO, f"{BOTH}; 09:32 father engaged", "09:50", "2", "09:32", "mother", "1", ""),
        (TWO, TWICE, "09:50", "2", "09:32", "nobody", "2", NO_REPLY),
        (TWO, f"{TWICE}; 09:45 mother no-answer", "09:50", "2", "09:32", "nobody", "2", NO_REPLY),
        ("mother", "09:10 mother no-answer; 09:30 mother no-answer", "09:50", "2", "09:30", "nobody", "2", NO_REPLY),
        # tries before it opens belong to the round before, and do not move the opening
        ("mother", "09:10 mother no-answer; 09:29 mother no-answer", "09:50", "2", "09:30", "mother", "1", ""),
        ("mother", "09:10 mother no-answer; 09:15 mother engaged; 09:29 mother no-answer; 09:31 mother no-answer",
         "09:50", "2", "09:30", "nobody", "2", NO_REPLY),
        (TWO, f"{BOTH}; 09:20 mother no-answer; 09:25 father no-answer", "09:50", "2", "09:32", TWO, "1", ""),
        (TWO, f"{BOTH}; 09:31 mother no-answer; 09:34 father no-answer", "09:50", "2", "09:32", "mother", "1", ""),
        # a wrong or dead number is tried once, is not rung again, and is never two tries
        ("mother", "09:10 mother dead-number", "09:50", "1", "", "nobody", "0", ALL_GONE),
        ("mother", "09:10 mother wrong-number", "09:50", "1", "", "nobody", "0", ALL_GONE),
        ("mother", "09:10 mother dead-number; 09:40 mother dead-number", "09:50", "1", "", "nobody", "0", ALL_GONE),
        (TWO, "09:10 mother dead-number; 09:12 father wrong-number", "09:50", "1", "", "nobody", "0", ALL_GONE),
        (TWO, "09:10 mother dead-number", "09:50", "1", "", "father", "0", ""),
        (TWO, "09:10 mother dead-number; 09:12 father no-answer", "09:50", "2", "09:32", "father", "1", ""),
        (TWO, "09:10 mother wrong-number; 09:12 father no-answer; 09:32 father no-answer",
         "09:50", "2", "09:32", "nobody", "2", NO_REPLY),
        (TWO, f"{BOTH}; 09:20 mother dead-number", "09:50", "2", "09:32", "father", "1", ""),
        (TWO, f"{BOTH}; 09:33 father no-answer; 09:35 mother dead-number",
         "09:50", "2", "09:32", "nobody", "2", NO_REPLY),
        ("mother", "09:10 mother no-answer; 09:30 mother dead-number", "09:50", "2", "09:30", "nobody", "1", ALL_GONE),
        ("mother", "09:10 mother dead-number (taken back 09:20)", "09:50", "1", "", "mother", "0", ""),
        # two people with one number are one number, however it is written
        (SAME, "", "09:50", "1", "", "mother", "0", ""),
        (SAME, "09:10 father no-answer", "09:50", "2", "09:30", "mother", "1", ""),
        (SAME, "09:10 mother no-answer; 09:15 father no-answer", "09:50", "2", "09:30", "mother", "1", ""),
        (SAME, "09:10 mother dead-number", "09:50", "1", "", "nobody", "0", ALL_GONE),
        ("mother, father (+44 7700 900311)", "09:10 mother no-answer", "09:50", "2", "09:30", "mother", "1", ""),
        # who must not be contacted is not rung, and nobody is on that number
        ("mother, father (not to be contacted)", "", "09:50", "1", "", "mother", "0", ""),
        ("mother, father (not to be contacted)", "09:10 mother no-answer", "09:29", "2", "09:30", "nobody", "1", ""),
        ("mother (not to be contacted), father", "", "09:50", "1", "", "father", "0", ""),
        ("mother, gran, father (mother's number, not to be contacted)", "", "09:50", "1", "", "gran", "0", ""),
        ("mother, father (mother's number, not to be contacted)", "", "09:50", "1", "", "nobody", "0", MAY_NOT),
        ("mother (07700 900397), father (07700 900397, not to be contacted), gran (07700 900398, not to be contacted)",
         "", "09:50", "1", "", "nobody", "0", MAY_NOT),
        # nobody to ring: exhausted at once
        ("mother (not to be contacted)", "", "09:50", "1", "", "nobody", "0", MAY_NOT),
        ("", "", "09:50", "1", "", "nobody", "0", "the contact list is empty"),
        ("mother (no number)", "", "09:50", "1", "", "nobody", "0", NO_NUMBER),
        ("mother (number lost), father (no number)", "", "09:50", "1", "", "nobody", "0", NO_NUMBER),
        ("mother (no number), father", "", "09:50", "1", "", "father", "0", ""),
        ("mother (no number), father", "09:10 father no-answer", "09:50", "2", "09:30", "father", "1", ""),
        # a text is no try, and neither is a reply to it
        ("mother", "09:10 mother text-sent", "09:50", "1", "", "mother", "0", ""),
        ("mother", "09:10 mother text-replied", "09:50", "1", "", "mother", "0", ""),
        ("mother", "09:10 mother no-answer; 09:35 mother text-sent", "09:50", "2", "09:30", "mother", "1", ""),
        # what is written down later counts where it happened
        (TWO, "09:40 mother no-answer; 09:05 father engaged (written down 09:41)",
         "09:50", "2", "10:00", "nobody", "1", ""),
        ("mother", "09:30 mother no-answer; 09:10 mother no-answer (written down 09:31)",
         "09:50", "2", "09:30", "nobody", "2", NO_REPLY),
        ("mother", "09:10 mother no-answer; 09:35 mother no-answer; 09:00 mother no-answer (written down 09:45)",
         "09:50", "2", "09:20", "nobody", "2", NO_REPLY),
        # what is taken back was never made
        (TWO, "09:10 mother no-answer; 09:12 father no-answer (taken back 09:15)",
         "09:50", "1", "", "father", "0", ""),
        (TWO, "09:10 mother no-answer (taken back 09:15); 09:12 father no-answer",
         "09:50", "1", "", "mother", "0", ""),
        ("mother", "09:10 mother no-answer (taken back 09:16); 09:15 mother no-answer",
         "09:50", "2", "09:35", "mother", "1", ""),
        ("mother", "09:10 mother no-answer; 09:30 mother no-answer (taken back 09:40)",
         "09:50", "2", "09:30", "mother", "1", ""),
        (TWO, "09:10 mother no-answer; 09:12 father answered", "09:50", *OFF),
        (TWO, "09:10 mother no-answer; 09:12 father answered (taken back 09:20)",
         "09:50", "1", "", "father", "0", ""),
        # a newer contact list
        ("mother", "09:10 mother no-answer; 09:15 the list is now: mother (07700 900399)",
         "09:50", "1", "", "mother", "0", ""),
        ("mother", "09:10 mother dead-number; 09:15 the list is now: mother (07700 900399)",
         "09:50", "1", "", "mother", "0", ""),
        (TWO, f"{BOTH}; 09:15 the list is now: mother, father, gran", "09:50", "1", "", "gran", "0", ""),
        (TWO, f"{TWICE}; 09:40 the list is now: mother, father, gran", "09:50", "1", "", "gran", "0", ""),
        (TWO, f"{BOTH}; 09:15 the list is now: mother, father, gran; 09:25 gran no-answer",
         "09:50", "2", "09:45", "mother, father, gran", "1", ""),
        (TWO, "09:10 mother no-answer; 09:15 the list is now: mother", "09:50", "2", "09:30", "mother", "1", ""),
        (TWO, "09:15 the list is now: mother (not to be contacted), father", "09:50", "1", "", "father", "0", ""),
        # rounds begin again each day
        ("mother", "Mon 09:10 mother no-answer; Mon 09:35 mother no-answer", "09:50", "1", "", "mother", "0", ""),
        ("mother", "09:10 mother no-answer (of Monday)", "09:50", "1", "", "mother", "0", ""),
    ),
)  # fmt: skip

BY_POLICY = RuleTable(
    title="How far the contact list has been rung, where the school has other rounds and pauses",
    source=f"{STEP_SIX}; policy: rounds, minutes_between_rounds",
    columns=("rounds", "minutes between", *COLUMNS),
    rows=(
        ("1", "20", TWO, "09:10 mother no-answer", "09:50", "1", "", "father", "0", ""),
        ("1", "20", TWO, BOTH, "09:50", "1", "", "nobody", "1", "no reply in 1 complete round of the contact list"),
        ("3", "20", TWO, TWICE, "09:50", "3", "09:54", "nobody", "2", ""),
        ("3", "20", TWO, TWICE, "09:54", "3", "09:54", TWO, "2", ""),
        ("3", "20", TWO, f"{TWICE}; 09:53 mother no-answer; 09:54 father engaged", "10:00", "3", "09:54", "mother",
         "2", ""),
        ("3", "20", TWO, f"{TWICE}; 09:54 mother no-answer; 09:55 father engaged", "10:00", "3", "09:54", "nobody",
         "3", "no reply in 3 complete rounds of the contact list"),
        ("2", "5", TWO, BOTH, "09:16", "2", "09:17", "nobody", "1", ""),
        ("2", "5", TWO, BOTH, "09:17", "2", "09:17", TWO, "1", ""),
        ("2", "40", TWO, TWICE, "09:50", "2", "09:52", "nobody", "1", ""),
        ("2", "40", TWO, TWICE, "09:52", "2", "09:52", TWO, "1", ""),
    ),
)  # fmt: skip

MEANS = RuleTable(
    title="What each outcome of a call means",
    source="Guidance, step 5: call everyone until you get an answer; texts are followed by calls",
    columns=("outcome", "first-day calling ends", "explains", "a try", "number rung again in the next round", "alert"),
    rows=(
        ("answered", "yes", "yes", "", "", ""),
        ("thought-in-school", "", "", "yes", "yes", "yes"),
        ("does-not-know-where", "", "", "yes", "yes", "yes"),
        ("other-adult-knows", "", "", "yes", "yes", ""),
        ("other-adult-knows-nothing", "", "", "yes", "yes", ""),
        ("refused", "", "", "yes", "yes", ""),
        ("language-barrier", "", "", "yes", "yes", ""),
        ("no-answer", "", "", "yes", "yes", ""),
        ("engaged", "", "", "yes", "yes", ""),
        ("voicemail-left", "", "", "yes", "yes", ""),
        ("voicemail-full", "", "", "yes", "yes", ""),
        ("child-answered", "", "", "yes", "yes", ""),
        ("overseas-tone", "", "", "yes", "yes", ""),
        ("overseas-tone, flag fgm-risk", "", "", "yes", "yes", "yes"),
        ("overseas-tone, flag forced-marriage-risk", "", "", "yes", "yes", "yes"),
        ("overseas-tone, flag abduction-risk", "", "", "yes", "yes", "yes"),
        ("overseas-tone, flag social-worker", "", "", "yes", "yes", ""),
        ("wrong-number", "", "", "yes", "", ""),
        ("dead-number", "", "", "yes", "", ""),
        ("text-sent", "", "", "", "yes", ""),
        ("text-replied", "", "", "", "yes", ""),
    ),
)
RULES = (HOW_FAR, BY_POLICY, MEANS)
TRIES = {  # calls to the one number of a list → the round that each belongs to
    "09:10 mother no-answer; 09:15 mother engaged; 09:29 mother no-answer; 09:30 mother no-answer": [1, 1, 1, 2],
    "09:10 mother text-sent; 09:12 mother no-answer; 09:32 mother no-answer": [0, 1, 2],
    "09:30 mother no-answer; 09:10 mother no-answer (written down 09:31)": [1, 2],
}


def _pupil(number: int) -> str:
    return f"P{number:02d}"


def _shown(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    return [" | ".join(cell or "none" for cell in row) for row in rows]


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> Called:
    """The school in which each row of the first table is a child, and after them those whose tries are counted."""
    rows = [*(row[:2] for row in HOW_FAR.rows), *(("mother", calls) for calls in TRIES)]
    children = [Rung(_pupil(n), contacts, calls) for n, (contacts, calls) in enumerate(rows)]
    return Called(tmp_path_factory.mktemp("rounds") / "school", children)


@pytest.fixture(scope="module")
def sheets(called: Called) -> dict[str, dict[str, Json]]:
    """The children on the call sheet at each time that is asked for."""
    return {at: called.sheet(at) for at in sorted({row[2] for row in HOW_FAR.rows})}


@pytest.mark.parametrize("number", range(len(HOW_FAR.rows)), ids=_shown(HOW_FAR.rows))
def test_how_far_the_list_has_been_rung(number: int, sheets: dict[str, dict[str, Json]]) -> None:
    row = HOW_FAR.rows[number]
    assert in_words(sheets[row[2]].get(_pupil(number))) == row[3:]


@pytest.mark.parametrize("number", range(len(TRIES)), ids=list(TRIES))
def test_each_try_has_its_round(number: int, sheets: dict[str, dict[str, Json]]) -> None:
    child = sheets["09:50"][_pupil(len(HOW_FAR.rows) + number)]
    tries = sorted((ring["at"], ring["round"]) for ring in child["contacts"][0]["tried"])
    assert [in_round for _, in_round in tries] == list(TRIES.values())[number]


@pytest.mark.parametrize("form", ["json", "text", "table", "csv"])
def test_a_number_not_to_be_rung_is_printed_nowhere(form: str, called: Called) -> None:
    said = called.school.type("report", "call-sheet", "--format", form, at="09:50")
    digits = "".join(filter(str.isdigit, said.stdout))
    assert PHONES["mother"].replace(" ", "") in digits
    assert "07700900397" not in digits and "07700900398" not in digits


@pytest.fixture(scope="module")
def by_policy(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Called]:
    """A school for each policy of the second table."""
    kinds = sorted({row[:2] for row in BY_POLICY.rows})
    return {kind: _school_of(tmp_path_factory.mktemp("policy") / "school", kind) for kind in kinds}


def _school_of(folder: Path, kind: tuple[str, str]) -> Called:
    policy = f"[calling]\nrounds = {kind[0]}\nminutes_between_rounds = {kind[1]}\n"
    rows = {_pupil(n): row for n, row in enumerate(BY_POLICY.rows) if row[:2] == kind}
    return Called(folder, [Rung(pupil, row[2], row[3]) for pupil, row in rows.items()], policy=policy)


@pytest.mark.parametrize("number", range(len(BY_POLICY.rows)), ids=_shown(BY_POLICY.rows))
def test_how_far_by_the_schools_own_policy(number: int, by_policy: dict[tuple[str, str], Called]) -> None:
    row = BY_POLICY.rows[number]
    assert in_words(by_policy[row[0], row[1]].sheet(row[4]).get(_pupil(number))) == row[5:]


@pytest.fixture(scope="module")
def meanings(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, ...]]:
    """What followed for each child of the third table: its mother was rung at 09:10, its father at 09:12."""
    rows = {_pupil(n): row[0].split(", flag ") for n, row in enumerate(MEANS.rows)}
    children = [Rung(p, TWO, f"09:10 mother {words[0]}; 09:12 father no-answer") for p, words in rows.items()]
    flags = [f"{pupil},{words[1]}" for pupil, words in rows.items() if words[1:]]
    school = Called(tmp_path_factory.mktemp("means") / "school", children, flags=flags)
    answer, during, after = school.school.reconcile(at="09:20"), school.sheet("09:20"), school.sheet("09:40")
    alerts = {alert["pupil_id"] for alert in answer["alerts"]}
    found = []
    for pupil in rows:
        has_ended = pupil not in during
        mother = {} if has_ended else during[pupil]["contacts"][0]
        is_try = bool(mother) and mother["tried"][0]["round"] == 1 and not mother["ring_now"]
        again = not has_ended and after[pupil]["contacts"][0]["ring_now"]
        told = standing_of(answer, pupil) == "explained"
        found.append(tuple("yes" if so else "" for so in (has_ended, told, is_try, again, pupil in alerts)))
    return found


@pytest.mark.parametrize("number", range(len(MEANS.rows)), ids=[row[0] for row in MEANS.rows])
def test_what_each_outcome_means(number: int, meanings: list[tuple[str, ...]]) -> None:
    assert meanings[number] == MEANS.rows[number][1:]
