"""Entries of the log: what people judged of a pupil's risk, and what the daily review decided."""

from datetime import date
from typing import Literal

from firstday_cli.domain.people import PupilId
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.record import record


@record
class RatingChanged:
    """A person's rating: why, by whose authority, the facts that were known, and until when it holds."""

    kind: Literal["rating-changed"] = "rating-changed"
    pupil_id: PupilId
    day: date
    rating: RagRating
    before: RagRating
    why: str
    facts: tuple[str, ...]
    authorised_by: str = ""
    review: date | None = None


@record
class RiskAssessed:
    """A risk assessment is on file elsewhere: when it was made, when it is reviewed, where; never what it says."""

    kind: Literal["risk-assessed"] = "risk-assessed"
    pupil_id: PupilId
    on: date
    review: date
    reference: str


@record
class ReviewHeld:
    """The daily review meeting was held, with these people. Millbrook, 10.30."""

    kind: Literal["review-held"] = "review-held"
    day: date
    present: tuple[str, ...]


@record
class ReviewDecided:
    """What the daily review meeting decided about a pupil."""

    kind: Literal["review-decided"] = "review-decided"
    pupil_id: PupilId
    day: date
    decision: str
