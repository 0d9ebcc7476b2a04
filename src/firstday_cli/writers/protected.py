"""A password on a PDF or a workbook: AES-256, for a file that leaves the building."""

from io import BytesIO

from firstday_cli.errors import Mistyped

MISSING = 'a password needs the package {}: install it with `pip install "firstday[protect]"`.'


def protected(content: bytes, format_name: str, password: str) -> bytes:
    """The file so that only the password opens it. Raises Mistyped where the package for it is not installed."""
    return _pdf(content, password) if format_name == "pdf" else _workbook(content, password)


def _pdf(content: bytes, password: str) -> bytes:
    try:
        import pikepdf
    except ImportError:
        raise Mistyped(MISSING.format("pikepdf"), "--protect") from None
    kept = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(kept, encryption=pikepdf.Encryption(owner=password, user=password, R=6))
    return kept.getvalue()


def _workbook(content: bytes, password: str) -> bytes:
    try:
        from msoffcrypto.format.ooxml import OOXMLFile
    except ImportError:
        raise Mistyped(MISSING.format("msoffcrypto-tool"), "--protect") from None
    kept = BytesIO()
    OOXMLFile(BytesIO(content)).encrypt(password, kept)
    return kept.getvalue()
