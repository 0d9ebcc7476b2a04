"""Lines of a crontab: right without CRON_TZ, which not every cron knows."""

import shlex

from firstday_cli.domain.machine_times import Slot
from firstday_cli.morning.schedulers.step import Step, in_words

ABOUT = """\
# The scheduled runs of {school}, Monday to Friday. Printed by `firstday schedule cron`.
# In place: `crontab -e`, paste these lines at the end, save. Print and paste them again when a time of policy.toml, the
# school's folder, the Python that runs firstday or the time zone of this machine has changed.
# --if-due asks first whether a run is due by London's clock and the school's calendar. A line that comes on a day
# without school, twice, or an hour early or late does no harm, and a run that was missed is made by the next line.
# cron mails what a line prints, and these print what went wrong alone: no register came, a run was missed, a file or a
# sheet failed. Let that mail reach somebody (MAILTO), or look each day at `firstday doctor`. No child is named in it.
# A line ends with 0, or with 10, 11 or 12 where somebody must act. Anything else went wrong: 20 is a file that could
# not be read, 22 a sheet that could not be written; else the run was not made.
"""
ELSEWHERE = """\
# This machine's clock is not London's all the year: each run has a line for every hour at which it may fall here.
"""


def crontab(step: Step) -> str:
    """The lines of this school, each below what it is for."""
    about = ABOUT.format(school=step.school) + ("" if step.is_in_london_time else ELSEWHERE)
    return about + "".join(f"\n# {in_words(slot)}\n{_line(slot, step)}\n" for slot in step.slots)


def _line(slot: Slot, step: Step) -> str:
    days = ",".join(str((day + 1) % 7) for day in slot.weekdays)
    plain = {"1,2,3,4,5": "1-5"}.get(days, days)
    return f"{slot.at.minute} {slot.at.hour} * * {plain} {_command(step)}"


def _command(step: Step) -> str:
    """The command without its page; cron mails what is left: what troubled the run, or why it was not made."""
    return _for_cron(f"{shlex.join(step.command)} >/dev/null")


def _for_cron(shell: str) -> str:
    """A shell's words as cron reads them: it ends a command at a bare %, and takes the backslash before one away.

    A backslash that was there already is parted from it; that can only stand between the quotes of a name.
    """
    return shell.replace("\\%", "\\''%").replace("%", "\\%")
