"""Flask with less around each request: of a stamp's time, most was what the framework does beside it.

Each part gives what Flask's own gives, and hands over to that where a request or an answer is not plain.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from io import BytesIO
from typing import Any, cast
from urllib.parse import parse_qsl
from wsgiref.types import WSGIEnvironment

from flask import Flask, Request, Response
from flask.globals import request_ctx
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.http import parse_cookie
from werkzeug.routing import Map, MapAdapter, Rule, RuleFactory

from eventsite.web import statics
from eventsite.web.forwarded import BODY

URLENCODED = "application/x-www-form-urlencoded"
SHORT = 2048  # bytes of a form: visitors send a proof and a code
MOST_HOSTS = 32  # names and ports by which people ask; each is checked once
MOST_ADDRESSES = 1024
READS = ("GET", "HEAD", "OPTIONS")
BODILESS = (204, 304)
PLAIN_ADDRESS = re.compile(r"/[\w!$%&'()*+,./:;=?@~-]*", re.ASCII)
# Their hooks ask who has signed in and look for the session's token, around every request.
ABOUT_THE_TEAM = (
    "flask_wtf.csrf",
    "flask_principal",
    "flask_login.login_manager",
    "eventsite.accounts.signin.sessions",
)
Hook = Callable[..., Any]


class Fields(ImmutableMultiDict[str, str]):
    """What a request brings under names, where asking for a name that is not there costs no exception."""

    def get(  # type: ignore[override]  # Werkzeug tells apart six ways to call it
        self,
        key: str,
        default: Any = None,
        type: Any = None,  # noqa: A002 - Werkzeug's name
    ) -> Any:
        """Return the first value of that name, else the default."""
        if type is not None:
            return super().get(key, default, type)
        values: list[str] | None = dict.get(self, key)  # type: ignore[assignment]
        return values[0] if values else default


NOTHING = Fields()


class Ask(Request):
    """A request whose parts are read from what the server hands over, not looked for in all headers."""

    dict_storage_class = parameter_storage_class = Fields
    of_visitor = False  # set before the first hook

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """Return the cookies."""
        brought = self.environ.get("HTTP_COOKIE")
        return cast("Fields", parse_cookie(brought, Fields)) if brought else NOTHING

    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:
        """Return what the address asks."""
        return cast("Fields", super().args) if self.query_string else NOTHING

    def _load_form_data(self) -> None:
        """Read a short form from the body that lies in memory; leave all others to Flask."""
        body: bytes = self.environ.get(BODY, b"")
        short = 0 < len(body) <= SHORT and body.isascii()
        if not short or self.environ.get("CONTENT_TYPE") != URLENCODED:
            super()._load_form_data()
            return
        fields = parse_qsl(body.decode(), keep_blank_values=True, errors="werkzeug.url_quote")
        self.__dict__ |= {"stream": BytesIO(), "form": Fields(fields), "files": NOTHING}


class Answer(Response):
    """An answer that is handed to the server in one piece, where it lies in memory."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """Return the headers with the length; leave to Flask what may have to be written anew."""
        if not self.is_sequence or self.status_code in BODILESS:
            return super().get_wsgi_headers(environ)
        named = {name.lower(): value for name, value in self.headers}
        if "content-location" in named or not PLAIN_ADDRESS.fullmatch(named.get("location", "/")):
            return super().get_wsgi_headers(environ)
        if "content-length" not in named:
            self.headers.add("Content-Length", str(sum(map(len, self.iter_encoded()))))
        return self.headers

    def get_app_iter(self, environ: WSGIEnvironment) -> Iterable[bytes]:
        """Return the whole body: the server sends a list at once, and other iterables in steps."""
        if not self.is_sequence or self._on_close:
            return super().get_app_iter(environ)
        if environ["REQUEST_METHOD"] == "HEAD" or self.status_code in BODILESS:
            return []
        return [*self.iter_encoded()]


class Ready(Answer):
    """An answer whose headers were all made before, in good form and with the length."""

    default_mimetype = None

    def __init__(self, body: list[bytes], lines: Iterable[tuple[str, str]], status: int = 200) -> None:
        super().__init__(body, status, Lines(lines))

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """Return the headers."""
        return self.headers


class Lines(Headers):
    """Headers that nobody has to check again."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        self._list = [*lines]


class Addresses(Map):
    """The site's addresses, with what those asked for last have led to."""

    def __init__(self, *rules: Any, **settings: Any) -> None:
        self.found: dict[tuple[str, str], tuple[Rule, Mapping[str, Any]]] = {}
        super().__init__(*rules, **settings)

    def add(self, rulefactory: RuleFactory) -> None:
        """Add rules; what was found may now lead elsewhere."""
        self.found.clear()
        super().add(rulefactory)


class Address(MapAdapter):
    """A request's address. Most people ask for few: where these lead is looked up once."""

    map: Addresses

    def match(self, *given: Any, **named: Any) -> Any:
        """Return the rule and its values; what leads nowhere is asked again each time."""
        if given or named != {"return_rule": True}:
            return super().match(*given, **named)
        asked = (self.path_info, self.default_method)
        known = self.map.found.get(asked) or super().match(return_rule=True)
        if len(self.map.found) >= MOST_ADDRESSES:
            self.map.found.clear()
        self.map.found[asked] = known
        rule, values = known
        return rule, dict(values)


class Site(Flask):
    """The application. Around a visitor's request it leaves out what only the team's need.

    A visitor's is a request that brings none of the team's cookies, to a page for everybody, a static file or
    nothing at all; a form of visitors proves its origin itself (`web.passes`).
    """

    request_class, response_class, url_map_class = Ask, Answer, Addresses
    url_map: Addresses

    def __init__(self, *names: Any, **settings: Any) -> None:
        super().__init__(*names, **settings)
        self._hosts: dict[tuple[str, str], str] = {}
        self._team_cookies: tuple[str, ...] = ()
        self._visitors_before: list[Hook] = []
        self._visitors_after: list[Hook] = []

    def spare_visitors(self) -> None:
        """Leave out what is about the team for visitors from now on; call it when all hooks are there."""
        remember = self.config.get("REMEMBER_COOKIE_NAME", "remember_token")
        self._team_cookies = (f"{self.config['SESSION_COOKIE_NAME']}=", f"{remember}=")
        self._visitors_before = [hook for hook in self.before_request_funcs[None] if _is_for_all(hook)]
        self._visitors_after = [
            hook for hook in reversed(self.after_request_funcs[None]) if _is_for_all(hook)
        ]

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Bind the addresses to the request; a host that was found good is not checked again."""
        if request is None:
            return super().create_url_adapter(None)
        environ = request.environ
        asked = (environ.get("HTTP_HOST", ""), environ["wsgi.url_scheme"])
        host = self._hosts.get(asked)
        if host is None or "HTTP_UPGRADE" in environ:
            adapter = super().create_url_adapter(request)
            if adapter is not None and not adapter.websocket and len(self._hosts) < MOST_HOSTS:
                self._hosts[asked] = request.host
            return adapter
        request.host = host
        return Address(
            self.url_map,
            host,
            request.root_path,
            self.url_map.default_subdomain,
            request.scheme,
            request.path,
            request.method,
            request.query_string.decode(errors="replace") if request.query_string else "",
        )

    def preprocess_request(self) -> Any:
        """Run what comes before a view."""
        ask = cast("Ask", request_ctx.request)
        ask.of_visitor = self._is_of_visitor(ask)
        if not ask.of_visitor:
            return super().preprocess_request()
        for hook in self._visitors_before:
            if (answer := hook()) is not None:
                return answer
        return None

    def process_response(self, response: Response) -> Response:
        """Run what comes after a view."""
        if not cast("Ask", request_ctx.request).of_visitor or request_ctx._after_request_functions:  # noqa: SLF001
            return super().process_response(response)
        for hook in self._visitors_after:
            response = hook(response)
        self.session_interface.save_session(self, cast("Any", request_ctx._session), response)  # noqa: SLF001
        return response

    def ensure_sync(self, func: Hook) -> Hook:
        """Return the function: nothing here is a coroutine."""
        return func

    def log_exception(self, exc_info: Any) -> None:
        """Write down what broke where; the address itself may be a private link, and stays out of the log."""
        ask = request_ctx.request
        self.logger.error("Exception on %s [%s]", ask.url_rule, ask.method, exc_info=exc_info)

    def send_static_file(self, filename: str) -> Response:
        """Send a file of ours, packed where the reader can unpack it."""
        return statics.finish(super().send_static_file(filename), filename)

    def _is_of_visitor(self, ask: Ask) -> bool:
        view = self.view_functions.get(ask.endpoint or "")
        if view is not None and ask.endpoint != "static":
            if getattr(view, "access", None) != "public":
                return False
            if ask.method not in READS and not getattr(view, "proves_origin", False):
                return False
        brought = ask.environ.get("HTTP_COOKIE", "")
        return not any(name in brought for name in self._team_cookies)


def _is_for_all(hook: Hook) -> bool:
    return getattr(hook, "__module__", "") not in ABOUT_THE_TEAM
