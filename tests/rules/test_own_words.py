"""Whose words a mail's words are: what is cut and what is kept, seen in the messages that wait for a person."""

import pytest

from builders import a_school, drop, run
from rules.table import RuleTable

LAW = (
    "This e-mail and any attachments are confidential and intended solely for the person to whom it is addressed. "
    "If you have received it in error, notify the sender and delete it."
)
RULES = RuleTable(
    title="Which words of a mail are the sender's own",
    source="Doubt keeps a child on the list: the mail that is answered may be about another child, or another day",
    columns=("subject", "the mail, line by line", "what is shown"),
    rows=(
        ("Ivy", "She is ill.", "Ivy | She is ill."),
        # history is cut
        ("Re: x", "Thanks. | > Ivy was off", "Re: x | Thanks."),
        ("Re: x", "Thanks. | On Fri, 20 Nov 2026 at 09:40, Bo wrote: | > Ivy was off", "Re: x | Thanks."),
        ("Re: x", "Thanks. | On Fri, 20 Nov 2026, Bo | <bo@example.org> wrote: | Ivy was off", "Re: x | Thanks."),
        ("Re: x", "Merci. | Le 20 nov. 2026 à 09:40, Bo a écrit : | > Ivy", "Re: x | Merci."),
        ("Re: x", "Danke. | Am 20.11.2026 um 09:40 schrieb Bo: | > Ivy", "Re: x | Danke."),
        ("Re: x", "Tak. | W dniu 20.11.2026 o 09:40, Bo napisał(a): | > Ivy", "Re: x | Tak."),
        ("Re: x", "Gracias. | El 20 nov 2026, Bo escribió: | > Ivy", "Re: x | Gracias."),
        ("Re: x", "Thanks. | -----Original Message----- | From: Bo | Ivy was off", "Re: x | Thanks."),
        ("Re: x", "Thanks. | From: Bo | Sent: Friday | To: me | Subject: x | Ivy was off", "Re: x | Thanks."),
        # what stands among the quoted lines, or below them, is an answer
        ("Re: x", "> Is Ivy in? | No, ill. | > And Tom? | He is too.", "Re: x | No, ill. | He is too."),
        ("Re: x", "On 20/11/2026 Bo wrote: | > Is Ivy in? | No, ill.", "Re: x | No, ill."),
        ("Re: x", "-----Original Message----- | > Is Ivy in? | No, ill.", "Re: x | No, ill."),
        # what only looks like history stays
        ("x", "Ill. | On Monday a nurse wrote: | keep Ivy in.", "x | Ill. | On Monday a nurse wrote: | keep Ivy in."),
        ("x", "Form: | From: Bo | Subject: ill | Child: Ivy", "x | Form: | From: Bo | Subject: ill | Child: Ivy"),
        # never is nothing left: then the news is in what came before
        ("Re: x", "> Ivy is ill.", "Re: x | > Ivy is ill."),
        ("Re: x", "Dear office, | > Ivy is ill.", "Re: x | Dear office, | > Ivy is ill."),
        ("x", "-- | Ivy is ill.", "x | -- | Ivy is ill."),
        ("x", LAW, f"x | {LAW}"),
        # what is forwarded is news
        (
            "FW: x", "See. | From: Bo | Sent: a | To: b | Subject: x | Ivy",
            "FW: x | See. | From: Bo | Sent: a | To: b | Subject: x | Ivy",
        ),
        (
            "x", "See. | ---------- Forwarded message --------- | From: Bo | Date: a | To: b | Subject: x | Ivy",
            "x | See. | ---------- Forwarded message --------- | From: Bo | Date: a | To: b | Subject: x | Ivy",
        ),
        ("Re: x", "Thanks. | > ---------- Forwarded message --------- | > Ivy", "Re: x | Thanks."),
        # signatures, the telephone's own line, the law
        ("x", "Ivy is ill. | -- | Ann", "x | Ivy is ill."),
        ("x", "Ivy is ill. | Sent from my iPhone | Ann", "x | Ivy is ill. | Ann"),
        ("x", f"Ivy is ill. {LAW}", "x | Ivy is ill."),
        ("x", f"Ivy is ill. | {LAW}", "x | Ivy is ill."),
        ("x", f"Ivy is ill. |  | {LAW} |  | PS Tom too", "x | Ivy is ill. |  | PS Tom too"),
        ("x", "Hm. | This e-mail is confidential: Ivy is ill.", "x | Hm. | This e-mail is confidential: Ivy is ill."),
    ),
)  # fmt: skip
IDS = [f"{place}@example.org" for place in range(len(RULES.rows))]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a school sees of each mail."""
    school = a_school(tmp_path_factory.mktemp("mail"))
    drop(school, {"post.mbox": "".join(map(_mail, IDS, RULES.rows))})
    run(school, "ingest")
    said = run(school, "messages", "--format", "json").json["messages"]
    return {message["message_id"]: " | ".join(message["text"].split("\n")) for message in said}


def _mail(own_id: str, row: tuple[str, ...]) -> str:
    head = f"Message-ID: <{own_id}>\nFrom: ann@example.org\nDate: Mon, 23 Nov 2026 08:00:00 +0000\nSubject: {row[0]}\n"
    body = "\n".join(line.strip() for line in row[1].split(" | "))
    return f"From - Mon Nov 23 08:00:00 2026\n{head}\n{body}\n\n"


@pytest.mark.parametrize(("own_id", "row"), list(zip(IDS, RULES.rows, strict=True)), ids=IDS)
def test_the_words_that_are_shown(own_id: str, row: tuple[str, ...], shown: dict[str, str]) -> None:
    assert shown[own_id] == row[2]


def test_every_mail_is_shown(shown: dict[str, str]) -> None:
    assert len(shown) == len(RULES.rows)
