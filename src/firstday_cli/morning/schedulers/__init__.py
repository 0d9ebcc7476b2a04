"""SCHEDULERS: the programs that can start the scheduled runs, what is printed for each, and how it is put in place."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from firstday_cli.domain.record import record
from firstday_cli.morning.schedulers import cron, systemd, windows
from firstday_cli.morning.schedulers.step import Step


@record
class Scheduler:
    """One scheduler: what it is, its files by their ending, how they are put in place; `{file}` is where they lie.

    `printed` is the whole as text. Where a file has no ending of its own, any name will do.
    """

    about: str
    printed: Callable[[Step], str]
    files: Mapping[str, Callable[[Step], str | bytes]]
    pasted: str
    saved: str
    on_windows: bool = False


SCHEDULERS: Mapping[str, Scheduler] = MappingProxyType(
    {
        "cron": Scheduler(
            about="cron, on macOS and Linux", printed=cron.crontab, files={"": cron.crontab},
            pasted="`crontab -e`, paste the lines at the end, save",
            saved="Put it in place: `crontab -e`, paste the lines of {file} at the end, save.",
        ),
        "systemd": Scheduler(
            about="systemd, on most Linux systems: makes up for what was missed", printed=systemd.units,
            files={".service": systemd.run_unit, ".timer": systemd.timer},
            pasted="easier saved: `-o ~/.config/systemd/user/firstday.timer` writes the service beside it",
            saved="Put them in place: `systemctl --user daemon-reload`, `systemctl --user enable --now {timer}`, and "
            "once `loginctl enable-linger`, so that they run while you are not signed in.",
        ),
        "windows": Scheduler(
            about="the Task Scheduler of Windows: makes up for what was missed", printed=windows.xml_text,
            files={"": windows.xml_file}, on_windows=True,
            pasted="save it with `-o firstday.xml`, then `schtasks /Create /TN \"firstday\" /XML firstday.xml`",
            saved='Put it in place: `schtasks /Create /TN "{name}" /XML "{file}"`; with /F it replaces an earlier one.',
        ),
    }
)  # fmt: skip
