"""What lies in the inbox, and in the folders read beside it: what is new, and what is left, and why."""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from firstday_cli.desk import Desk
from firstday_cli.domain.policy import Inbox
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london, in_words
from firstday_cli.morning.files_read import Seen, seen
from firstday_cli.reports.taken_in import FileReport
from firstday_cli.store import evidence

NOT_EXPORTS = frozenset({"thumbs.db", "desktop.ini"})
HALF_WRITTEN = (".crdownload", ".part", ".partial", ".download", ".tmp")
LOCKS = ("~$", ".~lock.", ".sb-")
BEING_WRITTEN = "still being written, or open in another program: left for the next run."
IS_A_FOLDER = "a folder: its files are not read. Move them into the inbox itself."
LATELY_SECONDS = 2 * 24 * 3600
NEVER_EXPORTS = (".exe", ".msi", ".dmg", ".pkg", ".iso", ".jpg", ".jpeg", ".png", ".heic", ".mp3", ".mp4", ".mov")
LARGEST = 64 * 1024 * 1024  # of a file in a folder that is not the inbox: no export is nearly so large
Recognises = Callable[[Path], bool]


@record
class Found:
    """The files to take in, and those that are left where they are, each with the reason."""

    files: tuple[Path, ...] = ()
    left: tuple[FileReport, ...] = ()


class Candidate:
    """A file that has not been taken in as it is now."""

    def __init__(self, path: Path, now: Seen, *, is_beside: bool) -> None:
        self.path, self.is_beside = path, is_beside
        self.size, self.changed_ns = now

    @cached_property
    def digest(self) -> str:
        """What tells its bytes from all others; empty where it cannot be opened."""
        try:
            return sha256(self.path.read_bytes()).hexdigest()
        except OSError:
            return ""

    @property
    def changed(self) -> datetime:
        """When it was last changed, on London's clock."""
        return in_london(datetime.fromtimestamp(self.changed_ns / 1e9).astimezone())

    def left(self, because: str) -> FileReport:
        """The file as one that is left where it is."""
        return FileReport(file=self.path.name, left=because)

    @property
    def by_hand(self) -> str:
        """The command that takes it in all the same."""
        return f'To take it in all the same: firstday ingest "{self.path}"'


def found_in_inbox(desk: Desk, recognises: Recognises) -> Found:
    """What is new in the inbox, and what is new today and recognised in the folders read beside it."""
    fresh, left = _candidates(desk, desk.inbox, is_beside=False)
    left += [FileReport(file=name, left=IS_A_FOLDER) for name in _folders_in(desk.inbox)]
    for name, folder in folders_beside(desk.folder, desk.policy.inbox):
        beside, strange = _recognised(_candidates(desk, folder, is_beside=True)[0], recognises)
        fresh += beside
        left += [FileReport(file=name, left=_not_recognised(strange))] if strange else []
    stale = [c for c in fresh if c.is_beside and c.changed.date() < desk.now.date()]
    once, repeated = _once(desk, [c for c in fresh if c not in stale])
    left += [*repeated, *(c.left(_same_as(desk, c, once) or _stale(c)) for c in stale)]
    return Found(
        files=tuple(sorted(c.path for c in once.values())), left=tuple(sorted(left, key=lambda report: report.file))
    )


def unread(desk: Desk) -> tuple[str, ...]:
    """The names of the files in the inbox that were not taken in as they are now: new ones, and unreadable ones."""
    return tuple(path.name for path in found_in_inbox(desk, lambda _: False).files)


def files_there(desk: Desk) -> int:
    """How many files that may be exports lie in the inbox and in the folders read beside it, taken in or not."""
    places = [desk.inbox, *(folder for _, folder in folders_beside(desk.folder, desk.policy.inbox))]
    return sum(1 for place in places for path in _files_in(place) if _may_be_an_export(path.name))


def folders_beside(school: Path, policy: Inbox) -> list[tuple[str, Path]]:
    """The folders of `[inbox] also` that are there, each once, and as the policy names it; never the inbox itself."""
    found: dict[Path, str] = {}
    for name in policy.also:
        folder = _place(school, name)
        if folder.is_dir() and folder.resolve() != (school / "inbox").resolve():
            found.setdefault(folder.resolve(), name)
    return [(name, folder) for folder, name in found.items()]


def folders_missing(school: Path, policy: Inbox) -> list[str]:
    """The folders of `[inbox] also` that are not there, as the policy names them."""
    return [name for name in policy.also if not _place(school, name).is_dir()]


def _place(school: Path, name: str) -> Path:
    try:
        return school / Path(name).expanduser()
    except RuntimeError:  # nobody knows whose home is meant
        return school / name


def _candidates(desk: Desk, folder: Path, *, is_beside: bool) -> tuple[list[Candidate], list[FileReport]]:
    """The folder's files that were not taken in as they are now, and those that somebody is still writing."""
    fresh: list[Candidate] = []
    left: list[FileReport] = []
    for path in _files_in(folder):
        now = seen(path)
        if _is_being_written(path.name):
            left.append(FileReport(file=path.name, left=BEING_WRITTEN))
        elif now is not None and _may_be_an_export(path.name) and (not desk.has_store or _is_new(desk, path, now)):
            fresh.append(Candidate(path, now, is_beside=is_beside))
    return fresh, left


def _is_new(desk: Desk, path: Path, now: Seen) -> bool:
    """Whether the file has not been taken in as it is now; one changed lately is known by its content alone."""
    known = {digest for *facts, digest in evidence.files_seen(desk.store, path.name) if tuple(facts) == now}
    if not known:
        return True
    changed_lately = abs(time.time() - now[1] / 1e9) < LATELY_SECONDS or now[1] / 1e9 > time.time()
    try:
        return changed_lately and sha256(path.read_bytes()).hexdigest() not in known
    except OSError:
        return False


def _recognised(fresh: Iterable[Candidate], recognises: Recognises) -> tuple[list[Candidate], int]:
    """The candidates that are exports, and how many others there are."""
    candidates = list(fresh)
    known = [
        c
        for c in candidates
        if c.size <= LARGEST and not c.path.name.casefold().endswith(NEVER_EXPORTS) and recognises(c.path)
    ]
    return known, len(candidates) - len(known)


def _once(desk: Desk, fresh: list[Candidate]) -> tuple[dict[str, Candidate], list[FileReport]]:
    """Each content once, as the file that was changed last has it; the copies, and those of what was taken in already.

    A copy made since the content was taken in is no copy: it says that this is the newest again.
    """
    kept: dict[str, Candidate] = {}
    repeated: list[FileReport] = []
    for one in sorted(fresh, key=lambda c: (-c.changed_ns, c.is_beside, c.path.name)):
        same = _same_as(desk, one, kept)
        if same:
            repeated.append(one.left(same))
        else:
            kept[one.digest or str(one.path)] = one
    return kept, repeated


def _same_as(desk: Desk, one: Candidate, kept: Mapping[str, Candidate]) -> str:
    """Which file of the same content is read, or was; empty where there is none."""
    if one.digest in kept:
        return f"the same as {kept[one.digest].path.name}, read once."
    before = _taken_in_before(desk, one)
    return f"the same as {before}, taken in before. {one.by_hand}" if before else ""


def _taken_in_before(desk: Desk, one: Candidate) -> str:
    """The file of the same content that was taken in as it was later changed; empty where there is none.

    In the inbox one that was changed at the same time is no copy left over: it says that this is the newest again.
    """
    if not desk.has_store or not one.digest:
        return ""
    after = one.changed_ns - (1 if one.is_beside else 0)
    return next((file for file, at in evidence.taken_as(desk.store, one.digest) if at > after), "")


def _stale(one: Candidate) -> str:
    when = in_words(one.changed.date())
    return f"last changed on {when}, so another may have taken its place: not read. {one.by_hand}"


def _not_recognised(many: int) -> str:
    return f"{many} file{' fits' if many == 1 else 's fit'} no layout: left alone."


def _files_in(folder: Path) -> list[Path]:
    """The files of a folder, and what a browser makes while it fetches one; none where it cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() or _is_being_written(path.name))
    except OSError:
        return []


def _folders_in(inbox: Path) -> list[str]:
    """The folders in the inbox, but for hidden ones and those that a browser writes into."""
    try:
        names = sorted(path.name for path in inbox.iterdir() if path.is_dir())
    except OSError:
        return []
    return [name for name in names if not name.startswith(".") and not _is_being_written(name)]


def _is_being_written(name: str) -> bool:
    folded = name.casefold()
    return folded.startswith(LOCKS) or folded.endswith(HALF_WRITTEN) or ".sb-" in folded


def _may_be_an_export(name: str) -> bool:
    return not name.startswith(".") and name.casefold() not in NOT_EXPORTS
