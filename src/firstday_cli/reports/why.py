"""One pupil: the evidence for and against where the pupil stands, the rating, the counts, what is owed."""

from firstday_cli.domain.escalation.child_now import NextStep
from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.picture.account import Account, PieceOfEvidence
from firstday_cli.reports.counted import how_it_stands, shown_days, shown_due, shown_since
from firstday_cli.reports.escalations import because_for, step_shape
from firstday_cli.reports.page import Audience, Json, Page, Table
from firstday_cli.reports.shapes import duty_shape, figures_shape, pupil_shape


def why(account: Account, now: Escalation, audience: Audience = Audience.OFFICE) -> Page:
    """The page of `why`: the word of the rating, and its reasons for safeguarding; what must be done next."""
    p, for_leads = account.pupil, audience is Audience.SAFEGUARDING
    who = f"{p.pupil.name} ({p.pupil.pupil_id}, {p.pupil.group or 'no group'})"
    return Page(
        title=f"{who}: {_standing(account)}, {account.session}, as of {account.as_of:%H:%M}",
        facts=_facts(account, now),
        audience=audience,
        tables=(
            _conclusion(account, for_leads=for_leads),
            Table(
                title="Evidence", columns=("What", "Source", "Weight"),
                rows=tuple((_shown(e, for_leads=for_leads), e.source, e.weight) for e in account.evidence),
                empty="Nothing was taken in about this pupil today.",
            ),
            _duties(account, for_leads=for_leads),
            _next(account, now, for_leads=for_leads),
            Table(
                title="Discrepancies", columns=("Kind", "Because"),
                rows=tuple((d.kind, d.because) for d in account.discrepancies),
            ),
        ),
    )  # fmt: skip


def _shown(piece: PieceOfEvidence, *, for_leads: bool) -> str:
    """The piece in words; what is for safeguarding alone only by its kind."""
    return piece.what if for_leads or not piece.is_for_leads else f"{piece.what.partition(':')[0]}, for safeguarding"


def _calling(account: Account) -> str:
    """How far the contact list has been rung; empty where no case is open."""
    case = account.pupil.case
    if case is None:
        return ""
    rounds = case.rounds
    stage = (
        rounds.exhausted or f"round {rounds.number}, contacts {', '.join(map(str, rounds.to_ring)) or 'none'} to ring"
    )
    opens = f", from {rounds.opens:%H:%M}" if rounds.opens and not rounds.exhausted else ""
    return f"open since {case.began}; {stage}{opens}; due {case.due:%H:%M}"


def _standing(account: Account) -> str:
    return account.pupil.standing.kind.value.replace("_", " ")


def _conclusion(account: Account, *, for_leads: bool) -> Table:
    """What was concluded, line by line; what only safeguarding may read last."""
    p = account.pupil
    rows = [
        ("Standing", _standing(account)),
        ("By line", f"{p.standing.line}: {account.rule}"),
        ("Because", p.standing.because),
        ("Rating", p.rating.rating.value + ("?" if p.rating.is_unsure else "")),
        ("Days of absence", "" if p.facts.not_expected else shown_days(p.days)),
        ("Not seen for", "" if p.facts.not_expected else shown_since(p.days)),
        ("This school year", p.figures.in_words),
        ("Out of character", p.out_of_character),
        ("Case", _calling(account)),
    ]
    if for_leads:
        rows += [
            ("Rated because", "; ".join(p.rating.because)),
            ("Authorised by", p.rating.authorised_by),
            ("Provisional", p.rating.provisional),
            ("Proposal", p.rating.proposal),
            ("Risk assessment", p.needs_assessment),
        ]
    return Table(title="Conclusion", columns=("What", "Concluded"), rows=tuple(row for row in rows if row[1]))


def _duties(account: Account, *, for_leads: bool) -> Table:
    """What is owed; why, which may name an agency, for safeguarding alone."""
    rows = tuple(
        (d.duty, f"{d.due:%H:%M}", how_it_stands(d, account.as_of), d.source, *((d.because,) if for_leads else ()))
        for d in account.duties
    )
    columns = ("Duty", "By", "State", "Source", *(("Because",) if for_leads else ()))
    return Table(title="Owed today", columns=columns, rows=rows)


def _mine(account: Account, now: Escalation) -> list[NextStep]:
    return [step for step in now.steps if step.pupil_id == account.pupil.pupil.pupil_id]


def _next(account: Account, now: Escalation, *, for_leads: bool) -> Table:
    """What must be done next for this pupil, by when, by whom."""
    rows = tuple(
        (shown_due(s.due, account.as_of), s.step, s.owner, because_for(s, now, for_leads=for_leads), s.source)
        for s in _mine(account, now)
    )
    return Table(title="Next steps", columns=("By", "Step", "Who", "Because", "Source"), rows=rows)


def _facts(account: Account, now: Escalation) -> dict[str, Json]:
    p = account.pupil
    return {
        "schema": "firstday/why/1",
        "day": account.session.day.isoformat(),
        "session": account.session.half.value,
        "as_of": account.as_of.isoformat(),
        "line": p.standing.line,
        "pupil": pupil_shape(p),
        "sessions": figures_shape(p),
        "evidence": [{"what": e.what, "source": e.source, "weight": e.weight} for e in account.evidence],
        "duties": [{**duty_shape(d), "done": d.done or None} for d in account.duties],
        "steps": [step_shape(step, now) for step in _mine(account, now)],
        "discrepancies": [{"kind": d.kind, "because": d.because} for d in account.discrepancies],
    }
