"""REPORTS: the catalogue, one line a report, with whom it is for and what it is about."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from firstday_cli.domain.picture.day_picture import DayPicture
from firstday_cli.domain.record import record
from firstday_cli.reports.days import absence_days, face_to_face_due
from firstday_cli.reports.discrepancies import discrepancies
from firstday_cli.reports.page import Audience, Page, Table
from firstday_cli.reports.registers import registers


@record
class Report:
    """One report: its purpose, its audience, and how a day's picture becomes it; None where it spans days."""

    purpose: str
    audience: Audience
    of_day: Callable[[DayPicture], Page] | None = None

    @property
    def is_for_the_office(self) -> bool:
        """Whether the office may read it: not what carries reasons of ratings, agencies or addresses."""
        return self.audience in (Audience.OFFICE, Audience.PARENTS)


REPORTS: Mapping[str, Report] = MappingProxyType(
    {
        "missing-registers": Report(
            purpose="registers missing, awaited or partly marked", audience=Audience.OFFICE, of_day=registers
        ),
        "unexplained": Report(
            purpose="absent with no explanation, in calling order, from what has been taken in so far",
            audience=Audience.OFFICE,
        ),
        "call-sheet": Report(
            purpose="whom to ring, in what order, every number, what was tried, with room to write",
            audience=Audience.OFFICE,
        ),
        "texts": Report(
            purpose="one text for every family with a child absent, to send as a batch", audience=Audience.OFFICE
        ),
        "discrepancies": Report(purpose="evidence that does not agree", audience=Audience.OFFICE, of_day=discrepancies),
        "double-check": Report(
            purpose="whom to look for in school before calling, and what the registers may now need",
            audience=Audience.OFFICE,
        ),
        "absence-days": Report(
            purpose="days of absence of every absent child, sessions authorised and not",
            audience=Audience.OFFICE,
            of_day=absence_days,
        ),
        "face-to-face-due": Report(
            purpose="who is owed a face to face today, by when, and whether it was made",
            audience=Audience.SAFEGUARDING,
            of_day=face_to_face_due,
        ),
        "rag-review": Report(
            purpose="the daily review: absent children by rating, duties, decisions", audience=Audience.SAFEGUARDING
        ),
        "contact-gaps": Report(
            purpose="contact lists with too few numbers, wrong or doubtful ones, by pupil and for the week",
            audience=Audience.OFFICE,
        ),
        "statutory-alerts": Report(
            purpose="what the law asks a school to look at, counted from marks", audience=Audience.OFFICE
        ),
        "mis-notes": Report(
            purpose="a note to paste for each child, facts alone, and the codes for a person to enter",
            audience=Audience.OFFICE,
        ),
        "cpoms": Report(
            purpose="a note to paste for each child: the whole chronology of the day", audience=Audience.SAFEGUARDING
        ),
        "day-summary": Report(
            purpose="the day in numbers: calls, texts and duties made in time, late, or not at all",
            audience=Audience.OFFICE,
        ),
        "commented-absence": Report(
            purpose="every absent child with its mark, the words beside it, who told what, and the visits to start now",
            audience=Audience.SAFEGUARDING,
        ),
        "visits": Report(
            purpose="the visit sheet: one family a card, what to look for and ask, with room to write",
            audience=Audience.STAFF_WHO_VISIT,
        ),
        "escalations": Report(
            purpose="what must be done next: for whom, by whom, by when and why", audience=Audience.SAFEGUARDING
        ),
        "referral": Report(
            purpose="one pupil's pack for the attendance team, social care or the police: "
            "firstday report referral PUPIL --to BODY",
            audience=Audience.SAFEGUARDING,
        ),
        "handover": Report(
            purpose="the end of the day: open cases, clocks that run on, staff still out, who decided what",
            audience=Audience.SAFEGUARDING,
        ),
        "not-seen-before-break": Report(
            purpose="who is absent, owed a face to face or open as a case before days without school",
            audience=Audience.SAFEGUARDING,
        ),
        "history": Report(
            purpose="all that is known of one pupil: marks, spells of absence, ratings, what was done: "
            "firstday report history PUPIL",
            audience=Audience.SAFEGUARDING,
        ),
        "analysis": Report(
            purpose="weeks and terms: attendance beside the national rates, calls, visits and what was made in time",
            audience=Audience.OFFICE,
        ),
        "letter": Report(
            purpose="the letter that tells parents what happens when a child is absent, by the school's own times",
            audience=Audience.PARENTS,
        ),
    }
)


def catalogue() -> Page:
    """The page of `reports`."""
    rows = tuple((name, report.audience.value, report.purpose) for name, report in REPORTS.items())
    return Page(
        title="Reports",
        facts={
            "schema": "firstday/reports/1",
            "reports": [
                {"report": name, "audience": r.audience.value, "purpose": r.purpose} for name, r in REPORTS.items()
            ],
        },
        tables=(Table(title="Reports", columns=("Report", "For", "About"), rows=rows),),
    )
