"""A moment past shown again: what is kept for it while the day runs, and what is said beside its pages."""

from collections.abc import Sequence
from contextlib import suppress

from firstday_cli.desk import STORE, Desk, moment_now
from firstday_cli.domain.log.kept import FilesUnread
from firstday_cli.domain.school_days import in_words
from firstday_cli.errors import Mistyped, StoreUnavailable
from firstday_cli.morning.inbox import unread
from firstday_cli.morning.keeping import must_be_there
from firstday_cli.reports.taken_in import FileReport
from firstday_cli.store import then

NOT_READ = "could not be read then"


def keep_for_replays(desk: Desk, reports: Sequence[FileReport]) -> None:
    """Keep the settings and the names of the files that could not be read, where either has changed.

    A store that cannot be written stops no list.
    """
    from firstday_cli.store.sqlite import writing

    if desk.is_replay:
        return
    names = tuple(r.file for r in reports if r.error)
    found = FilesUnread(files=names, left=unread(desk) if names else ())
    if not then.is_other(desk.store, found) and not then.are_changed(desk.store, desk.settings_now):
        return
    with suppress(StoreUnavailable), writing(desk.store, STORE):
        desk.keep_settings()
        then.keep_unread(desk.store, found, desk.now)


def unread_then(desk: Desk) -> tuple[FileReport, ...]:
    """The files that could not be read at the moment that is shown again."""
    return tuple(FileReport(file=name, error=NOT_READ) for name in then.unread_at(desk.store, desk.now).files)


def not_taken_in(desk: Desk) -> tuple[str, ...]:
    """The files of the inbox that a page does not rest on; of a moment past those that could not be read then."""
    if not desk.is_replay:
        return unread(desk)
    return then.unread_at(desk.store, desk.now).left if desk.has_store else ()


def said_of_replay(desk: Desk) -> str:
    """What is said beside a page of a moment past; empty where it is of now."""
    if not desk.is_replay:
        return ""
    waiting = len(unread(desk))
    files = f" ({waiting} {'file waits' if waiting == 1 else 'files wait'} in the inbox)" if waiting else ""
    when = f"{in_words(desk.now.date())} {desk.now:%H:%M}"
    return f"A replay of what was known on {when}: nothing was taken in{files}.{_settings_said(desk)}"


def _settings_said(desk: Desk) -> str:
    """Which settings a moment past is judged by, where that is not plain."""
    if desk.settings_then is None:
        return " No settings were kept by then: it is judged by today's."
    same = desk.settings_then == desk.settings_now
    return "" if same else " The settings have changed since: it is judged by those of then."


def refuse_what_is_to_come(desk: Desk) -> None:
    """Raise Mistyped for a moment to come: after this machine's clock, and after everything that was recorded.

    Raises InvalidSettings where nothing ever was.
    """
    must_be_there(desk)
    is_to_come = desk.now > moment_now()
    if is_to_come and then.last_recorded(desk.store, desk.now) is None:
        raise Mistyped(
            f"found {desk.now:%H:%M} on {in_words(desk.now.date())}, expected a moment up to now.", "--as-of"
        )
