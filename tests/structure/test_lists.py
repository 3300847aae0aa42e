"""Every list of the team goes out as a file, by the right of its page."""

import inspect

from flask import Flask


def test_every_list_has_its_files_beside_it(app: Flask) -> None:
    lists = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if "render_list(" in inspect.getsource(inspect.unwrap(view))
    ]
    rules = {(str(rule.endpoint), rule.rule.rpartition(".")[2]) for rule in app.url_map.iter_rules()}
    without = [endpoint for endpoint in lists if not {(endpoint, "xlsx"), (endpoint, "csv")} <= rules]
    assert len(lists) > 20
    assert without == []
