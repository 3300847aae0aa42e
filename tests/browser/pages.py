"""Which pages there are: one address for each page that links lead to, found by following them."""

from urllib.parse import urlsplit

from werkzeug.routing import MapAdapter

from tests.browser.site import LiveSite
from tests.journeys.people import Person
from tests.support.page import read_page

NO_PAGES = {"static"}


def one_of_each(site: LiveSite, person: Person, home: str) -> list[str]:
    """Follow the links of pages under an address; return the first address of each page, home first."""
    adapter = site.app.url_map.bind("localhost")
    waiting, found = [home], dict[str, str]()
    while waiting:
        path = waiting.pop(0)
        page = _page_at(adapter, path)
        if page in found or page in NO_PAGES:
            continue
        response = person.client.get(path)
        if response.mimetype != "text/html":
            continue
        assert response.status_code == 200, f"{path}: {response.status}"
        found[page] = path
        links = [urlsplit(link).path for link in read_page(response.text, path).links]
        waiting += [link for link in links if link.startswith(home)]
    return list(found.values())


def _page_at(adapter: MapAdapter, path: str) -> str:
    endpoint, _ = adapter.match(path, method="GET")
    return str(endpoint)
