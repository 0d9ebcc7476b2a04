"""What firstday says when it cannot do what was asked; each kind carries its exit code. What a day ends with."""

SOMEBODY_MUST_ACT, ACT_NOW, PROVISIONAL = 10, 11, 12  # done, and the day is not over with it


class FirstdayError(Exception):
    """The tool cannot do what was asked: one sentence, where, and what to do next."""

    exit_code = 1

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where


class Mistyped(FirstdayError):
    """The command's words name nothing here, or leave something out."""

    exit_code = 2


class UnreadableExport(FirstdayError):
    """An export was not recognised or could not be read."""

    exit_code = 20


class InvalidSettings(FirstdayError):
    """The policy, the calendar or a profile is not valid."""

    exit_code = 21


class StoreUnavailable(FirstdayError):
    """The store is not available, locked for too long, full, damaged or newer than this program."""

    exit_code = 22


class NotAuthorised(FirstdayError):
    """Not allowed without a named authoriser."""

    exit_code = 23
