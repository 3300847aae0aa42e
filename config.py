"""Settings from the environment (`EVENTSITE_…`) or a `.env` file; the defaults suit a demo on one machine."""

import os
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from dotenv import load_dotenv

from eventsite.kernel import clock
from eventsite.kernel.errors import Misconfigured
from eventsite.kernel.secretfile import kept_secret

ROOT = Path(__file__).resolve().parent
DEMO_SETTINGS = "demo.env"


def from_environment() -> dict[str, Any]:
    """Return the settings of this process as Flask configuration."""
    load_dotenv(ROOT / ".env")
    instance = Path(_setting("INSTANCE_DIR", str(ROOT / "instance")))
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    env = _setting("ENV", "demo")
    if env == "demo" and "EVENTSITE_DEMO_NOW" not in os.environ:
        load_dotenv(instance / DEMO_SETTINGS)  # commands beside a demo site share its clock and address
    base_url = _setting("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    keys_dir = Path(_setting("KEYS_DIR", str(instance / "keys")))
    database = _setting("DATABASE_URL", f"sqlite:///{instance / 'site.db'}")
    return {
        "ENV_NAME": env,
        "INSTANCE_DIR": str(instance),
        "SQLALCHEMY_DATABASE_URI": _database_url(database),
        "REDIS_URL": _setting("REDIS_URL", ""),
        "BASE_URL": base_url,
        "SECRET_KEY": _setting("SECRET_KEY", "") or kept_secret(keys_dir / "session").hex(),
        "FILES_DIR": _setting("FILES_DIR", str(instance / "files")),
        "KEYS_DIR": keys_dir,
        "SMTP_URL": _setting("SMTP_URL", ""),
        "MAIL_FROM": _setting("MAIL_FROM", "eventsite@localhost"),
        "TRUSTED_PROXIES": [p for p in _setting("TRUSTED_PROXIES", "").split(",") if p],
        "METRICS_ALLOW": _setting("METRICS_ALLOW", "127.0.0.1,::1").split(","),
        "WEBHOOK_NETWORKS": _networks(_setting("WEBHOOK_NETWORKS", "")),
        "PASSWORD_POLICY": _setting("PASSWORD_POLICY", "asvs"),
        "DEMO": env == "demo",
        "SESSION_COOKIE_NAME": "session",
        "SESSION_COOKIE_SECURE": base_url.startswith("https://"),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
        "BABEL_DEFAULT_TIMEZONE": "UTC",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        "TESTING": False,
    }


def _setting(name: str, default: str) -> str:
    return os.environ.get(f"EVENTSITE_{name}", default)


def _networks(named: str) -> tuple[IPv4Network | IPv6Network, ...]:
    texts = (text.strip() for text in named.split(","))
    try:
        return tuple(ip_network(text) for text in texts if text)
    except ValueError as error:
        raise Misconfigured(f"EVENTSITE_WEBHOOK_NETWORKS: {error}") from error


def _database_url(url: str) -> str:
    """Say psycopg plainly: SQLAlchemy 2.1 means it by `postgresql://`, other tools may not."""
    scheme, found, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if found and scheme in ("postgres", "postgresql") else url


def refuse_unsafe(settings: Mapping[str, Any]) -> None:
    """Raise `Misconfigured` for a production site with demo settings."""
    if settings["ENV_NAME"] not in ("demo", "production"):
        raise Misconfigured(f"EVENTSITE_ENV={settings['ENV_NAME']} is unknown; it is demo or production")
    if settings["ENV_NAME"] != "production":
        return
    if clock.demo_start() is not None:
        raise Misconfigured("a production site does not start with EVENTSITE_DEMO_NOW")
    if len(settings["SECRET_KEY"]) < 32:
        raise Misconfigured("EVENTSITE_SECRET_KEY needs at least 32 characters in production")
    if not os.environ.get("EVENTSITE_BASE_URL"):
        raise Misconfigured("EVENTSITE_BASE_URL is needed in production: all codes and links carry it")
