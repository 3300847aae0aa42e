"""The browser, and the fairs that the tests of a module walk through."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.site import LiveSite, live_site
from tests.browser.watching import PROGRAM, chromium
from tests.support.clocks import running_clock
from tests.support.demo_fair import open_fair


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the machine's Chromium; tests that need it are skipped where there is none."""
    if PROGRAM is None:
        pytest.skip("no Chromium on this machine: install Debian's chromium package")
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def fair() -> Iterator[LiveSite]:
    """Return a fair that has just opened; its clock stands in the tests' hands while the module runs."""
    with running_clock(), live_site() as site:
        open_fair(site.app)
        yield site
