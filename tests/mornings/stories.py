"""Invented mornings told in steps: what comes, what people write, what they ask, moment by moment; always the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from builders import CALENDAR, POLICY, a_school, drop, lines, run
from firstday_cli.reports.catalogue import REPORTS

MONDAY = date(2026, 11, 23)
NAMES = ("Ivy", "Tom", "Zoë", "Amir", "Bea", "Cal", "Dot", "Eli", "Fay", "Gus")
PUPILS = tuple(f"P{n:02}" for n in range(1, len(NAMES) + 1))
BY = ("--by", "A. Officer")
LEAD = ("--by", "D. Lead")
MARKS = ("/", "/", "/", "N", "N", "I", "M", "", "L", "B", "C", "Q9")
FLAGS = ("social-worker", "cse", "walks-alone", "young-carer", "ewo", "odd-word")
OUTCOMES = ("no-answer", "voicemail-left", "engaged", "wrong-number", "does-not-know-where", "overseas-tone")
SETTINGS = (
    '\n[calling]\nrounds = 3\n', '\n[morning]\ncalls_made_by = "09:50"\n', '\n[codes]\nexplain_alone = ["C", "I"]\n',
    '\n[rag]\nrules = [{ flag = "ewo", rating = "red", because = "officer" }]\n', "",
)  # fmt: skip
OF_A_PUPIL = {"history": (), "referral": ("--to", "police")}


@dataclass
class Story:
    """One school's days, by one seed: at each moment something happens, or somebody asks for a page."""

    folder: Path
    seed: int
    asks_a_step: int = 6
    at: datetime = datetime(2026, 11, 23, 8, 30)  # noqa: DTZ001 - as it is typed
    asked: list[tuple[tuple[str, ...], str, bytes]] = field(default_factory=list)
    files: int = 0

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)  # noqa: S311 - a story that is told again
        self.school = a_school(self.folder, {}, policy=POLICY, calendar=CALENDAR)
        self.messages: list[str] = []

    def live(self, steps: int, days: int = 1) -> None:
        """Live through these days; what is printed is kept."""
        for day in range(days):
            self.at = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time()).replace(hour=8, minute=30)
            for number in range(steps):
                if day == number == 0:
                    for happens in (self.roll, self.contacts, self.flags, self.history, self.a_message):
                        happens()
                else:
                    for happens in self.dice.sample(self.happenings, 3):
                        happens()
                self.ask_some()
                self.at += timedelta(minutes=self.dice.choice((3, 9, 20, 45)))

    @property
    def happenings(self) -> list[Callable[[], None]]:
        """Everything that can happen; registers and calls oftener than the rest."""
        return [
            self.roll, self.contacts, self.flags, self.lates, self.a_message, self.planned, self.history, self.broken,
            self.mended, self.policy, self.calendar, *[self.register] * 4, *[self.spoken] * 6, self.withdrawn,
        ]  # fmt: skip

    def tick(self) -> str:
        """The next moment: no two commands are of one second."""
        self.at += timedelta(seconds=1)
        return self.at.isoformat()

    def tell(self, *words: str) -> None:
        """Write something down, whether or not it is allowed."""
        run(self.school, *words, now=self.tick())

    def some(self) -> Iterator[str]:
        """Pupils, in an order that is kept."""
        return iter(self.dice.sample(PUPILS, self.dice.randint(4, len(PUPILS))))

    def put(self, name: str, heading: str, *rows: str) -> None:
        """Save an export, under a new name or an old one."""
        self.files += 1
        stem = f"{name}-{self.files}" if self.dice.random() < 0.7 else name
        drop(self.school, {f"{stem}.csv": lines(heading, *rows)})

    def roll(self) -> None:
        """A roll; at times one child short, or in another class, or with flags."""
        short = self.dice.choice((None, None, self.dice.choice(PUPILS)))
        rows = [
            f"{p},{name},Ward,{self.dice.choice(('4B', '5C'))},201{n % 8}-01-11,{self.dice.choice(('', 'ewo'))}"
            for n, (p, name) in enumerate(zip(PUPILS, NAMES, strict=True)) if p != short
        ]  # fmt: skip
        self.put("roll", "pupil_id,forename,surname,group,dob,flags", *rows)

    def contacts(self) -> None:
        """A contact list."""
        rows = [
            f"{p},{order},Adult {p} {order},07700 900{self.dice.randint(100, 400)}"
            for p in self.some() for order in range(1, self.dice.randint(2, 4))
        ]  # fmt: skip
        self.put("contacts", "pupil_id,order,name,phone", *rows)

    def flags(self) -> None:
        """Flags, some of them over."""
        rows = [
            f"{p},{self.dice.choice(FLAGS)},2026-{self.dice.choice(('09-02', '11-20'))},{self.dice.choice(('', '2026-11-22', '2026-11-24'))}"  # noqa: E501
            for p in self.some()
        ]
        self.put("flags", "pupil_id,flag,since,until", *rows)

    def register(self) -> None:
        """A register of some pupils in one session; now and then a row that cannot be read."""
        day, half = self.at.date(), self.dice.choice(("AM", "AM", "AM", "PM"))
        rows = [
            f"{p},{day},{half},{self.dice.choice(MARKS)},{self.dice.choice(('', '', 'has a cold'))}"
            for p in self.some()
        ]
        if self.dice.random() < 0.3:
            rows.append(f"{self.dice.choice(PUPILS)},31/31/2026,{half},N,")
        self.put("register", "pupil_id,date,session,mark,comment", *rows)

    def history(self) -> None:
        """Registers of earlier days, which may say other than before."""
        rows = [
            f"{p},{self.at.date() - timedelta(days=back)},{half},{self.dice.choice(MARKS[:7])}"
            for p in self.some() for back in (3, 4, 5) for half in ("AM", "PM")
        ]  # fmt: skip
        self.put("history", "pupil_id,date,session,mark", *rows)

    def lates(self) -> None:
        """The late book, of today or of days before."""
        day = self.at.date() - timedelta(days=self.dice.choice((0, 0, 3)))
        rows = [f"{p},{day},09:{self.dice.randint(10, 59)},{self.dice.choice(('', '10:05'))}" for p in self.some()]
        self.put("lates", "pupil_id,date,time_in,time_out", *rows[:3])

    def a_message(self) -> None:
        """A message from home."""
        n, p = len(self.messages) + 1, self.dice.randrange(len(PUPILS))
        self.messages.append(f"M{n}")
        whom = self.dice.choice((f"{PUPILS[p]},", f",{NAMES[p]} Ward"))
        said = self.dice.choice(("is unwell", "has a sore throat", "we do not know where he is", "late today"))
        self.put(
            "messages", "message_id,received_at,pupil_id,pupil_name,text", f"M{n},{self.at.isoformat()},{whom},{said}"
        )

    def planned(self) -> None:
        """Planned absences: whoever is left out is no longer covered."""
        rows = [f"{p},2026-11-23,2026-11-24,{self.dice.choice(('C', 'M', 'B', 'C2'))}" for p in self.some()]
        self.put("planned", "pupil_id,from_date,to_date,code", *rows[:3])

    def broken(self) -> None:
        """A file that nobody can read."""
        drop(self.school, {self.dice.choice(("broken.xlsx", "strange.csv")): b"PK\x03\x04 no workbook"})

    def mended(self) -> None:
        """The same file, mended or taken away."""
        for name in ("broken.xlsx", "strange.csv"):
            (self.school / "inbox" / name).unlink(missing_ok=True)

    def policy(self) -> None:
        """Another policy."""
        (self.school / "policy.toml").write_text(POLICY + self.dice.choice(SETTINGS), encoding="utf-8")

    def calendar(self) -> None:
        """Another day off."""
        shut = self.dice.choice(("2026-11-20", "2026-11-25", "2026-11-27"))
        text = CALENDAR + f'\n[[closures]]\nfirst = "{shut}"\nlast = "{shut}"\nwhy = "boiler"\n'
        (self.school / "calendar.toml").write_text(self.dice.choice((CALENDAR, text)), encoding="utf-8")

    def spoken(self) -> None:
        """Somebody does something and writes it down."""
        p, dice = self.dice.choice(PUPILS), self.dice
        self.tell(*dice.choice((
            ("call", p, "--contact", "1", "--outcome", dice.choice(OUTCOMES), *BY),
            ("call", p, "--contact", "2", "--outcome", dice.choice(OUTCOMES), *BY),
            ("call", p, "--contact", "1", "--outcome", "answered", "--reason", "cold", "--child-with", "gran", *BY),
            ("check", p, dice.choice(("--found", "--not-found")), *BY), ("text", p, *BY),
            ("explain", p, "--told-by", "aunt", "--reason", "cold", "--child-with", "aunt", *BY),
            ("match", dice.choice(self.messages or ["M1"]), p, *BY), ("note", p, "--text", "was seen", *BY),
            ("visit", p, "--out", "--staff", "A. One", "--staff", "B. Two", "--back-by", "15:00", *LEAD),
            ("visit", p, "--outcome", dice.choice(("no-answer", "child-seen", "concern")), *LEAD),
            ("decide", p, dice.choice(("--harm", "--no-immediate-concern")), *LEAD),
            ("refer", p, "--to", "attendance-team", *LEAD), ("inform", p, "--agency", "Agency", *LEAD),
            ("seen", p, "--how", "home", "--with-parent", *LEAD), ("enquire", p, "--agency", "none", "--intelligence",
             "none", "--knows-family", "nobody", *LEAD), ("rate", p, "AMBER", "--why", "worry", *LEAD),
            ("review", p, "--decision", "ring again", "--present", "H. Head", *LEAD), ("logged", p, "--in", "mis", *BY),
            ("listen", "--pupil", p, "--told-by", "dad", "--reason", "asleep", *BY),
            ("assess", p, "--on", "2026-11-20", "--review", "2026-12-01", "--ref", "cabinet", *LEAD),
        )))  # fmt: skip

    def withdrawn(self) -> None:
        """Something is taken back."""
        self.tell("withdraw", "last", "--why", "another child", *self.dice.choice((BY, LEAD)))

    def ask_some(self) -> None:
        """Take in what is new, and ask for some pages; each is kept with its words and its moment."""
        self.ask("reconcile", *self.dice.choice((("--format", "json"), ())))
        for words in self.dice.sample(self.pages(), min(self.asks_a_step, len(self.pages()))):
            self.ask(*words)

    def pages(self) -> list[tuple[str, ...]]:
        """Everything that can be asked, as text and as data."""
        p = self.dice.choice(PUPILS)
        found: list[tuple[str, ...]] = [
            ("reconcile", "--session", "AM"), ("reconcile", "--for", "safeguarding"), ("escalate",), ("why", p),
            ("escalate", "--for", "safeguarding", "--since", "2026-11-23T08:40"), ("why", p, "--for", "safeguarding"),
            ("rag",), ("registers",), ("messages",), ("review",), ("reconcile", "--day", "2026-11-20"),
            ("report", "day-summary", "--day", "2026-11-23"),
        ]  # fmt: skip
        found += [("report", name, *((p, *OF_A_PUPIL[name]) if name in OF_A_PUPIL else ())) for name in REPORTS]
        return [(*words, *form) for words in found for form in ((), ("--format", "json"))]

    def ask(self, *words: str) -> None:
        """Ask for a page, and keep what it says."""
        now = self.tick()
        ended = run(self.school, *words, now=now)
        self.asked.append((words, now, ended.raw + f"\nends with {ended.code}".encode()))

    def weeks_later(self) -> None:
        """All is over: three weeks on, everything has come anew, and more has been written down."""
        self.at = self.at.replace(hour=8, minute=30) + timedelta(days=21 - self.at.weekday())
        for happens in (self.mended, self.roll, self.contacts, self.flags, self.register, self.lates, self.planned):
            happens()
        self.tell("reconcile")
        for _ in range(4):
            self.spoken()
        self.policy()
        self.history()
        self.broken()
        self.tell("reconcile")

    def asked_again(self) -> list[str]:
        """What is said otherwise when each page is asked for again with the same words and the same moment."""
        wrong = []
        for words, now, before in self.asked:
            ended = run(self.school, *words, now=now)
            if ended.raw + f"\nends with {ended.code}".encode() != before:
                wrong.append(f"{now} {' '.join(words)}")
        return wrong
