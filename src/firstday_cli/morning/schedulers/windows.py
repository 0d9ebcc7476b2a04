"""A task for the Task Scheduler of Windows, as `schtasks /Create /XML` takes it.

In triggers the order of the elements matters: the beginning, then the days.
"""

from datetime import datetime, timedelta
from subprocess import list2cmdline
from xml.sax.saxutils import escape

from firstday_cli.domain.machine_times import Slot
from firstday_cli.morning.schedulers.step import Step, in_words

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ON_SCREEN, IN_FILE = '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>'
TASK = """\
{declared}
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <!-- {clock}
       Whether a run is due is asked first, by London's clock and the school's calendar. A trigger on a day without
       school, or an hour early or late, does no harm. Print it again when a time of policy.toml, the school's folder,
       the Python that runs firstday or the time zone of this PC has changed. -->
  <RegistrationInfo>
    <Description>{about}</Description>
  </RegistrationInfo>
  <Triggers>
{triggers}  </Triggers>
  <Principals>
    <!-- Whoever creates the task, while signed in; no administrator, no password. A run that was missed is made up. -->
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>Queue</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT30M</ExecutionTimeLimit>
    <Priority>5</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{words}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
TRIGGER = """\
    <!-- {about} -->
    <CalendarTrigger>
      <StartBoundary>{begins}</StartBoundary>
      <ScheduleByWeek>
        <DaysOfWeek>
{days}        </DaysOfWeek>
        <WeeksInterval>1</WeeksInterval>
      </ScheduleByWeek>
    </CalendarTrigger>
"""
AS_LONDON = "Times are those of this PC's clock, which shows London's."
ELSEWHERE = """\
Times are those of this PC's clock. It does not show London's all the year: each run has a trigger for every
       hour at which it may fall here."""
ABOUT = (
    "The scheduled runs of {school}. Last run result: 0x0 is well; 0xA, 0xB and 0xC (10, 11, 12) mean that somebody "
    "must act; anything else went wrong (0x14: a file could not be read), and firstday doctor says what."
)


def xml_text(step: Step) -> str:
    """The task in letters that every code page has, so that it may be redirected into a file of any."""
    return _xml(step, ON_SCREEN)


def xml_file(step: Step) -> bytes:
    """The task as the Task Scheduler itself writes one to a file: UTF-16 with its mark, and line ends of Windows."""
    return _xml(step, IN_FILE).replace("\n", "\r\n").encode("utf-16")


def _xml(step: Step, declared: str) -> str:
    program, *words = step.command
    return TASK.format(
        declared=declared, clock=AS_LONDON if step.is_in_london_time else ELSEWHERE,
        about=_text(ABOUT.format(school=step.school)), triggers="".join(_trigger(slot, step) for slot in step.slots),
        program=_text(program), words=_text(list2cmdline(words)), folder=_text(step.folder),
    )  # fmt: skip


def _trigger(slot: Slot, step: Step) -> str:
    begins = datetime.combine(step.since + timedelta(days=slot.shift), slot.at)
    days = "".join(f"          <{DAYS[day]} />\n" for day in sorted(slot.weekdays))
    return TRIGGER.format(about=_text(in_words(slot)), begins=begins.isoformat(), days=days)


def _text(words: str) -> str:
    """Words as text of XML in plain letters alone; others stand there by their numbers."""
    return escape(words).encode("ascii", "xmlcharrefreplace").decode("ascii")
