"""One pupil: the evidence for and against where the pupil stands."""

from firstday_cli.domain.account import Account
from firstday_cli.reports.page import Audience, Page, Table
from firstday_cli.reports.shapes import pupil_shape


def why(account: Account, audience: Audience = Audience.OFFICE) -> Page:
    """The page of `why`: the word of the rating, and its reasons for safeguarding."""
    p = account.pupil
    rows = tuple((e.what, e.source, e.weight) for e in account.evidence)
    shown = p.standing.kind.value.replace("_", " ")
    who = f"{p.pupil.name} ({p.pupil.pupil_id}, {p.pupil.group or 'no group'})"
    differ = tuple((d.kind, d.because) for d in account.discrepancies)
    conclusion = (shown, f"{p.standing.line}: {account.rule}", p.standing.because, p.rating.rating.value)
    for_leads = audience is Audience.SAFEGUARDING
    reasons = (("Rated because", "; ".join(p.rating.because)),) if for_leads else ()
    return Page(
        title=f"{who}: {shown}, {account.session}, as of {account.as_of:%H:%M}",
        facts={
            "schema": "firstday/why/1",
            "day": account.session.day.isoformat(),
            "session": account.session.half.value,
            "as_of": account.as_of.isoformat(),
            "line": p.standing.line,
            "pupil": pupil_shape(p),
            "evidence": [{"what": e.what, "source": e.source, "weight": e.weight} for e in account.evidence],
            "discrepancies": [{"kind": d.kind, "because": d.because} for d in account.discrepancies],
        },
        warnings=("FOR SAFEGUARDING: carries the reasons of the rating.",) if for_leads else (),
        tables=(
            Table(
                title="Conclusion",
                columns=("Standing", "By line", "Because", "Rating", *(name for name, _ in reasons)),
                rows=((*conclusion, *(words for _, words in reasons)),),
            ),
            Table(
                title="Evidence", columns=("What", "Source", "Weight"), rows=rows,
                empty="Nothing was taken in about this pupil today.",
            ),
            Table(title="Discrepancies", columns=("Kind", "Because"), rows=differ),
        ),
        notes=("Day counts and next steps are not worked out yet.",),
    )  # fmt: skip
