"""Sheets of paper made from the day's picture, each numbered in the log, and the texts of the day."""

from collections.abc import Sequence
from dataclasses import replace

from firstday_cli.desk import Desk
from firstday_cli.domain.escalation.next_steps import escalation
from firstday_cli.domain.log.entries import Entry, Logged
from firstday_cli.domain.packs.visit_cards import visit_cards
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import day_picture
from firstday_cli.domain.sheets.call_cards import cards
from firstday_cli.domain.sheets.double_check import double_check
from firstday_cli.domain.sheets.numbering import NOT_NUMBERED, SheetNumber, content_of, next_sheet
from firstday_cli.domain.sheets.texts import texts
from firstday_cli.domain.standing.session_facts import SessionFacts
from firstday_cli.errors import StoreUnavailable
from firstday_cli.reports.call_sheet import CallSheet, call_sheet
from firstday_cli.reports.double_check import double_check as double_check_page
from firstday_cli.reports.page import Page
from firstday_cli.reports.texts import texts_page
from firstday_cli.reports.visits import VisitSheet, visits


def call_sheet_now(desk: Desk) -> Page:
    """The call sheet as of now; it has the number of the last one while nothing on it has changed."""
    picture = day_picture(desk.evidence())
    found = cards(picture)
    listed = [child.pupil_id for card in found for child in card.children]
    sheet = CallSheet(picture=picture, cards=found, policy=desk.policy, number=None)
    number = numbered(desk, "call-sheet", listed, _content(call_sheet(sheet)))
    return call_sheet(replace(sheet, number=number))


def double_check_now(desk: Desk) -> Page:
    """The double check as of now, numbered like the call sheet."""
    evidence = desk.evidence()
    picture = day_picture(evidence)
    check = double_check(SessionFacts(evidence, desk.session.half), picture)
    number = numbered(desk, "double-check", check.pupil_ids, _content(double_check_page(picture, check, None)))
    return double_check_page(picture, check, number)


def texts_now(desk: Desk) -> Page:
    """The texts as of now, and those that were sent."""
    picture = day_picture(desk.evidence())
    return texts_page(picture, texts(picture, desk.policy), desk.policy.school.phone)


def visits_now(desk: Desk) -> Page:
    """The visit sheet as of now, numbered like the call sheet."""
    found = escalation(desk.evidence())
    cards = visit_cards(found)
    listed = [child.pupil_id for card in cards for child in card.children]
    sheet = VisitSheet(found=found, cards=cards, policy=desk.policy, number=None)
    return visits(replace(sheet, number=numbered(desk, "visits", listed, _content(visits(sheet)))))


def numbered(desk: Desk, sheet: str, pupils: Sequence[PupilId], content: str) -> SheetNumber | None:
    """The sheet's number, kept in the log; none where the store cannot be written: the sheet is needed all the same.

    Of a moment past nothing is written: a sheet that was made then keeps its number, and another has none.
    """
    if desk.is_replay:
        number, made = next_sheet(
            desk.entries(desk.session.day, desk.session.day), sheet, desk.session, pupils, content
        )
        return replace(number, number=NOT_NUMBERED) if made else number
    found: list[SheetNumber] = []

    def entry(log: tuple[Logged, ...]) -> Sequence[Entry]:
        number, made = next_sheet(log, sheet, desk.session, pupils, content)
        found.append(number)
        return [made] if made else []

    try:
        desk.record_for_itself(entry)
    except StoreUnavailable:
        return None
    return found[-1]


def _content(page: Page) -> str:
    """Everything that is printed on the sheet, but for its number and the moment it was made."""
    return content_of((*page.warnings, repr(page.tables)))
