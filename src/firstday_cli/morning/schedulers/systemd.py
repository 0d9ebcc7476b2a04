"""Units of systemd for one user: a timer on London's clock, and the service that it starts."""

from firstday_cli.domain.runs import DailyRun
from firstday_cli.morning.schedulers.step import Step

SERVICE = """\
# Started by the timer of the same name. Printed by `firstday schedule systemd`.
[Unit]
Description=firstday: the scheduled run of {school}

[Service]
Type=oneshot
ExecStart={command}
# 10, 11 and 12: the run was made, and somebody must act. Anything else but 0 went wrong (20: a file could not be read),
# and the unit is shown as failed: systemctl --user --failed; what was said: journalctl --user-unit NAME.service
SuccessExitStatus=10 11 12
# What it would print is in heartbeat.json: the journal of systemd gets what went wrong alone. No child is named in it.
StandardOutput=null
StandardError=journal
TimeoutStartSec=30min
UMask=0077
"""
TIMER = """\
# The scheduled runs of {school}.
# On London's clock, wherever this machine is; --if-due of the service drops days without school. Printed by
# `firstday schedule systemd`: print it again when a time of policy.toml has changed.
[Unit]
Description=firstday: the times of {school}

[Timer]
{times}# A run that was missed while the machine was off or asleep is made when it wakes.
Persistent=true
AccuracySec=1s

[Install]
WantedBy=timers.target
"""
UNITS = """\
# Two files for ~/.config/systemd/user/. This writes both there:
#   firstday schedule systemd -o ~/.config/systemd/user/firstday.timer

# ---- firstday.service
{service}
# ---- firstday.timer
{timer}"""


def run_unit(step: Step) -> str:
    """The unit that runs the step."""
    return SERVICE.format(school=_plain(step.school), command=_command(step))


def timer(step: Step) -> str:
    """The unit that starts it at each time."""
    runs = {run.at: run for slot in step.slots for run in slot.runs}
    times = "".join(_time(run) for _, run in sorted(runs.items()))
    return TIMER.format(school=_plain(step.school), times=times)


def units(step: Step) -> str:
    """Both units, each below its name."""
    return UNITS.format(service=run_unit(step), timer=timer(step))


def _time(run: DailyRun) -> str:
    return f"# {run.why}\nOnCalendar=Mon..Fri *-*-* {run.at:%H:%M}:00 Europe/London\n"


def _command(step: Step) -> str:
    program, *words = step.command
    return " ".join((_quoted(program), *(_quoted(word.replace("$", "$$")) for word in words)))


def _quoted(word: str) -> str:
    """A word as systemd reads it: in quotes, with its own escapes; % begins a specifier, and is doubled."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _plain(text: str) -> str:
    """Words for a description, where % begins a specifier and a backslash at the end goes on in the next line."""
    return text.replace("%", "%%").rstrip("\\")
