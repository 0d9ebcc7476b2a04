"""Mails as mail programs save them, for tests; every person and address is invented."""

from collections.abc import Mapping

HEADERS = {
    "Message-ID": "<one@example.org>",
    "Received": "by mx.fernhill.example; Mon, 23 Nov 2026 08:10:00 +0000",
    "From": "Ann Brennan <ann@example.org>",
    "To": "office@fernhill.example",
    "Subject": "Ivy 4B",
    "Date": "Mon, 23 Nov 2026 08:09:00 +0000",
}
DIVIDER = b"From ann@example.org Mon Nov 23 08:10:00 2026\n"


def mail(body: str | bytes = "Ivy is ill.\n", headers: Mapping[str, str | None] | None = None) -> bytes:
    """A mail with this body; headers added, changed, or left out where None."""
    said = {**HEADERS, **(headers or {})}
    head = "".join(f"{name}: {value}\n" for name, value in said.items() if value is not None)
    return f"{head}\n".encode() + (body if isinstance(body, bytes) else body.encode())


def several(*parts: str, way: str = "mixed", headers: Mapping[str, str | None] | None = None) -> bytes:
    """A mail of several parts, each with its own headers, a blank line and a body."""
    body = "".join(f"--edge\n{part}\n" for part in parts) + "--edge--\n"
    return mail(body, {**(headers or {}), "Content-Type": f'multipart/{way}; boundary="edge"'})


def plain(text: str) -> str:
    """A part of plain text."""
    return f"Content-Type: text/plain; charset=utf-8\n\n{text}"


def page(text: str) -> str:
    """A part that is a web page."""
    return f"Content-Type: text/html; charset=utf-8\n\n{text}"


def mailbox(*mails: bytes) -> bytes:
    """Mails in one file, one below the other."""
    return b"".join(DIVIDER + one.rstrip(b"\n") + b"\n\n" for one in mails)
