"""Every pupil's rating; the reasons for safeguarding alone."""

from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.standing.all_ratings import AllRatings, RatedPupil
from firstday_cli.reports.page import Audience, Json, Page, Table


def ratings(found: AllRatings, audience: Audience) -> Page:
    """The page of `rag`: words alone for the office; JSON always carries the reasons."""
    for_leads = audience is Audience.SAFEGUARDING
    return Page(
        title=f"{found.school}: ratings, {in_words(found.session.day)}",
        facts={
            "schema": "firstday/rag/1",
            "day": found.session.day.isoformat(),
            "pupils": [_shape(p) for p in sorted(found.pupils, key=lambda p: p.pupil.pupil_id)],
        },
        audience=audience,
        tables=(_table(found, for_leads=for_leads), *((_proposals(found), _assessments(found)) if for_leads else ())),
        notes=_notes(found),
    )


def shown_rating(p: RatedPupil) -> str:
    """The word of the rating, with a question mark where a fact is missing."""
    return p.rating.rating.value + ("?" if p.rating.is_unsure else "")


def _table(found: AllRatings, *, for_leads: bool) -> Table:
    columns = ("Pupil", "Name", "Group", "Rating", *(("Because", "Authorised by") if for_leads else ()))
    rows = []
    for p in found.pupils:
        because = (*p.rating.because, *([p.rating.provisional] if p.rating.provisional else []))
        reasons = ("; ".join(because), p.rating.authorised_by) if for_leads else ()
        rows.append((p.pupil.pupil_id, p.pupil.name, p.pupil.group, shown_rating(p), *reasons))
    return Table(
        title="Ratings, the highest first", columns=columns, rows=tuple(rows),
        empty="No roll was taken in: nobody is rated.", unbroken=("Pupil", "Name", "Group", "Rating"),
    )  # fmt: skip


def _proposals(found: AllRatings) -> Table:
    rows = tuple((p.pupil.pupil_id, p.pupil.name, p.rating.proposal) for p in found.pupils if p.rating.proposal)
    return Table(title="Proposals: a named person decides", columns=("Pupil", "Name", "Proposal"), rows=rows)


def _assessments(found: AllRatings) -> Table:
    rows = tuple((p.pupil.pupil_id, p.pupil.name, p.needs_assessment) for p in found.pupils if p.needs_assessment)
    return Table(title="RED without a risk assessment in date", columns=("Pupil", "Name", "Wanting"), rows=rows)


def _notes(found: AllRatings) -> tuple[str, ...]:
    called = {RagRating.RED: found.rag.red_is, RagRating.AMBER: found.rag.amber_is, RagRating.GREEN: found.rag.green_is}
    words = ", ".join(f"{rating} is {level}" for rating, level in called.items() if level)
    return (f"In {found.rag.threshold_guidance}: {words}.",) if words else ()


def _shape(p: RatedPupil) -> dict[str, Json]:
    held = p.assessment
    return {
        "pupil_id": p.pupil.pupil_id,
        "rating": p.rating.rating.value,
        "because": list(p.rating.because),
        "unsure": p.rating.is_unsure,
        "authorised_by": p.rating.authorised_by or None,
        "proposal": p.rating.proposal or None,
        "provisional": p.rating.provisional or None,
        "assessment": None
        if held is None
        else {"on": held.on.isoformat(), "review": held.review.isoformat(), "reference": held.reference},
        "assessment_wanting": p.needs_assessment or None,
    }
