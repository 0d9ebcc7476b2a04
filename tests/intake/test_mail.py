"""Mail dropped into the inbox: every mail is a message, a refused row, or left out by name; nothing else is mail."""

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import read, saved_page
from mails import HEADERS, mail, mailbox, page, plain, several

from builders import DAY, a_school, drop, dump, ids, lines, reconcile, run
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.opened import tables_of

COLUMNS = ("Message-ID", "Received", "From name", "From address", "Phone", "Channel", "Automatic", "Text")
AMP = "(its words cannot be read: open it in the mail program)"


def one(raw: bytes) -> dict[str, str]:
    """The cells of the only mail, by heading."""
    heading, row = next(iter(read(raw).values()))
    assert heading == COLUMNS
    return {name: row[place] if place < len(row) else "" for place, name in enumerate(heading)}


def words(raw: bytes) -> str:
    return one(raw)["Text"]


def taken(school: Path) -> dict[str, Any]:
    return {file["file"]: file for file in run(school, "ingest", "--format", "json").json["files"]}


def waiting(school: Path) -> dict[str, str]:
    said = run(school, "messages", "--format", "json").json["messages"]
    return {message["message_id"]: message["text"] for message in said}


def test_a_mail_becomes_a_message_that_waits_and_explains_nobody(tmp_path: Path) -> None:
    school = a_school(tmp_path)
    drop(school, {"whatever.txt": mail()})
    file = taken(school)["whatever.txt"]
    assert [file[key] for key in ("kind", "profile", "rows_read", "rows_understood", "rows_refused")] == [
        "messages", "email", 1, 1, 0,
    ]  # fmt: skip
    assert waiting(school) == {"one@example.org": "Ivy 4B\nIvy is ill."}
    assert ids(reconcile(school)) == ["P001"]
    assert "mail, headings in row 1" in run(school, "inspect", str(school / "inbox" / "whatever.txt")).out


def test_the_same_mail_in_two_files_is_one_message(tmp_path: Path) -> None:
    no_id = mail("From next week she swims.\nTom too.\n", {"Message-ID": None, "Subject": "Swimming"})
    quoted = no_id.replace(b"\nFrom next", b"\n>From next")
    school = a_school(tmp_path)
    drop(school, {"a.eml": mail().replace(b"\n", b"\r\n"), "b.eml": no_id, "c.mbox": mailbox(mail(), quoted, mail())})
    found = waiting_after(school)
    assert sorted(found.values()) == ["Ivy 4B\nIvy is ill.", "Swimming\nFrom next week she swims.\nTom too."]
    assert [key[:5] for key in sorted(found)] == ["mail-", "one@e"]


def waiting_after(school: Path) -> dict[str, str]:
    run(school, "ingest")
    return waiting(school)


def test_a_mailbox_that_grows_adds_only_what_is_new(tmp_path: Path) -> None:
    second = mail("Tom has a cold.\n", {"Message-ID": "<two@example.org>", "Subject": "Tom"})
    school = a_school(tmp_path)
    drop(school, {"post.mbox": mailbox(mail())})
    before = waiting_after(school)
    run(school, "match", "one@example.org", "P001", "--by", "A. Officer")
    drop(school, {"post.mbox": mailbox(mail(), second)})
    assert list(before) == ["one@example.org"]
    assert waiting_after(school) == {"two@example.org": "Tom\nTom has a cold."}
    assert ids(reconcile(school), "explained") == ["P001"]


def test_of_a_mailbox_each_row_has_its_place_and_what_machines_wrote_is_named(tmp_path: Path) -> None:
    school = a_school(tmp_path)
    automatic = mail("Away.\n", {"Message-ID": "<auto@example.org>", "Subject": "Automatic reply: Ivy"})
    undated = mail("Ill.\n", {"Message-ID": "<no@example.org>", "Received": None, "Date": None})
    drop(school, {"post.mbox": mailbox(mail(), automatic, undated)})
    ended = run(school, "ingest", "--format", "json")
    file = next(file for file in ended.json["files"] if file["file"] == "post.mbox")
    assert (file["rows_read"], file["rows_understood"], file["rows_refused"]) == (2, 1, 1)
    assert file["warnings"] == ["1 rows left out: automatic replies (row 3)"]
    problems = [(p["row"], p["column"]) for p in ended.json["problems"] if p["file"] == "post.mbox"]
    assert problems == [(4, "received_at")]
    assert (school / file["reject_file"]).exists()


NO_MAIL = {
    "a heading": "From: address,To: address,Date:\n1,2,3\n",
    "titles above the headings": f"From: 23/11/2026\nTo: 27/11/2026\n\npupil_id,date,session,mark\nP001,{DAY},AM,N\n",
    "titles with words": f"Date: {DAY}\nSubject: Maths\nTo: staff\n\npupil_id,date,session,mark\nP001,{DAY},AM,N\n",
    "From as a heading": f"From day,pupil_id,date,session,mark\nx,P001,{DAY},AM,N\n",
    "a message in a cell": f'text,received_at\n"From: ann@example.org\nMessage-ID: x\n\nIll",{DAY}T08:10\n',
}


@pytest.mark.parametrize("case", NO_MAIL)
def test_a_table_stays_a_table(case: str) -> None:
    assert all(not hasattr(table, "rows") for table in tables_of(NO_MAIL[case].encode(), "x"))


SAVED_BY = ("", "From: <Saved by Blink>\r\n", 'From: "Saved by a page of office@example.org"\r\nTo: x\r\n')


@pytest.mark.parametrize("saved_by", SAVED_BY)
def test_a_saved_page_stays_a_saved_page(saved_by: str) -> None:
    head = f"{saved_by}Subject: Register\r\nDate: Mon, 23 Nov 2026 08:00:00 -0000\r\n" if saved_by else ""
    shown = read(head.encode() + saved_page([("pupil_id", "date"), ("P001", DAY)]))
    assert list(shown.values()) == [[("pupil_id", "date"), ("P001", DAY)]]


def test_a_mail_with_pictures_in_its_page_is_a_mail() -> None:
    raw = several(page("<p>Ivy is ill</p>"), "Content-Type: image/png\nContent-ID: <x>\n\nx", way="related")
    assert words(raw) == "Ivy 4B\nIvy is ill\n(1 attachment left in the mail)"


UTC_TIMES = {
    ("by x; Mon, 23 Nov 2026 09:10:00 +0100 (CET)", None): "2026-11-23T08:10:00+00:00",
    ("by x; Mon, 23 Nov 2026 08:10:00 -0000", None): "2026-11-23T08:10:00+00:00",
    ("by x; Mon, 23 Nov 2026 08:10:00", None): "2026-11-23T08:10:00+00:00",
    ("by x; Wed, 1 Jul 2026 09:10:00 BST", None): "2026-07-01T08:10:00+00:00",
    ("by x", "Mon, 23 Nov 2026 03:10:00 -0500"): "2026-11-23T08:10:00+00:00",
    (None, "Mon, 23 Nov 2026 08:10:00"): "2026-11-23T08:10:00+00:00",
    ("by x; soon", "Mon, 23 Nov 2026 08:10:00 GMT"): "2026-11-23T08:10:00+00:00",
    (None, "soon"): "soon",
    (None, None): "",
}


@pytest.mark.parametrize(("received", "sent"), UTC_TIMES)
def test_when_the_school_got_it(received: str | None, sent: str | None) -> None:
    raw = mail(headers={"Received": received, "Date": sent})
    assert one(raw)["Received"] == UTC_TIMES[received, sent]


def test_the_topmost_received_counts() -> None:
    first = b"Received: by mx; Mon, 23 Nov 2026 08:30:00 +0000\n"
    assert one(first + mail())["Received"] == "2026-11-23T08:30:00+00:00"


SENDERS = {
    '"Brennan, Ann" <ANN @Example.org>': ("Brennan, Ann", "ann@example.org"),
    "Brennan, Ann <ann@example.org>": ("Brennan, Ann", "ann@example.org"),
    "ann@example.org": ("", "ann@example.org"),
    "ann@example.org (Ann Brennan)": ("Ann Brennan", "ann@example.org"),
    "ann@example.org <ann@example.org>": ("", "ann@example.org"),
    "Ann Brennan": ("Ann Brennan", ""),
    "=?utf-8?q?Zo=C3=AB?= =?utf-8?b?IFdhcmQ=?= <zoe@example.org>": ("Zoë Ward", "zoe@example.org"),
    "=?iso-8859-2?q?Wa=B3=EAsa?= <w@example.org>": ("Wałęsa", "w@example.org"),
    "=?foo?q?Zo=C3=AB?= <z@example.org>": ("Zoë", "z@example.org"),
    "=?utf-8?b?!!?= <z@example.org>": ("", "z@example.org"),
    "=?utf-8?q?Ward=2C_Zo=C3?=\n =?utf-8?q?=AB_=3Cme=3E?= <z@example.org>": ("Ward, Zoë <me>", "z@example.org"),
    "Zoë <z@example.org>": ("Zoë", "z@example.org"),
}


@pytest.mark.parametrize("written", SENDERS)
def test_who_sent_it(written: str) -> None:
    said = one(mail(headers={"From": written}))
    assert (said["From name"], said["From address"]) == SENDERS[written]


def test_where_there_is_no_from_another_header_says_it() -> None:
    said = one(mail(headers={"From": None, "Sender": "<>", "Reply-To": "Bo <bo@example.org>"}))
    assert (said["From name"], said["From address"]) == ("Bo", "bo@example.org")


WAV = "Content-Type: audio/wav; name=a.wav\nContent-Transfer-Encoding: base64\n\nUklGRg=="
CALLS = {
    ("PBX <pbx@example.org>", "New voicemail from 07700 900123 (0:23)", ""): "07700900123",
    ('"07700 900123" <pbx@example.org>', "Message", ""): "07700900123",
    ("PBX <pbx@example.org>", "+447700900123", WAV): "07700900123",
    ("PBX <pbx@example.org>", "Voicemail 07700 900123 for 01632 960001", ""): "",
    ('"01632 960001" <pbx@example.org>', "Voicemail from 07700 900123", ""): "",
    ("Ann <ann@example.org>", "Ivy is ill, ring 07700 900123", ""): "",
    ("PBX <pbx@example.org>", "Voicemail 23/11/2026 08:10", WAV): "",
}


@pytest.mark.parametrize(("sender", "subject", "part"), CALLS)
def test_the_number_of_a_voicemail(sender: str, subject: str, part: str) -> None:
    said = one(several(plain(""), part or plain(""), headers={"From": sender, "Subject": subject}))
    number = CALLS[sender, subject, part]
    assert (said["Phone"][-10:], said["Channel"]) == (number[-10:], "voicemail" if number else "email")


def test_a_voicemail_from_a_machine_is_a_message_and_shows_whom_its_number_reaches(tmp_path: Path) -> None:
    voice = several(WAV, headers={"Subject": "Voicemail from 07700 900123", "Auto-Submitted": "auto-generated"})
    contacts = lines("pupil_id,order,name,phone", "P001,1,Ann Brennan,07700 900123")
    school = a_school(tmp_path)
    drop(school, {"voice.eml": voice, "contacts.csv": contacts})
    said = reconcile(school)
    assert [m["candidates"] for m in said["messages_to_match"]] == [["P001"]]
    assert waiting(school)["one@example.org"] == "Voicemail from 07700 900123\n(1 attachment left in the mail)"
    assert ids(said) == ["P001"]


ASIDE: dict[str, dict[str, str | None]] = {
    "automatic replies": {"Auto-Submitted": "auto-replied"},
    "automatic replies ": {"Auto-Submitted": "auto-replied; x"},
    "automatic replies  ": {"X-Autoreply": "yes"},
    "automatic replies   ": {"Precedence": "auto_reply"},
    "automatic replies    ": {"Subject": "Automatic reply: Ivy"},
    "automatic replies     ": {"Subject": "Out of Office"},
    "returned mails and receipts": {"Content-Type": "multipart/report; boundary=x"},
    "returned mails and receipts ": {"From": "Mailer-Daemon@example.org", "Return-Path": "<>"},
    "returned mails and receipts  ": {"Subject": "Undeliverable: Ivy"},
    "": {"Auto-Submitted": "no"},
    "      ": {"Auto-Submitted": "auto-generated"},  # an absence app writes so
    "       ": {"Subject": "Out of office: Ivy is ill"},
    " ": {"Subject": "Re: Automatic reply: Ivy"},
    "  ": {"Subject": "Out of office today, so Ivy stays with me"},
    "   ": {"Precedence": "bulk"},
    "    ": {"From": "postmaster@example.org", "Return-Path": "<postmaster@example.org>"},
}


@pytest.mark.parametrize("why", ASIDE)
def test_what_no_person_wrote(why: str) -> None:
    body = "Automatic reply: I am out of office. Undeliverable.\n"
    assert one(mail(body, ASIDE[why]))["Automatic"] == why.strip()


LETTERS = {
    (b"Zo\xeb", "utf-8"): "Zoë",
    ("Zoë".encode(), "us-ascii"): "Zoë",
    ("Zoë".encode(), "unknown-8bit"): "Zoë",
    ("Zoë".encode(), "foo"): "Zoë",
    (b"Zo\xeb", "base64"): "Zoë",
    (b"\x93Zo\xeb\x94", "iso-8859-1"): "“Zoë”",
    (b"Zo\xeb \x81", "foo"): "Zoë \ufffd",
    ("Zoë".encode("utf-16"), "utf-16"): "Zoë",
    ("Zoë Zo".encode() + b"\xc3", "utf-8"): "Zoë Zo",
    (b"Zo\x00e", "utf-8"): "Zoe",
}


@pytest.mark.parametrize(("raw", "charset"), LETTERS)
def test_letters_whatever_the_mail_says_of_them(raw: bytes, charset: str) -> None:
    found = words(mail(raw, {"Content-Type": f'text/plain; charset="{charset}"', "Subject": None}))
    assert found == LETTERS[raw, charset]


B64, QP = ({"Content-Transfer-Encoding": way} for way in ("base64", "quoted-printable"))
PACKED = {
    ("SXZ5IGlzIGlsbC4=", "base64"): "Ivy 4B\nIvy is ill.",
    ("SXZ5IGlz!IGlsbC", "base64"): "Ivy 4B\nIvy is ill",
    ("====", "base64"): f"Ivy 4B\n{AMP}",
    ("Ivy is=20il=\nl=2E=ZZ", "quoted-printable"): "Ivy 4B\nIvy is ill.=ZZ",
    ("Ivy is ill.", "8bit; x"): "Ivy 4B\nIvy is ill.",
}


@pytest.mark.parametrize(("body", "way"), PACKED)
def test_packed_words_as_well_as_can_be(body: str, way: str) -> None:
    assert words(mail(body, {"Content-Transfer-Encoding": way})) == PACKED[body, way]


def test_a_mail_that_says_nothing_that_can_be_read_is_refused_and_named(tmp_path: Path) -> None:
    school = a_school(tmp_path)
    empty = mail("", {"Subject": "", "Message-ID": "<empty@example.org>"})
    drop(school, {"post.mbox": mailbox(mail("====", {**B64, "Subject": None}), empty, mail())})
    ended = run(school, "ingest", "--format", "json")
    assert [(p["row"], p["column"]) for p in ended.json["problems"]] == [(2, "text"), (3, "text")]
    assert ended.code == 12


PAGES = {
    "<p>Ivy is ill.</p><div>Ann &amp; Bo<br>x</div>": "Ivy is ill.\n\nAnn & Bo\nx",
    "<head><title>T</title></head><style>p{}</style><script>1</script>Ill<ul><li>a<li>b</ul>": "Ill\n\na\nb",
    "<head><title>Ill": "Ill",
    "Ill<blockquote type=cite>Ivy is off</blockquote>Tom, too": "Ill\n\nTom, too",
    "<blockquote style='margin: 0 0 0 40px; border: none; padding: 0px'>Ill</blockquote>": "Ill",
    "Ill<div id='divRplyFwdMsg'><b>From:</b> x</div><div>Ivy</div>": "Ill",
    "Ill<div class='gmail_quote'><div>On Mon 23 Nov 2026, Bo wrote:<br></div><blockquote class='gmail_quote'>Ivy"
    "</blockquote></div>": "Ill",
    "<tr><td>Child</td><td>Ivy</td></tr><tr><td>Ill": "Child Ivy\nIll",
}


@pytest.mark.parametrize("text", PAGES)
def test_a_page_alone_becomes_words(text: str) -> None:
    assert words(mail(text, {"Content-Type": "text/html", "Subject": None})) == PAGES[text]


PARTS = {
    "plain before page": (several(plain("Ill"), page("<p>Other</p>"), way="alternative"), "Ill"),
    "a blank one gives way": (several(plain(" \n"), page("<p>Ill</p>"), way="alternative"), "Ill"),
    "an excuse gives way": (
        several(plain("This is an HTML message. View it in another program."), page("Ill"), way="alternative"), "Ill",
    ),
    "an excuse alone stays": (several(plain("Read this as HTML"), way="alternative"), "Read this as HTML"),
    "a note below": (
        several(plain("Ill"), "Content-Type: text/plain\nContent-Disposition: attachment; filename=ivy.txt\n\nx"),
        "Ill\n(1 attachment left in the mail)",
    ),
    "signed": (several(plain("Ill"), "Content-Type: application/pgp-signature\n\nx", way="signed"), "Ill"),
    "encrypted": (several(plain("x"), way="encrypted"), "(the mail is encrypted: open it in the mail program)"),
    "sealed": (
        mail("AAAA", {**B64, "Content-Type": "application/pkcs7-mime"}),
        "(the mail is encrypted: open it in the mail program)",
    ),
    "an invitation": (
        mail("BEGIN:VCALENDAR", {"Content-Type": "text/calendar"}), "(a calendar invitation left in the mail)",
    ),
    "cut off": (
        several(plain("Ill")).removesuffix(b"--edge--\n"),
        "Ill\n(the mail ends in its middle: open it in the mail program)",
    ),
    "no boundary": (mail("Ill", {"Content-Type": "multipart/mixed"}), "Ill"),
    "two pictures": (
        several(plain("Ill"), "Content-Type: image/png\n\nx", "Content-Type: image/png\n\nx"),
        "Ill\n(2 attachments left in the mail)",
    ),
    "forwarded as attachment": (
        several(plain("See below"), f"Content-Type: message/rfc822\n\n{mail('Tom is ill').decode()}"),
        "See below\nForwarded:\nIvy 4B\nFrom: Ann Brennan <ann@example.org>\nTom is ill",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PARTS)
def test_the_parts_of_a_mail(case: str) -> None:
    raw, said = PARTS[case]
    assert words(raw) == f"Ivy 4B\n{said}"
    assert words(raw.replace(b"\n", b"\r\n")) == f"Ivy 4B\n{said}"


def test_a_name_in_the_quoted_history_alone_is_not_said(tmp_path: Path) -> None:
    reply = "Thank you.\n\nOn Fri, 20 Nov 2026 at 09:40, Office\n<office@fernhill.example> wrote:\n> Ivy Brennan 4B\n"
    school = a_school(tmp_path)
    drop(school, {"reply.eml": mail(reply, {"Subject": "Re: absence"})})
    assert waiting_after(school) == {"one@example.org": "Re: absence\nThank you."}


def test_what_was_forwarded_is_kept_whole() -> None:
    below = "See below.\n\nFrom: Bo\nSent: Monday\nTo: me\nSubject: Tom\n\nTom is ill.\n"
    assert words(mail(below, {"Subject": "FW: Tom"})).endswith("Tom is ill.")
    assert words(mail(below, {"Subject": "RE: Tom"})) == "RE: Tom\nSee below."


BOXES = {
    "words that begin with From": (mailbox(mail("a\n\nFrom Monday he is here\nNote: b\n"), mail()), 2),
    "From and a time in words": (mailbox(mail("a\n\nFrom 10:30 on 23 Nov 2026\nwe are away\n")), 1),
    "a quoted divider": (mailbox(mail("a\n\n>From x Mon Nov 23 08:10:00 2026\nTo: b\n")), 1),
    "no blank line before, and a moment": (mailbox(mail("a\nFrom x Mon Nov 23 08:10:00 2026\nTo: b\n")), 2),
    "no blank line before, and none": (mailbox(mail("a\nFrom x\nTo: b\n")), 1),
    "bare dividers": (b"From \n" + mail() + b"\nFrom - \n" + mail(), 2),
    "Windows line ends": (mailbox(mail(), mail()).replace(b"\n", b"\r\n"), 2),
    "cut off in a head": (mailbox(mail(), mail())[:-60], 2),
    "a mark of byte order": (b"\xef\xbb\xbf" + mailbox(mail()), 1),
}


@pytest.mark.parametrize("case", BOXES)
def test_where_one_mail_ends_and_the_next_begins(case: str) -> None:
    raw, count = BOXES[case]
    assert len(next(iter(read(raw).values()))) == count + 1


def test_an_empty_mailbox_is_said_to_be_empty(tmp_path: Path) -> None:
    school = a_school(tmp_path)
    drop(school, {"post.mbox": b"\n\n"})
    before = dump(school)
    ended = run(school, "ingest", str(school / "inbox" / "post.mbox"))
    assert (ended.code, dump(school)) == (20, before)
    assert "is empty" in ended.err


def test_two_thousand_mails_take_a_moment() -> None:
    each = several(
        plain("Ivy is ill.\n\n-- \nAnn"), page("<p>Ivy is ill</p>"), "Content-Type: image/png\n\n" + "A" * 4000
    )
    raw = mailbox(*(each.replace(b"<one@", b"<%d@" % number) for number in range(2000)))
    began = time.monotonic()
    assert len(list(tables_of(raw, "post.mbox")[0].below("", 1))) == 2000
    assert time.monotonic() - began < 6  # about one second


HEAD = mail("")
HARM = {
    "parts in parts": HEAD.strip() + b"\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(20_000)
    ),
    "mails in mails": HEAD.strip() + b"\n" + b"Content-Type: message/rfc822\n\n" * 50_000,
    "parts": mail("--b\n\nx\n" * 200_000, {"Content-Type": "multipart/mixed; boundary=b"}),
    "a long line": mail("x" * 20_000_000),
    "quotations in quotations": mail("<blockquote>x" * 100_000, {"Content-Type": "text/html"}),
    "brackets": mail(headers={"From": "(" * 100_000, "Date": "(" * 100_000, "Received": None}),
    "half words": mail(headers={"Subject": "=?utf-8?q?a" * 50_000}),
    "headers": mail(headers={"X": "y\nX: y" * 300_000}),
    "beginnings of history": mail("On 1 \n" * 100_000),
    "heads of history": mail("From: a\nTo: b\n" * 50_000),
    "blank lines": mail("\n \n" * 300_000 + "x"),
    "small print": mail("this email is confidential. virus " * 20_000),
    "names of letters": mail("ab-" * 100_000, {"Content-Type": "text/plain; charset=punycode"}),
    "pieces of a boundary": mail("x", {"Content-Type": "multipart/mixed; " + "boundary*0=x; " * 10_000}),
}  # fmt: skip


@pytest.mark.parametrize("case", HARM)
def test_a_harmful_mail_is_read_or_told_in_a_moment(case: str) -> None:
    began = time.monotonic()
    list(tables_of(HARM[case], "bad.eml")[0].below("", 0))
    assert time.monotonic() - began < 5


def test_more_mails_than_any_school_has_are_refused() -> None:
    with pytest.raises(UnreadableExport) as said:
        tables_of(mailbox(b"From: a@example.org\nMessage-ID: b\n\n") * 50_001, "post.mbox")
    assert "more than 50,000 mails" in said.value.message


def test_what_is_cut_is_said_to_go_on() -> None:
    found = words(mail("Ivy is ill. " * 50_000))
    assert len(found) < 21_000
    assert found.endswith("(the mail goes on: open it in the mail program)")


WHOLE = mailbox(
    several(plain("Ivy is ill"), page("<p>Ivy<blockquote>x"), WAV), mail("=C3", {**QP, "Subject": "=?utf-8?q?=C3=AB?="})
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4)), max_size=8), st.integers(0, len(WHOLE))
)
def test_flipped_bytes_never_crash(flips: list[tuple[int, bytes]], end: int) -> None:
    raw = bytearray(WHOLE)
    for at, new in flips:
        raw[at : at + len(new)] = new
    for cut in (bytes(raw), bytes(raw[:end]) + b"x"):
        try:
            for table in tables_of(cut, "bad"):
                list(table.below(table.separators[0], 0))
        except UnreadableExport as error:
            assert error.message.endswith(".")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(HEADERS)), st.text(max_size=60), st.text(max_size=80))
def test_whatever_a_header_and_a_body_say_the_mail_is_one_row(name: str, value: str, body: str) -> None:
    said = " ".join(value.split())
    raw = mail(body, {name: said, "X-Mozilla-Status": "0001"})
    assert len(next(iter(read(raw).values()))) == 2
