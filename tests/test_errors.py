"""errors.py: each error a user can cause has its exit code and its HTTP status (DESIGN §4, §5)."""

import pytest

from rbzqa.errors import ConfigError, IndexUnusableError, ModelError, QueryError, RbzqaError, SourceError


@pytest.mark.parametrize(
    ("kind", "exit_code", "http_status"),
    [(RbzqaError, 1, 500), (ConfigError, 2, 500), (QueryError, 2, 400), (SourceError, 3, 500), (IndexUnusableError, 4, 503), (ModelError, 5, 503)],
)
def test_an_error_knows_what_it_means_for_each_face(kind: type[RbzqaError], exit_code: int, http_status: int) -> None:
    error = kind("wat er is", "wat te doen")
    assert (error.exit_code, error.http_status) == (exit_code, http_status)
    assert (str(error), error.message, error.hint) == ("wat er is", "wat er is", "wat te doen")


def test_every_error_of_ours_is_in_the_table_above() -> None:
    assert {kind.__name__ for kind in RbzqaError.__subclasses__() if kind.__module__ == "rbzqa.errors"} == {
        "ConfigError",
        "QueryError",
        "SourceError",
        "IndexUnusableError",
        "ModelError",
    }
