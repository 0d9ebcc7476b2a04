"""A message never explains a pupil whom no person, no system's id and, where switched on, no known sender decided."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rules.school import DAY, School, ids, register, roll

LAWS = settings(
    deadline=None, derandomize="CI" in os.environ, database=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate), max_examples=25,
)  # fmt: skip
PUPILS = (
    "P1,Ivy,Brennan,4B,2016-05-01,,",
    "P2,Tom,Brennan,2A,2018-05-01,,",
    "P3,Kai,Moss,4B,2016-05-01,,",
    "P4,Kai,Moss,5A,2015-05-01,,",
    "P5,May,Hart,2A,2018-05-01,,",
    "P6,Ayan,Malik,5A,2015-05-01,,",
)
IDS = tuple(row.partition(",")[0] for row in PUPILS)
LISTS = {  # whose number is on whose list, and whether it may be rung
    "07700900101": (("P1", ""), ("P2", "")),
    "07700900103": (("P3", ""),),
    "07700900105": (("P5", "yes"),),
    "07700900106": (("P6", ""),),
}
STRANGER = "07700900999"
WHOM = (
    "Ivy Brennan", "Ivy", "Tom and Ivy Brennan", "Kai Moss", "Kai Moss 5A", "May", "May Hart", "Ayan Malik",
    "Ayaan Malik", "she", "my son", "Mr Moss", "Ivy's mum here, Tom", "brennan, ivy",
)  # fmt: skip
SAYS = (
    "is off sick today", "is not well", "won't be in", "will be late", "is much better and back in", "is not sick",
    "has a cold and is staying at home", "is off until Friday", "won't be in tomorrow", "is with me",
    "has not come home, I don't know where he is", "has he arrived?", "was off on Monday",
)  # fmt: skip
BEFORE = ("", "Hi, ", "Good morning, this is Jo. ", "Sorry, ")
HEADING = "message_id,received_at,sender_phone,pupil_id,text"
REGISTER = register([(pupil, "N") for pupil in IDS])


@dataclass(frozen=True)
class Sent:
    """One message: from which number, under which id, with which words."""

    phone: str
    pupil: str
    words: str

    def row(self, number: int) -> str:
        """The message as a row of its file."""
        return f'M{number},{DAY}T08:10,{self.phone},{self.pupil},"{self.words}"'

    def may_explain(self, *, known_sender_explains: bool) -> set[str]:
        """The pupils whom it may explain without a person."""
        home = {pupil for pupil, barred in LISTS.get(self.phone, ()) if not barred} if known_sender_explains else set()
        return home | ({self.pupil} if self.pupil else set())


texts = st.builds("{}{} {}".format, st.sampled_from(BEFORE), st.sampled_from(WHOM), st.sampled_from(SAYS))
sent = st.builds(
    Sent,
    phone=st.sampled_from((*LISTS, STRANGER, "")), pupil=st.sampled_from(("", "", "", *IDS)),
    words=st.lists(texts, min_size=1, max_size=2).map(". ".join),
)  # fmt: skip


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder in which each example makes its school."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _school(place: Path, messages: Sequence[Sent], *, switch: bool) -> School:
    policy = f"[messages]\nknown_sender_explains = {str(switch).lower()}\n"
    school = School(place / str(len(list(place.iterdir()))), policy=policy)
    contacts = [f"{p},1,A. Contact,{phone},{barred}" for phone, people in LISTS.items() for p, barred in people]
    school.drop("roll.csv", roll(PUPILS))
    school.drop("contacts.csv", ["pupil_id,order,name,phone,do_not_contact", *contacts])
    school.drop("register.csv", REGISTER)
    school.drop("messages.csv", [HEADING, *(message.row(n) for n, message in enumerate(messages))])
    return school


@LAWS
@given(messages=st.lists(sent, min_size=5, max_size=30), switch=st.booleans())
def test_only_a_system_or_a_known_sender_explains_without_a_person(
    messages: list[Sent], switch: bool, place: Path
) -> None:
    answer = _school(place, messages, switch=switch).reconcile()
    allowed = {pupil for m in messages for pupil in m.may_explain(known_sender_explains=switch)}
    assert set(ids(answer, "explained")) <= allowed


@LAWS
@given(messages=st.lists(sent, min_size=1, max_size=4), matched=st.sets(st.sampled_from(IDS), min_size=1, max_size=2))
def test_a_match_explains_whom_the_person_named_and_nobody_else(
    messages: list[Sent], matched: set[str], place: Path
) -> None:
    school = _school(place, messages, switch=False)
    before = school.reconcile()
    waiting = [row["message_id"] for row in before["messages_to_match"]]
    if not waiting:
        return
    school.type("match", waiting[0], *sorted(matched), "--by", "A. Officer", at="09:45")
    explained = set(ids(school.reconcile(at="09:50"), "explained"))
    assert explained <= set(ids(before, "explained")) | matched


@LAWS
@given(messages=st.lists(sent, min_size=5, max_size=30))
def test_no_message_is_lost_between_those_that_explain_and_those_that_wait(messages: list[Sent], place: Path) -> None:
    answer = _school(place, messages, switch=False).reconcile()
    waiting = {row["message_id"] for row in answer["messages_to_match"]}
    by_id = {f"M{n}" for n, message in enumerate(messages) if message.pupil}
    assert {f"M{n}" for n in range(len(messages))} - by_id <= waiting
