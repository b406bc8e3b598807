"""A pytest plug-in of the gate (`-p tests.nothing_skipped`): a skipped test fails the run."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where the reporter counted a skip."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if reporter and skipped:
        reporter.write_line(f"{skipped} skipped: here nothing may be")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
