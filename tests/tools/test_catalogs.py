"""Catalogs are collected, filled, compiled and checked; a second run changes nothing."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (
    '{{ _("Stamps") }} {{ ngettext("%(num)s stamp", "%(num)s stamps", 3) }} {{ _("Hello %(name)s", name=1) }}'
)
WORDS = {"Stamps": "印章", "%(num)s stamp": "%(num)s 枚印章", "Hello %(name)s": "你好，%(name)s"}


def catalogs(house: Path, *arguments: str) -> str:
    """Run the tool in a folder; return what it said."""
    command = [sys.executable, "tools/catalogs.py", *arguments]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=False).stdout


def test_catalogs_are_collected_filled_and_checked(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    shutil.copy(ROOT / "babel.cfg", tmp_path)
    page, words = tmp_path / "templates" / "page.html", tmp_path / "words.json"
    chinese = tmp_path / "translations" / "zh_Hans_CN" / "LC_MESSAGES" / "messages.po"
    page.parent.mkdir()
    page.write_text(PAGE)

    assert catalogs(tmp_path, "update") == (
        "zh_Hans_CN: 3 messages, 3 without a translation\nen: 3 messages, 0 without a translation\n"
    )
    words.write_text(json.dumps(WORDS | {"Nowhere": "x"}))
    assert catalogs(tmp_path, "fill", "zh_Hans_CN", "words.json") == (
        "words.json: not a message of the site: 'Nowhere'\n"
    )
    assert catalogs(tmp_path, "check") == "The catalogs are complete.\n"

    filled = chinese.read_bytes()
    catalogs(tmp_path, "update")
    assert chinese.read_bytes() == filled
    assert chinese.stat().st_mtime == chinese.with_suffix(".mo").stat().st_mtime

    chinese.write_bytes(filled.replace("你好，%(name)s".encode(), "你好，%(nam)s".encode()))
    page.write_text(PAGE + '{{ _("Map") }}')
    faults = catalogs(tmp_path, "check").splitlines()
    assert "zh_Hans_CN: the catalog is behind the code; run make catalogs" in faults
    assert "zh_Hans_CN: no translation: 'Map' (templates/page.html)" in faults
    assert any(fault.startswith("zh_Hans_CN: unknown named placeholder 'nam'") for fault in faults)
