"""Every error that a user can cause, each with its exit code and its HTTP status."""

from typing import ClassVar


class RbzqaError(Exception):
    """One line that says what is wrong, and one that says what to do about it (both Dutch)."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(RbzqaError):
    """A flag, a setting or a sidecar that cannot be used."""

    exit_code = 2


class QueryError(RbzqaError):
    """A question or an id that cannot be looked up."""

    exit_code = 2
    http_status = 400


class SourceError(RbzqaError):
    """A source file that cannot be read; the other files are."""

    exit_code = 3


class IndexUnusableError(RbzqaError):
    """The index is missing, damaged, or made by another model or release."""

    exit_code = 4
    http_status = 503


class ModelError(RbzqaError):
    """The embedding model is missing or not the one that was promised."""

    exit_code = 5
    http_status = 503
