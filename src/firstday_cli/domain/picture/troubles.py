"""What is wrong with a scheduled run itself: a list that no run made, nothing that came in, exports too old."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from firstday_cli.domain.picture.day_picture import DayPicture
from firstday_cli.domain.policy import Freshness
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session, in_words
from firstday_cli.domain.standing.trust import stale_kinds


class TroubleKind(StrEnum):
    """Each way in which a run may have gone wrong, by which it can be told from every other."""

    MISSED_RUN = "missed-run"
    EMPTY_INBOX = "empty-inbox"
    NOTHING_NEW = "nothing-new"
    NO_REGISTER = "no-register"
    STALE_EXPORT = "stale-export"
    UNREADABLE_FILE = "unreadable-file"
    NOT_WRITTEN = "not-written"


@record
class TroubleRow:
    """One row of the table: when it is said, and what to do."""

    kind: TroubleKind
    when: str
    mend: str


TROUBLES: tuple[TroubleRow, ...] = (
    TroubleRow(
        kind=TroubleKind.MISSED_RUN, when="no run made the list of a session by when its calls are due",
        mend="Find out why: is the computer off, has the task been changed? Look through that session's list now.",
    ),
    TroubleRow(
        kind=TroubleKind.EMPTY_INBOX, when="a school day, registers are due, and no file lies in the inbox",
        mend="See that the exports are made, and that they are saved in the inbox.",
    ),
    TroubleRow(
        kind=TroubleKind.NOTHING_NEW, when="a school day, registers are due, and no file has come in today",
        mend="See that the exports are made: these are earlier days'.",
    ),
    TroubleRow(
        kind=TroubleKind.NO_REGISTER, when="a school day, registers are due, and not one is in",
        mend="Export the registers. If the school is shut, say so: firstday close --day DAY --why TEXT --by NAME.",
    ),
    TroubleRow(
        kind=TroubleKind.STALE_EXPORT, when="the roll, the contacts or the flags are older than [freshness] says",
        mend="Export again.",
    ),
    TroubleRow(
        kind=TroubleKind.UNREADABLE_FILE, when="a file of the inbox could not be read",
        mend="firstday ingest says why, file by file.",
    ),
    TroubleRow(
        kind=TroubleKind.NOT_WRITTEN, when="a sheet could not be written",
        mend="Close it where it is open, or make room; then firstday morning again.",
    ),
)  # fmt: skip
MENDS = {row.kind: row.mend for row in TROUBLES}


@record
class Trouble:
    """One thing that is wrong with a run, and what to do."""

    kind: TroubleKind
    because: str

    @property
    def sentence(self) -> str:
        """Its kind, why, and the mend; no file and no child is named."""
        return f"{self.kind.upper().replace('-', ' ')}: {self.because}. {MENDS[self.kind]}"


@record
class Brought:
    """What came in: the files in the inbox, whether any register of the session, when anything did last, each kind."""

    files: int
    is_register_in: bool
    last: datetime | None
    of_kind: Mapping[str, datetime]
    unreadable: int = 0


def troubles(
    picture: DayPicture, brought: Brought, missed: Sequence[Session], fresh: Freshness, registers_due: datetime
) -> tuple[Trouble, ...]:
    """Everything that is wrong with the run, in the order of the table, but for sheets that are yet to be written."""
    is_due = not picture.why_shut and picture.as_of >= registers_due
    found = [(TroubleKind.MISSED_RUN, _missed(missed))]
    if is_due:
        found += _not_brought(picture, brought)
    if not picture.why_shut:
        found += [(TroubleKind.STALE_EXPORT, _stale(fresh, picture.session.day, brought.of_kind))]
    many = f"{brought.unreadable} file{'' if brought.unreadable == 1 else 's'}"
    found += [(TroubleKind.UNREADABLE_FILE, f"{many} could not be read" if brought.unreadable else "")]
    return tuple(Trouble(kind=kind, because=because) for kind, because in found if because)


def _missed(missed: Sequence[Session]) -> str:
    """Which sessions' lists no run made; the first of many."""
    if not missed:
        return ""
    more = f", and {len(missed) - 1} more since" if len(missed) > 1 else ""
    return f"no run made the list of {missed[0]} in time{more}"


def _not_brought(picture: DayPicture, brought: Brought) -> Iterable[tuple[TroubleKind, str]]:
    if not brought.files:
        yield TroubleKind.EMPTY_INBOX, "no file lies in the inbox"
    elif brought.last is None or brought.last.date() < picture.as_of.date():
        when = f"the last came on {in_words(brought.last.date())}" if brought.last else "none ever came"
        yield TroubleKind.NOTHING_NEW, f"no file has come in today, {when}"
    if not brought.is_register_in:
        yield TroubleKind.NO_REGISTER, f"not one register of {picture.session} is in"


def _stale(fresh: Freshness, day: date, of_kind: Mapping[str, datetime]) -> str:
    return "; ".join(f"the {kind} {_are(kind)} {age} days old" for kind, age in stale_kinds(fresh, day, of_kind))


def _are(kind: str) -> str:
    return "is" if kind == "roll" else "are"
