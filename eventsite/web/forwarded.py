"""What a request says of its own host, scheme and size is believed only as far as settings allow."""

import io
import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from eventsite.web.uploads import body_limit

READERS = 4  # of the 8 threads of a process: the others stay free for answers without a body
WAIT = 0.02  # seconds
BODY = "eventsite.body"  # where in the environment the body lies, once it is read
SENTENCES = {
    "413 Content Too Large": "发送的内容太大。照片不超过 20 MB，文件不超过 10 MB。\n"
    "This is too large. Photos may have 20 MB, documents 10 MB.\n",
    "503 Service Unavailable": "现在发送的人较多，请过几秒再试。\n"
    "Many people are sending just now. Try again in a few seconds.\n",
}
Start = Callable[..., Any]
App = Callable[[dict[str, Any], Start], Iterable[bytes]]


def init_app(app: Flask) -> None:
    """Trust the named hosts and proxies, and read bodies before a request takes anything else."""
    host = urlsplit(app.config["BASE_URL"]).netloc
    app.config["TRUSTED_HOSTS"] = sorted({host, host.split(":")[0], "127.0.0.1", "localhost"})
    app.wsgi_app = BodyReader(app.wsgi_app, partial(body_limit, app))  # type: ignore[method-assign]
    if app.config["TRUSTED_PROXIES"]:
        proxied: App = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)
        app.wsgi_app = BehindProxy(proxied, app.wsgi_app, app.config["TRUSTED_PROXIES"])  # type: ignore[method-assign]


class BehindProxy:
    """Believe forwarding headers from the named proxies only."""

    def __init__(self, proxied: App, direct: App, proxies: list[str]) -> None:
        self._proxied, self._direct, self._proxies = proxied, direct, frozenset(proxies)

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """Choose by the address of the peer."""
        known = environ.get("REMOTE_ADDR") in self._proxies
        return (self._proxied if known else self._direct)(environ, start_response)


class BodyReader:
    """Read a body whole before the application runs, at most four at a time.

    A server thread that waits for a slow phone's body is lost to everybody else, so slow senders may hold
    half of a process's threads and no more; the others are told to come back.
    """

    def __init__(self, app: App, limit: Callable[[dict[str, Any]], int]) -> None:
        self._app, self._limit = app, limit
        self._readers = threading.BoundedSemaphore(READERS)

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """Answer 413 to what is too large, 411 where no length is told, 503 while too many are being read."""
        if "HTTP_TRANSFER_ENCODING" in environ and not environ.get("CONTENT_LENGTH"):
            return _refuse(start_response, "411 Length Required")
        length = environ.get("CONTENT_LENGTH") or "0"
        if length == "0":
            return self._app(environ, start_response)
        if not length.isdigit() or int(length) > self._limit(environ):
            return _refuse(start_response, "413 Content Too Large")
        if not self._readers.acquire(timeout=WAIT):
            return _refuse(start_response, "503 Service Unavailable", ("Retry-After", "2"))
        try:
            environ[BODY] = environ["wsgi.input"].read(int(length))
        finally:
            self._readers.release()
        environ["wsgi.input"] = io.BytesIO(environ[BODY])
        return self._app(environ, start_response)


def _refuse(start_response: Start, status: str, *more: tuple[str, str]) -> list[bytes]:
    """Answer before the application runs, so in both languages at once."""
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close"), *more])
    said = SENTENCES.get(status, "")
    return [f"{status}\n{said}".encode()]
