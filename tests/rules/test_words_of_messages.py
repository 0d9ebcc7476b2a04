"""What the words of a message say, and whom they are about: rows that somebody who reads no code can check."""

import json
from pathlib import Path

import pytest

from rules.school import DAY, Json, School, roll
from rules.table import RuleTable

HEADING = "message_id,received_at,channel,sender_name,sender_phone,text"
PUPILS = (
    "P1,Ivy,Brennan,4B,2016-05-01,,",
    "P2,Tom,Brennan,2A,2018-05-01,,",
    "P3,Oliver,Hart,4B,2016-05-01,,",
    "P4,Kai,Moss,4B,2016-05-01,,",
    "P5,Kai,Moss,5A,2015-05-01,,",
    "P6,Ayaan,Malik,5A,2015-05-01,,",
    "P7,Ayan,Malik,4B,2016-05-01,,",
    "P8,May,Lister,2A,2018-05-01,,",
    "P9,Tyler,James,5A,2015-05-01,,",
    "P10,James,Tyler,4B,2016-05-01,,",
    "P11,Sarah,Jones,5A,2015-05-01,,",
    "P12,Łukasz,Zieliński,2A,2018-05-01,,",
    "P13,Mary Ann,O'Neill-Hart,5A,2015-05-01,,",
)
CONTACTS = (
    "pupil_id,order,name,phone,do_not_contact",
    "P1,1,Jo Brennan,07700 900101,",
    "P2,1,Jo Brennan,07700 900101,",
    "P3,1,Al Hart,07700 900103,",
    "P4,1,Bea Moss,07700 900104,",
    "P9,1,Cy James,07700 900109,",
)
JO, AL, BEA, UNKNOWN = "07700900101", "07700900103", "07700900104", "07700900999"
WORDS = RuleTable(
    title="What the words of a message say of today",
    source="Guidance, step 2: listen to absence calls, read absence emails. Each row stands behind “Oliver Hart 4B: ”, "
    "received on Tuesday 24 November 2026 at 08:10",
    columns=("words", "today", "days proposed"),
    rows=(
        # away
        ("he won't be in today", "proposed", "24 Nov"),
        ("not well, keeping him at home", "proposed", "24 Nov"),
        ("absent, has a temperature", "proposed", "24 Nov"),
        ("has been sick all night", "proposed", "24 Nov"),
        ("we are at the hospital with him, he has broken his arm", "proposed", "24 Nov"),
        ("his grandad died, he will not be coming in", "proposed", "24 Nov"),
        ("won't be in, he has the dentist at ten", "proposed", "24 Nov"),
        ("nie przyjdzie dzisiaj, jest chory", "proposed", "24 Nov"),
        ("nu vine azi, are febra", "proposed", "24 Nov"),
        ("сьогодні не прийде, захворів", "proposed", "24 Nov"),
        ("not coming in this morning, back after lunch", "proposed", "24 Nov"),
        # days of their own
        ("off until Thursday", "proposed", "24 Nov to 25 Nov"),
        ("off sick, back on Friday", "proposed", "24 Nov to 26 Nov"),
        ("he is ill and will be off all week", "proposed", "24 Nov to 27 Nov"),
        ("off today and tomorrow with a bug", "proposed", "24 Nov to 25 Nov"),
        ("has chickenpox, will be off for two weeks", "proposed", "24 Nov to 7 Dec"),
        ("off until next week", "proposed", "24 Nov to 29 Nov"),
        ("ill on Friday and today", "proposed", "24 Nov"),
        ("will be off next week for a holiday", "named", "30 Nov to 4 Dec"),
        ("won't be in tomorrow, we have a funeral", "named", "25 Nov"),
        ("off on Friday for a wedding", "named", "27 Nov"),
        # not away now
        ("will be late, overslept", "named", ""),
        ("won't be in until 10.30", "named", ""),
        ("stuck in traffic, ten minutes", "named", ""),
        ("has an appointment next Tuesday", "named", ""),
        ("I am collecting him at two for the optician", "named", ""),
        ("much better and back in today", "named", ""),
        ("he is not sick, just tired, he is coming in", "named", ""),
        ("was off on Friday with a cold, he is in today", "named", ""),
        ("wasn't absent yesterday, please correct the register", "named", ""),
        ("won't be at football club tonight", "named", ""),
        ("might not be well enough tomorrow, I will let you know", "named", ""),
        ("if he is ill again I will keep him off", "named", ""),
        ("has lost his jumper", "named", ""),
        ("what time is the trip today?", "named", ""),
        ("I am off sick myself but he will be in as usual", "named", ""),
        # a sign of danger
        ("I don't know where he is", "danger", ""),
        ("has he arrived at school?", "danger", ""),
        ("ran off on the way to school", "danger", ""),
        ("you say he is absent but I dropped him at the gate", "danger", ""),
        ("is not answering his phone and never came home", "danger", ""),
        ("I thought he was in school", "danger", ""),
        ("I woke up and he was gone", "danger", ""),
        ("he went out last night and has not returned", "danger", ""),
        ("his dad has taken him and will not bring him back", "danger", ""),
        ("we have called the police", "danger", ""),
        ("he left at 8 as usual, why the text?", "danger", ""),
        ("can you confirm he is there", "danger", ""),
        ("nie wiem gdzie jest", "danger", ""),
    ),
)
WHOM = RuleTable(
    title="Whom a message in people's own words is about",
    source="Guidance, step 2; a name alone never decides, and of two of one name a program never chooses. P1 Ivy and "
    "P2 Tom Brennan (4B, 2A) are of one home, P4 (4B) and P5 (5A) both Kai Moss, P6 Ayaan (5A) and P7 Ayan Malik (4B), "
    "P9 Tyler James (5A), P10 James Tyler (4B), P11 Sarah Jones (5A)",
    columns=("words", "from", "today"),
    rows=(
        # names
        ("Ivy Brennan is not well today", "nobody known", "proposed P1"),
        ("IVY BRENNAN 4B OFF SICK", "nobody known", "proposed P1"),
        ("brennan, ivy absent today", "nobody known", "proposed P1"),
        ("Ollie Hart won't be in, he is poorly", "nobody known", "proposed P3"),
        ("Lukasz Zielinski is ill today", "nobody known", "proposed P12"),
        ("Mary-Ann ONeill Hart has a cold and is staying at home", "nobody known", "proposed P13"),
        ("Oliver Heart 4B is off sick today", "nobody known", "proposed P3"),
        ("Oliver Heart is off sick today", "nobody known", "none"),
        ("Olivia Hart is off sick today", "nobody known", "none"),
        # two of one name, and nearly one
        ("Kai Moss is poorly today", "nobody known", "several P4 P5"),
        ("Kai Moss 5A is poorly today", "nobody known", "proposed P5"),
        ("Kai Moss is poorly today", "Bea Moss", "proposed P4"),
        ("Ayaan Malik in 4B is off today", "nobody known", "several P6 P7"),
        ("Ayan is poorly today", "nobody known", "several P6 P7"),
        ("James, Tyler is off sick", "nobody known", "proposed P9"),
        ("Tyler James is off sick", "nobody known", "proposed P9"),
        ("May is poorly today", "nobody known", "proposed P8"),
        ("we may be off today", "nobody known", "none"),
        # brothers and sisters, each decided
        ("Ivy and Tom Brennan are both off sick", "nobody known", "proposed P1 P2"),
        ("Ivy is ill and staying at home, Tom will be in as normal", "Jo Brennan", "proposed P1"),
        ("Tom is off today, not Ivy", "Jo Brennan", "proposed P2"),
        ("Ivy has a bug, both of them are off", "Jo Brennan", "several P1 P2"),
        ("she is not well and won't be in", "Jo Brennan", "several P1 P2"),
        ("he is not well and won't be in", "Al Hart", "proposed P3"),
        # who is not the child
        ("This is Sarah Jones, my little one is poorly today", "Al Hart", "proposed P3"),
        ("Mr James Tyler is off sick", "nobody known", "none"),
        ("James Tyler (site manager) is off sick today", "nobody known", "none"),
        ("Ivy Brennan's sister is ill", "nobody known", "none"),
        ("Oliver Hart in year 9 is off sick", "nobody known", "none"),
        ("Oliver Hart of Mill Lane Primary is off sick", "nobody known", "none"),
        ("Oliver Hart 2A is off sick", "nobody known", "proposed P3"),
        ("the Brennan children are all off sick", "nobody known", "several P1 P2"),
        ("Jaxon is off sick today", "Al Hart", "none"),
    ),
)
RULES = (WORDS, WHOM)
NUMBERS = {"Jo Brennan": JO, "Al Hart": AL, "Bea Moss": BEA, "nobody known": UNKNOWN}


def _school(folder: Path, texts: list[tuple[str, str]]) -> list[Json]:
    """What waits in a school that has taken in these words from these numbers, in their order."""
    school = School(folder)
    rows = [f'M{n},{DAY}T08:10,text,,{phone},"{words}"' for n, (words, phone) in enumerate(texts)]
    for name, lines in {"roll.csv": roll(PUPILS), "contacts.csv": CONTACTS, "messages.csv": [HEADING, *rows]}.items():
        school.drop(name, lines)
    school.take_in(at="08:50")
    found = json.loads(school.type("messages", "--session", "AM", "--format", "json", at="09:00").stdout)
    by_id = {row["message_id"]: row for row in found["messages"]}
    return [by_id[f"M{n}"] for n in range(len(texts))]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    texts = [(f"Oliver Hart 4B: {said}", UNKNOWN) for said, *_ in WORDS.rows]
    found = _school(tmp_path_factory.mktemp("words") / "school", texts)
    return {row[0]: found[n] for n, row in enumerate(WORDS.rows)}


@pytest.fixture(scope="module")
def whom(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Json]:
    texts = [(said, NUMBERS[sender]) for said, sender, _ in WHOM.rows]
    found = _school(tmp_path_factory.mktemp("whom") / "school", texts)
    return {(row[0], row[1]): found[n] for n, row in enumerate(WHOM.rows)}


def _day(iso: str) -> str:
    months = {"11": "Nov", "12": "Dec"}
    return f"{int(iso[8:])} {months[iso[5:7]]}"


@pytest.mark.parametrize(("said", "today", "days"), WORDS.rows)
def test_the_words_say_whether_the_child_is_away(said: str, today: str, days: str, words: dict[str, Json]) -> None:
    found = words[said]
    if today == "danger":
        assert (found["named"], found["candidates"], found["outcome"]) == (["P3"], [], "none") and found["danger"]
        return
    came = {"proposed": ["P3"], "named": []}[today]
    assert (found["candidates"], found["danger"], found["proposed"]) == (came, "", came)
    assert today == "proposed" or found["named"] == ["P3"]
    if days:
        spans = [_day(found[end]) for end in ("from", "to")]
        assert " to ".join(dict.fromkeys(spans)) == days


@pytest.mark.parametrize(("said", "sender", "today"), WHOM.rows)
def test_whom_the_words_are_about(said: str, sender: str, today: str, whom: dict[tuple[str, str], Json]) -> None:
    found = whom[said, sender]
    shown = sorted(found["candidates"], key=lambda pupil: int(pupil[1:]))
    assert " ".join([found["outcome"], *shown]) == today
