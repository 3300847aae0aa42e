"""What docs/partners.md tells partners to run is run here, on a real bundle and a real message."""

import io
import re
import shutil
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from eventsite.partners.core.deliveries import sign
from tests.support.factories import make_event
from tests.support.factories_partners import make_token
from tests.support.factories_programme import make_acts, make_release
from tests.support.isolation import PageClient

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "partners.md"


def recipe(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- end -->", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return textwrap.dedent(found[1])


def changed(data: bytes, name: str) -> bytes:
    """Return a bundle with one byte of a file changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, content.replace(b"1", b"2", 1) if entry == name else content)
    return packed.getvalue()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
def test_a_bundle_is_verified_as_the_guide_says(app: Flask, client: PageClient, tmp_path: Path) -> None:
    with app.app_context():
        event = make_event(slug="fair-a")
        make_acts(event, 2)
        make_release(event)
        token = make_token(event).token
    bundle = client.get(f"/feeds/{token}/fair-a/bundle.zip").data
    (tmp_path / "verify_bundle.py").write_text(recipe("verify_bundle.py"))
    (tmp_path / "eventsite.json").write_bytes(client.get("/.well-known/eventsite.json").data)

    def verify(data: bytes) -> subprocess.CompletedProcess[str]:
        (tmp_path / "bundle.zip").write_bytes(data)
        command = [sys.executable, "verify_bundle.py", "bundle.zip", "eventsite.json"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    good = verify(bundle)
    assert (good.returncode, good.stdout.splitlines()[-1]) == (0, "Version 1 of fair-a is as it was signed.")
    assert "signature is wrong" in verify(changed(bundle, "manifest.json")).stderr
    assert "programme.csv was changed" in verify(changed(bundle, "programme.csv")).stderr


def test_a_message_is_checked_as_the_guide_says() -> None:
    found: dict[str, Any] = {}
    exec(compile(recipe("check_message.py"), "check_message.py", "exec"), found)  # noqa: S102 - our own guide
    is_genuine, header = found["is_genuine"], sign("secret", '{"说":1}', 1757000000)
    assert is_genuine("secret", header, '{"说":1}'.encode(), 1757000100.0)
    assert not is_genuine("secret", header, b'{"x":1}', 1757000100.0)
    assert not is_genuine("other", header, '{"说":1}'.encode(), 1757000100.0)
    assert not is_genuine("secret", header, '{"说":1}'.encode(), 1757000400.0)
