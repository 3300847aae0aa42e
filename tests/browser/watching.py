"""A browser that judges every page: what its console says, what is missing, who cannot read it, its width."""

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    Response,
    ViewportSize,
    sync_playwright,
)

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1440, "height": 900}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe()
ALL_RULES: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": STANDARDS},
}
BUT_CONTRAST = ALL_RULES | {"rules": {"color-contrast": {"enabled": False}}}  # the slowest of them by far
WIDEST = """() => {
  const all = [...document.body.querySelectorAll("*")];
  const wide = all.filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  return [document.documentElement.scrollWidth, wide.slice(-3).map(e => e.tagName + "." + e.className)];
}"""

LEFT, ICON = "net::ERR_ABORTED", "/static/img/mark.svg"


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Start the machine's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Reader:
    """Somebody with a browser of their own: cookies, a screen, and a list of what was wrong on the way."""

    url: str
    context: BrowserContext
    rules: dict[str, Any] | None = field(default_factory=lambda: ALL_RULES)
    faults: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda told: self._hear(told.type, told.text))
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._receive)
        self.page.on("requestfailed", self._miss)

    def go(self, path: str, *, status: int = 200) -> Page:
        """Open a page and judge it; it must answer with this status."""
        self.expected = {status} - {200}
        self.answers.clear()
        answer = self.page.goto(path if path.startswith("http") else self.url + path)
        assert answer is not None, path
        assert answer.status == status, f"{path}: {answer.status}"
        self.judge()
        return self.page

    def send(self, action: str, **fields: str) -> Page:
        """Fill in the form that posts to an address with this end (empty: its own page); press its button."""
        self.expected = set()
        target = f'[action$="{action}"]' if action else ":not([action])"
        form = self.page.locator(f'form[method="post"]{target}')
        button = form.locator("button[type=submit]:not([disabled])").last
        if not button.is_visible():
            self.page.locator("details", has=form).locator("summary").first.click()
        for name, value in fields.items():
            fill(form.locator(f'[name="{name}"]'), value)
        with self.page.expect_navigation():
            button.click()
        self.judge()
        return self.page

    def sign_in(self, email: str, password: str) -> None:
        """Sign in as one of the team."""
        self.go("/admin/login")
        self.send("/admin/login", email=email, password=password)

    def judge(self) -> None:
        """Note what axe finds on the page as it stands, and whether it must be scrolled sideways."""
        found = AXE.run(self.page, options=self.rules).response["violations"] if self.rules else []
        for violation in found:
            places = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
            self.faults.append(f"{self.where}: {violation['id']} at {'; '.join(places[:3])}")
        self.judge_width()

    def judge_width(self) -> None:
        """Note whether the page is wider than the screen."""
        width, wide = self.page.evaluate(WIDEST)
        shown = self.page.viewport_size
        if shown and width > shown["width"]:
            self.faults.append(f"{self.where}: {width} px wide on {shown['width']}: {', '.join(wide)}")

    @property
    def where(self) -> str:
        """Return the page's address without the host."""
        return self.page.url.removeprefix(self.url)

    def type_size(self) -> float:
        """Return the size of plain text in pixels."""
        size: float = self.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        return size

    def weight(self) -> int:
        """Return the bytes of all bodies that the last page took, text counted as gzip makes it."""
        return sum(_packed(answer) for answer in self.answers)

    def _hear(self, kind: str, text: str) -> None:
        told_by_status = any(f"status of {status}" in text for status in self.expected)
        if kind in ("error", "warning") and not told_by_status:
            self.faults.append(f"{self.where}: console says {text}")

    def _receive(self, answer: Response) -> None:
        self.answers.append(answer)
        if answer.status >= 400 and answer.status not in self.expected:
            self.faults.append(f"{self.where}: {answer.status} for {answer.url.removeprefix(self.url)}")

    def _miss(self, request: Request) -> None:
        # Went on before the tab's icon had come, or while a page that keeps itself fresh was asking.
        # A save that was cut off stays a fault.
        asks = request.resource_type == "fetch" and request.method == "GET"
        if request.failure == LEFT and (ICON in request.url or asks):
            return
        self.faults.append(f"{self.where}: no answer for {request.url}: {request.failure}")


def fill(control: Locator, value: str) -> None:
    """Type or choose a value."""
    if control.evaluate("control => control.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)


@contextmanager
def reader(
    browser: Browser,
    url: str,
    screen: ViewportSize,
    *,
    rules: dict[str, Any] | None = ALL_RULES,
    scripts: bool = True,
) -> Iterator[Reader]:
    """Give somebody a browser with this screen; at the end nothing may have been wrong on any page.

    `rules` may be fewer where another walk has judged the same pages; without scripts there are none.
    """
    phone = screen["width"] < 700
    context = browser.new_context(
        viewport=screen,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=phone,
        is_mobile=phone,
        java_script_enabled=scripts,
    )
    context.set_default_timeout(8000)
    someone = Reader(url, context, rules if scripts else None)
    try:
        yield someone
    finally:
        context.close()
    assert not someone.faults, "\n".join(dict.fromkeys(someone.faults))


def _packed(answer: Response) -> int:
    if 300 <= answer.status < 400:
        return 0
    body = answer.body()
    return min(len(body), len(gzip.compress(body, 6)))
