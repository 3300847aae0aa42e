"""Tokens, takings and webhooks of partners

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

import eventsite.database.base

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "partner_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("hint", sa.String(length=8), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("scopes", sa.String(length=200), nullable=False),
        sa.Column("expires_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("created_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("revoked_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_partner_token_event_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_partner_token_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_token")),
        sa.UniqueConstraint("key", name=op.f("uq_partner_token_key")),
    )
    with op.batch_alter_table("partner_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_token_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_partner_token_organization_id"), ["organization_id"], unique=False
        )

    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("kinds", sa.String(length=200), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("queued_release", sa.Integer(), nullable=False),
        sa.Column("queued_live", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("disabled_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("disabled_why", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_webhook_event_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_webhook_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    with op.batch_alter_table("webhook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webhook_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_webhook_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "partner_taking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("taker", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("release_number", sa.Integer(), nullable=False),
        sa.Column("live_revision", sa.Integer(), nullable=False),
        sa.Column("first_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("last_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_partner_taking_event_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_partner_taking_organization_id")
        ),
        sa.ForeignKeyConstraint(["token_id"], ["partner_token.id"], name=op.f("fk_partner_taking_token_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_taking")),
        sa.UniqueConstraint(
            "organization_id",
            "taker",
            "what",
            "release_number",
            "live_revision",
            name=op.f("uq_partner_taking_organization_id_taker_what_release_number_live_revision"),
        ),
    )
    with op.batch_alter_table("partner_taking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_taking_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partner_taking_token_id"), ["token_id"], unique=False)

    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "programme.released",
                "programme.switched",
                "programme.live",
                "test",
                name="hookevent",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("release_number", sa.Integer(), nullable=False),
        sa.Column("live_revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "delivered",
                "failed",
                name="deliverystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("due_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("done_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_webhook_delivery_event_id")),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhook.id"], name=op.f("fk_webhook_delivery_webhook_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
        sa.UniqueConstraint("uid", name=op.f("uq_webhook_delivery_uid")),
        sa.UniqueConstraint(
            "webhook_id",
            "kind",
            "release_number",
            "live_revision",
            name=op.f("uq_webhook_delivery_webhook_id_kind_release_number_live_revision"),
        ),
    )
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webhook_delivery_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_webhook_delivery_event_id"), ["event_id"], unique=False)


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_delivery_event_id"))
        batch_op.drop_index(batch_op.f("ix_webhook_delivery_due_at"))

    op.drop_table("webhook_delivery")
    with op.batch_alter_table("partner_taking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_taking_token_id"))
        batch_op.drop_index(batch_op.f("ix_partner_taking_event_id"))

    op.drop_table("partner_taking")
    with op.batch_alter_table("webhook", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_organization_id"))
        batch_op.drop_index(batch_op.f("ix_webhook_event_id"))

    op.drop_table("webhook")
    with op.batch_alter_table("partner_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_token_organization_id"))
        batch_op.drop_index(batch_op.f("ix_partner_token_event_id"))

    op.drop_table("partner_token")
