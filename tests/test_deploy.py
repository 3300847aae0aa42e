"""What is shipped for real servers is read by nginx, and starts commands that exist."""

import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask

from eventsite.kernel.clock import machine_now

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
FRAME = """pid {home}/nginx.pid; error_log {home}/error.log; events {{}}
http {{ access_log off; include {home}/eventsite.conf;
client_body_temp_path {home}/1; proxy_temp_path {home}/2; fastcgi_temp_path {home}/3;
uwsgi_temp_path {home}/4; scgi_temp_path {home}/5; }}
"""


def write_certificate(home: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "fair.example")])
    made = machine_now()
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(made)
        .not_valid_after(made + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (home / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
    (home / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx on this machine")
def test_nginx_reads_the_file(tmp_path: Path) -> None:
    write_certificate(tmp_path)
    text = (DEPLOY / "nginx.conf").read_text("utf-8").replace("/etc/ssl/eventsite", str(tmp_path))
    text = text.replace("/var/log/nginx", str(tmp_path))
    ports = re.sub(r"listen (\[::\]:)?(80|443)", r"listen \g<1>1\2", text)  # low ports are root's
    (tmp_path / "eventsite.conf").write_text(ports, "utf-8")
    (tmp_path / "nginx.conf").write_text(FRAME.format(home=tmp_path))
    command = ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nginx_lets_in_what_the_site_takes(app: Flask) -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert f"client_max_body_size {app.config['MAX_CONTENT_LENGTH'] // 2**20}m;" in text


def test_nginx_writes_no_private_address_down(app: Flask) -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert text.count("access_log /var/log/nginx/eventsite.log eventsite;") == text.count("server {")
    [kept] = re.findall(r'"~(\^.*?)"\s+"\$\{eventsite_kind\}', text)
    masked = re.compile(kept.replace("(?<", "(?P<"))
    private = ("token", "secret")
    rules = [rule for rule in app.url_map.iter_rules() if rule.arguments & {*private}]
    open_ones = [rule.rule for rule in rules if not masked.match(rule.rule)]
    assert rules
    assert [
        rule for rule in open_ones if not rule.startswith("/admin/e/")
    ] == []  # those open to the team alone
    assert masked.match("/x/ABCD1234")
    assert "$request_uri" not in text[text.index("log_format") : text.index("server {")]
    assert "$http_referer" not in text


@pytest.mark.parametrize("unit", ["web", "jobs"])
def test_units_start_commands_that_exist(app: Flask, unit: str) -> None:
    text = (DEPLOY / "systemd" / f"eventsite-{unit}.service").read_text("utf-8").replace("\\\n", "")
    started = re.findall(r"^ExecStart(?:Pre)?=/srv/eventsite/\.venv/bin/(.*)$", text, re.MULTILINE)
    flask = [line.removeprefix("flask --app app ").split()[0] for line in started if line.startswith("flask")]
    assert flask == {"web": ["db"], "jobs": ["jobs"]}[unit]
    assert set(flask) <= set(app.cli.commands)


def test_server_unit_uses_options_that_the_server_knows() -> None:
    text = (DEPLOY / "systemd" / "eventsite-web.service").read_text("utf-8")
    options = set(re.findall(r"(?<= )--[a-z0-9-]+", text)) - {"--app"}
    known = subprocess.run(
        [Path(sys.executable).with_name("granian"), "--help"], capture_output=True, text=True, check=True
    )
    assert {option for option in options if option not in known.stdout} == set()
