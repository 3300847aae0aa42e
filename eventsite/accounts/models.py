"""Tables of people: accounts, their sign-ins and one-time links, counted attempts, and mail that waits."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_security import UserMixin
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.database import Model, UTCDateTime

if TYPE_CHECKING:

    class Person:
        """What `UserMixin` gives; its own annotations would contradict the columns."""

        is_authenticated: bool

        def calc_username(self) -> str: ...

        def verify_and_update_password(self, password: str) -> bool: ...

else:
    Person = UserMixin


class Account(Person, Model):
    """Somebody who signs in. What they may do is in memberships.

    Columns that begin with `tf_`, `mf_` and `fs_` have the names that Flask-Security knows; a changed
    `fs_uniquifier` ends every session.
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("email"), UniqueConstraint("fs_uniquifier"))

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    label: Mapped[str] = mapped_column(String(80))
    password: Mapped[str | None] = mapped_column(String(255))
    password_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    needs_second_factor: Mapped[bool] = mapped_column(Boolean, default=False)
    fs_uniquifier: Mapped[str] = mapped_column(
        String(64), active_history=True
    )  # `signin.store` asks what it was
    tf_primary_method: Mapped[str | None] = mapped_column(String(20))
    tf_totp_secret: Mapped[str | None] = mapped_column(Text)
    tf_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    last_login_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    current_login_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_login_ip: Mapped[str | None] = mapped_column(String(64))
    current_login_ip: Mapped[str | None] = mapped_column(String(64))
    login_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def has_second_factor(self) -> bool:
        """Tell whether an authenticator app is set up."""
        return bool(self.tf_primary_method and self.tf_totp_secret)

    @property
    def roles(self) -> list[Any]:
        """Return nothing: roles are memberships, Flask-Security's own are not used."""
        return []

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[Any]]:
        """Tell Flask-Security, after the password, whether a code is asked for."""
        return bool(tf_setup_methods) or self.needs_second_factor, tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Tell Flask-Security that the second factor cannot be switched off."""
        return self.needs_second_factor

    def __repr__(self) -> str:
        return f"<Account {self.id}>"


class SignIn(Model):
    """One session of an account, dead on every host once it is ended. `key` is the SHA-256 of its secret."""

    __tablename__ = "sign_in"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    origin: Mapped[str] = mapped_column(String(64), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")


class SetupLink(Model):
    """A one-time link that sets an account's password. `key` is the SHA-256 of the secret in it."""

    __tablename__ = "setup_link"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Throttle(Model):
    """Attempts counted in a fixed window that ends at `expires_at` (Unix seconds). `key` is a keyed hash."""

    __tablename__ = "throttle"
    __table_args__ = (Index("ix_throttle_expires_at", "expires_at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    hits: Mapped[int]
    expires_at: Mapped[int] = mapped_column(BigInteger)


class OutboxMail(Model):
    """A mail that the site wrote; it waits where no SMTP server is set. A secret one is emptied once sent.

    One that was not taken is tried again at `next_at` until it is given up. It may carry one file.
    """

    __tablename__ = "outbox_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    secret: Mapped[bool] = mapped_column(Boolean, default=False)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    fault: Mapped[str] = mapped_column(String(200), default="")
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)
    given_up_at: Mapped[datetime | None] = mapped_column(UTCDateTime, default=None)
    attachment: Mapped[bytes | None] = mapped_column(LargeBinary, default=None, deferred=True)
    attachment_name: Mapped[str] = mapped_column(String(80), default="")
    attachment_type: Mapped[str] = mapped_column(String(80), default="")
