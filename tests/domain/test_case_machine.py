"""Once unexplained, a child stays on the call sheet until it is seen or accounted for, whatever else is done."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.open_cases import BEGINS, FOUND, NOT_FOUND, SESSIONS, WEDNESDAY, Done, Export, Row, Told
from domain.test_laws import LAWS
from rules.calling import CALENDAR, children_of
from rules.school import School, typed

PUPILS = ("P1", "P2", "P3")
ROLL = (
    "pupil_id,forename,surname,group,dob,household_id",
    "P1,Ivy,Brennan,4B,2016-05-05,H1",
    "P2,Kai,Brennan,4B,2017-05-05,H1",
    "P3,Jo,Fell,4B,2016-05-05,H3",
)
PRESENT = {"AM": "/", "PM": "\\"}
MARKS = (
    ("/", ""), ("N", ""), ("N", ""), ("I", ""), ("I", "a cold"), ("C", ""), ("X", ""), ("X", ""), ("B", ""), ("", ""),
    None,
)  # fmt: skip
OUTCOMES = (
    "thought-in-school", "does-not-know-where", "other-adult-knows", "other-adult-knows-nothing", "refused",
    "language-barrier", "no-answer", "engaged", "voicemail-left", "voicemail-full", "child-answered", "overseas-tone",
    "wrong-number", "dead-number", "text-sent",
)  # fmt: skip
LISTS = ("12", "1", "341", "", "55")  # contact lists, by the last digits of their numbers
WHERE = ("--child-with", "gran, at home", "--no-reason")
WORDS = ("--told-by", "gran", "--reason", "a cold", "--child-with", "gran, at home")
ENTRY = re.compile(r"^E(\d+): ", re.MULTILINE)
pupils = st.sampled_from(PUPILS)
registers = st.tuples(*[st.sampled_from(MARKS)] * len(PUPILS))
minutes = st.integers(1, 6)
some = st.integers(0, 99)


class Calling(RuleBasedStateMachine):
    """A school of three children, two of them of one household, from Tuesday morning to Wednesday morning."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.school = School(Path(self.place.name) / "school", calendar=CALENDAR)
        self.session, self.now, self.files = 0, _begins(0), 0
        self.told, self.lists = Told(), dict.fromkeys(PUPILS, LISTS[0])

    def teardown(self) -> None:
        """Whatever was done, nothing in the log was altered."""
        said = typed("verify", "--school", str(self.school.folder))
        self.place.cleanup()
        assert said.exit_code == 0, said.stderr

    @initialize(marks=registers)
    def two_registers(self, marks: tuple[Row | None, ...]) -> None:
        """Two children are unexplained; then comes a newer register, of whatever it says."""
        self.school.drop("roll.csv", ROLL)
        self._drop("contacts", self._contacts())
        self._register({"P1": ("N", ""), "P2": ("N", ""), "P3": ("/", "")}, self.now)
        self.newer_or_older_register(5, marks, 0)

    @invariant()
    def whoever_is_not_accounted_for_is_on_the_sheet(self) -> None:
        listed = children_of(self.school, self.now.isoformat())
        must = {p: self.told.must_be_listed(p, self.session, self.now) for p in PUPILS}
        assert {p: p in listed for p, so in must.items() if so is not None} == {
            p: so for p, so in must.items() if so is not None
        }

    def _drop(self, kind: str, lines: list[str]) -> None:
        self.files += 1
        self.school.drop(f"{kind}-{self.files}.csv", lines)
        ended = self.school.type("ingest", at=self.now.isoformat())
        assert ended.exit_code in (0, 12), ended.stderr

    def _contacts(self) -> list[str]:
        rows = [
            f"{p},{n},Sky Moss,07700 {900300 + int(end)}"
            for p, ends in self.lists.items()
            for n, end in enumerate(ends, 1)
        ]
        return ["pupil_id,order,name,phone", *rows]

    def _register(self, rows: dict[str, Row], taken_at: datetime) -> None:
        day, half = SESSIONS[self.session]
        rows = {p: (PRESENT[half] if mark == "/" else mark, words) for p, (mark, words) in rows.items()}
        lines = [f"{p},{day},{half},{mark},{words},{taken_at.isoformat()}" for p, (mark, words) in rows.items()]
        self.told.exports.append(Export(self.session, self.now, taken_at, rows))
        self._drop("register", ["pupil_id,date,session,mark,comment,taken_at", *lines])

    def _say(self, by: int, *words: str, what: str = "", about: int = 0, tells_of: str = "", whom: str = "") -> None:
        self.now += timedelta(minutes=by)
        ended = self.school.type(*words, "--by", "A. Officer", at=self.now.isoformat())
        assert ended.exit_code in (0, 11), ended.stderr
        number = int(ENTRY.findall(ended.stderr)[0])
        self.told.log.append(Done(number, self.now, what, tuple(whom.split()), tells_of, about))

    @property
    def today(self) -> str:
        """The day of the session."""
        return SESSIONS[self.session][0]

    def _ring(
        self, by: int, pupil: str, which: int, outcome: str, *more: str, what: str = "", tells_of: str = ""
    ) -> None:
        if numbers := len(self.lists[pupil]):
            words = ("--contact", str(which % numbers + 1), "--outcome", outcome, *more)
            self._say(by, "call", pupil, *words, what=what, tells_of=tells_of, whom=pupil)

    @rule(by=minutes, pupil=pupils, which=some, outcome=st.sampled_from(OUTCOMES))
    def ring_in_vain(self, by: int, pupil: str, which: int, outcome: str) -> None:
        self._ring(by, pupil, which, outcome)

    @rule(by=minutes, pupil=pupils, which=some)
    def answered(self, by: int, pupil: str, which: int) -> None:
        self._ring(by, pupil, which, "answered", *WHERE, what="told", tells_of=self.today)

    @rule(by=minutes, pupil=pupils, which=some)
    def reply_to_a_text(self, by: int, pupil: str, which: int) -> None:
        covers = self.today if SESSIONS[self.session][1] == "AM" else WEDNESDAY
        self._ring(by, pupil, which, "text-replied", "--note", "has a cold", what="reply", tells_of=covers)

    @rule(by=minutes, which=some, whom=st.sampled_from(("", "P1", "P2", "P3", "P1 P2")))
    def match_a_reply(self, by: int, which: int, whom: str) -> None:
        if not self._replies:
            self.reply_to_a_text(by, PUPILS[which % len(PUPILS)], which)
        for reply in self._replies[which % (len(self._replies) or 1) :][:1]:
            words = ("match", f"E{reply.number}", *(whom.split() or ("--none",)))
            self._say(by, *words, what="matched", about=reply.number, tells_of=reply.tells_of, whom=whom)

    @property
    def _replies(self) -> list[Done]:
        return [entry for entry in self.told.standing if entry.what == "reply"]

    @rule(by=minutes, pupil=pupils, found=st.booleans())
    def look_in_school(self, by: int, pupil: str, found: bool) -> None:
        what = FOUND if found else NOT_FOUND
        self._say(by, "check", pupil, "--found" if found else "--not-found", what=what, whom=pupil)

    @rule(by=minutes, pupil=pupils)
    def explain(self, by: int, pupil: str) -> None:
        self._say(by, "explain", pupil, *WORDS, what="told", tells_of=self.today, whom=pupil)

    @rule(by=minutes, pupil=pupils, which=some)
    def say_what_explains_nothing(self, by: int, pupil: str, which: int) -> None:
        words = (
            ("text", pupil), ("note", pupil, "--text", "gran says she has a cold"),
            ("inform", pupil, "--agency", "social care"), ("explain", pupil, *WORDS, "--day", "2026-11-23"),
        )  # fmt: skip
        self._say(by, *words[which % len(words)], whom=pupil)

    @precondition(lambda self: self._can_be_taken_back)
    @rule(by=minutes, which=some)
    def take_back(self, by: int, which: int) -> None:
        entry = self._can_be_taken_back[which % len(self._can_be_taken_back)]
        self._say(by, "withdraw", f"E{entry.number}", "--why", "the wrong child", what="withdrawn", about=entry.number)

    @property
    def _can_be_taken_back(self) -> list[Done]:
        return [entry for entry in self.told.log if not self.told.is_gone(entry)]

    @rule(by=minutes, marks=registers, age=st.sampled_from((0, 0, 0, 5, 30)))
    def newer_or_older_register(self, by: int, marks: tuple[Row | None, ...], age: int) -> None:
        rows = {p: row for p, row in zip(PUPILS, marks, strict=True) if row is not None}
        if rows:
            self.now += timedelta(minutes=by)
            self._register(rows, self.now - timedelta(minutes=age))

    @precondition(lambda self: any(e.session == self.session for e in self.told.exports))
    @rule(by=minutes, which=some)
    def the_same_register_again(self, by: int, which: int) -> None:
        self.now += timedelta(minutes=by)
        today = [export for export in self.told.exports if export.session == self.session]
        again = today[which % len(today)]
        self._register(again.rows, again.taken_at)

    @rule(by=minutes, lists=st.tuples(*[st.sampled_from(LISTS)] * len(PUPILS)))
    def newer_contact_list(self, by: int, lists: tuple[str, ...]) -> None:
        self.now += timedelta(minutes=by)
        self.lists = dict(zip(PUPILS, lists, strict=True))
        self._drop("contacts", self._contacts())

    @precondition(lambda self: self.now <= _begins(self.session) + timedelta(hours=1))
    @rule(by=st.integers(20, 50))
    def time_goes_on(self, by: int) -> None:
        self.now += timedelta(minutes=by)

    @precondition(lambda self: self.session + 1 < len(SESSIONS))
    @rule()
    def the_next_session(self) -> None:
        self.session += 1
        self.now = _begins(self.session)

    @precondition(lambda self: self.session + 1 < len(SESSIONS))
    @rule()
    def the_next_morning(self) -> None:
        self.session = len(SESSIONS) - 1
        self.now = _begins(self.session)


def _begins(session: int) -> datetime:
    day, half = SESSIONS[session]
    return datetime.fromisoformat(f"{day}T{BEGINS[half]}")


TestCalling = Calling.TestCase
TestCalling.settings = settings(LAWS, max_examples=25, stateful_step_count=12)
