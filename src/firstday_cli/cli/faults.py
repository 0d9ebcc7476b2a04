"""A fault in firstday itself: where it is, and never the words of the error, which may hold what a cell held."""

import traceback
from pathlib import PurePath

OURS = "firstday_cli"


def kind_and_place(fault: BaseException) -> tuple[str, str]:
    """The kind of the error, and the innermost line of firstday's own that it went through."""
    found = places(fault)
    return type(fault).__name__, found[-1] if found else "an unknown place"


def places(fault: BaseException) -> list[str]:
    """The lines of firstday's own that the error went through, outermost first."""
    frames = traceback.extract_tb(fault.__traceback__)
    found = ((PurePath(frame.filename).parts, frame) for frame in frames)
    return [f"{'/'.join(parts[parts.index(OURS) + 1 :])}:{f.lineno} ({f.name})" for parts, f in found if OURS in parts]


def sentence_of(fault: BaseException) -> str:
    """What is said to whoever typed the command."""
    kind, place = kind_and_place(fault)
    mend = "Nothing was half written. Go on by hand, and give these words to whoever looks after firstday"
    return f"a fault in firstday itself: {kind} at {place}. {mend}: {' > '.join(places(fault))}"
