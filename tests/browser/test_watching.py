"""The judge of pages sees what it should: a page with every fault beside one without."""

import pytest
from playwright.sync_api import Browser, Route

from eventsite.web.headers import POLICY
from tests.browser.site import LiveSite
from tests.browser.watching import NARROW, Reader, reader

pytestmark = pytest.mark.browser
BAD = """<!doctype html><html lang="zh-CN"><head><title>坏页面</title></head>
<body><main><h1>坏页面</h1><img src="/nowhere.png" width="700" height="9"><p style="color:red">字</p>
<script>document.title = "x"</script></main></body></html>"""


def test_every_fault_of_a_page_is_noted(browser: Browser, fair: LiveSite) -> None:
    with reader(browser, fair.url, NARROW) as person:
        person.page.route("**/bad", _serve)
        person.go("/bad")
        told = " | ".join(person.faults)
        for fault in ("image-alt", "404 for /nowhere.png", "inline script", "inline style", "px wide on 360"):
            assert fault in told, told
        person.faults.clear()


def test_a_sound_page_has_no_faults_and_its_weight_is_counted(browser: Browser, fair: LiveSite) -> None:
    with reader(browser, fair.url, NARROW) as person:
        person.go("/")
        assert _texts(person) > person.weight() > 5_000


def _serve(route: Route) -> None:
    route.fulfill(body=BAD, content_type="text/html", headers={"Content-Security-Policy": POLICY})


def _texts(person: Reader) -> int:
    return sum(len(answer.body()) for answer in person.answers)
