"""first tables

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

import eventsite.database.base
from eventsite.database.triggers import Kept, refuse_changes

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = {
    "audit": Kept(),
    "knot": Kept(),
    "release": Kept(),
    "stamp": Kept(),
    "draw_frozen_list": Kept(),
    "draw_record": Kept(),
    "draw_rules": Kept(),
    "draw_values": Kept(),
    "draw_round": Kept(once=("outcome", "drawn_at")),
    "draw_proposal": Kept(once=("confirmed_by", "confirmed_label", "closed_at")),
    "draw_witness": Kept(
        once=("commitment", "committed_at", "nonce", "revealed_at"), removable_while_null="commitment"
    ),
    "award": Kept(free=("state", "claimed_at")),
    "award_hand_over": Kept(),
}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("password_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("needs_second_factor", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("tf_primary_method", sa.String(length=20), nullable=True),
        sa.Column("tf_totp_secret", sa.Text(), nullable=True),
        sa.Column("tf_last_counter", sa.BigInteger(), nullable=True),
        sa.Column("mf_recovery_codes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("last_login_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("current_login_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("last_login_ip", sa.String(length=64), nullable=True),
        sa.Column("current_login_ip", sa.String(length=64), nullable=True),
        sa.Column("login_count", sa.Integer(), nullable=False),
        sa.Column("created_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
    )
    op.create_table(
        "audit",
        sa.Column("lane", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "seq", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_event_id_at", ["event_id", "at"], unique=False)
        batch_op.create_index("ix_audit_event_id_thing_at", ["event_id", "thing", "at"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "published",
                "archived",
                name="eventstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("schema_version", sa.String(length=10), nullable=False),
        sa.Column("dataset", sa.JSON(), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("campaign_zh", sa.String(), nullable=False),
        sa.Column("campaign_en", sa.String(), nullable=False),
        sa.Column("headline_zh", sa.String(), nullable=False),
        sa.Column("headline_en", sa.String(), nullable=False),
        sa.Column("slogan_zh", sa.String(), nullable=False),
        sa.Column("slogan_en", sa.String(), nullable=False),
        sa.Column("market_name_zh", sa.String(), nullable=False),
        sa.Column("market_name_en", sa.String(), nullable=False),
        sa.Column("host_city_zh", sa.String(), nullable=False),
        sa.Column("host_city_en", sa.String(), nullable=False),
        sa.Column("host_city_nickname_zh", sa.String(), nullable=False),
        sa.Column("host_city_nickname_en", sa.String(), nullable=False),
        sa.Column("location_zh", sa.String(), nullable=False),
        sa.Column("location_en", sa.String(), nullable=False),
        sa.Column("from_province_zh", sa.String(), nullable=False),
        sa.Column("from_province_en", sa.String(), nullable=False),
        sa.Column("to_province_zh", sa.String(), nullable=False),
        sa.Column("to_province_en", sa.String(), nullable=False),
        sa.Column("article_date_zh", sa.String(), nullable=True),
        sa.Column("summary_zh", sa.String(), nullable=False),
        sa.Column("summary_en", sa.String(), nullable=False),
        sa.Column("admission_zh", sa.String(), nullable=False),
        sa.Column("admission_en", sa.String(), nullable=False),
        sa.Column("expected_visitors", sa.Integer(), nullable=False),
        sa.Column("max_instant_visitors", sa.Integer(), nullable=False),
        sa.Column("theme_colors", sa.JSON(), nullable=False),
        sa.Column("modules", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(), nullable=True),
        sa.Column("created_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    op.create_table(
        "knot",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("heads", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_knot")),
    )
    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("made_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
    )
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_mail_made_at"), ["made_at"], unique=False)

    op.create_table(
        "throttle",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
    )
    with op.batch_alter_table("throttle", schema=None) as batch_op:
        batch_op.create_index("ix_throttle_expires_at", ["expires_at"], unique=False)

    op.create_table(
        "deal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("party_a_zh", sa.String(), nullable=False),
        sa.Column("party_b_zh", sa.String(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("subject_zh", sa.String(), nullable=False),
        sa.Column("amount_cny", sa.Double(), nullable=True),
        sa.Column("recorded_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_deal_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_deal_event_id_ref")),
    )
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_event_id"), ["event_id"], unique=False)

    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_zh", sa.String(), nullable=False),
        sa.Column("city_en", sa.String(), nullable=False),
        sa.Column("province_zh", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("highlights_zh", sa.JSON(), nullable=False),
        sa.Column("highlights_en", sa.JSON(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("contact_post_zh", sa.String(), nullable=False),
        sa.Column("contact_post_en", sa.String(), nullable=False),
        sa.Column("article_role_zh", sa.String(), nullable=True),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_delegation_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_delegation_event_id_ref")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegation_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("label_zh", sa.String(), nullable=False),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_day_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_day")),
        sa.UniqueConstraint("event_id", "date", name=op.f("uq_event_day_event_id_date")),
    )
    with op.batch_alter_table("event_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_day_event_id"), ["event_id"], unique=False)

    op.create_table(
        "facility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_facility_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_facility_event_id_ref")),
    )
    with op.batch_alter_table("facility", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_facility_event_id"), ["event_id"], unique=False)

    op.create_table(
        "faq",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_zh", sa.String(), nullable=False),
        sa.Column("question_en", sa.String(), nullable=False),
        sa.Column("answer_zh", sa.String(), nullable=False),
        sa.Column("answer_en", sa.String(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_faq_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faq")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_faq_event_id_ref")),
    )
    with op.batch_alter_table("faq", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_faq_event_id"), ["event_id"], unique=False)

    op.create_table(
        "live_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_number", sa.Integer(), nullable=False),
        sa.Column("live_revision", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_live_state_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_state")),
        sa.UniqueConstraint("event_id", name=op.f("uq_live_state_event_id")),
    )
    with op.batch_alter_table("live_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_live_state_event_id"), ["event_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "organizer",
                "reviewer",
                "zone_lead",
                "stage_manager",
                "desk",
                "delegation_lead",
                "partner",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("granted_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("line", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_membership_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "account_id",
            "event_id",
            "role",
            "scope",
            name=op.f("uq_membership_account_id_event_id_role_scope"),
        ),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            "ix_membership_site",
            ["account_id", "role", "scope"],
            unique=True,
            sqlite_where=sa.text("event_id IS NULL"),
            postgresql_where=sa.text("event_id IS NULL"),
        )

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offset_days", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("deliverable_zh", sa.String(), nullable=False),
        sa.Column("owner_team", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_milestone_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_milestone_event_id_ref")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_event_id"), ["event_id"], unique=False)

    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("time", sa.Time(), nullable=False),
        sa.Column("by_zone", sa.JSON(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_observation_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("event_id", "date", "time", name=op.f("uq_observation_event_id_date_time")),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observation_event_id"), ["event_id"], unique=False)

    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("short_zh", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_organization_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_organization_event_id_ref")),
    )
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organization_event_id"), ["event_id"], unique=False)

    op.create_table(
        "permit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("authority_zh", sa.String(), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("basis_zh", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_permit_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_permit_event_id_ref")),
    )
    with op.batch_alter_table("permit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_permit_event_id"), ["event_id"], unique=False)

    op.create_table(
        "raffle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "stage_draw",
                "instant",
                name="rafflemode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entry_zh", sa.String(), nullable=False),
        sa.Column("entry_en", sa.String(), nullable=False),
        sa.Column("max_entries_per_visitor", sa.Integer(), nullable=False),
        sa.Column("claim_deadline", sa.String(length=20), nullable=False),
        sa.Column("claim_place_zh", sa.String(), nullable=False),
        sa.Column("forfeit_zh", sa.String(), nullable=False),
        sa.Column("draw_method_zh", sa.String(), nullable=False),
        sa.Column("draw_record_keep_years", sa.Integer(), nullable=False),
        sa.Column("organizer_contact_zh", sa.String(), nullable=False),
        sa.Column("stamps_required", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_raffle_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raffle")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_raffle_event_id_ref")),
    )
    with op.batch_alter_table("raffle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_raffle_event_id"), ["event_id"], unique=False)

    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("released_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.String(length=120), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_release_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_release_event_id_number")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_event_id"), ["event_id"], unique=False)

    op.create_table(
        "setup_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("made_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("used_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_setup_link_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_link")),
        sa.UniqueConstraint("key", name=op.f("uq_setup_link_key")),
    )
    with op.batch_alter_table("setup_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setup_link_account_id"), ["account_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("started_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("key", name=op.f("uq_sign_in_key")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_account_id"), ["account_id"], unique=False)

    op.create_table(
        "stamp_rally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column(
            "token_rule",
            sa.Enum(
                "one_per_checkpoint_per_day",
                "one_per_checkpoint_per_event",
                name="tokenrule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "code_mode",
            sa.Enum(
                "static",
                "rotating_code",
                "staff_scan",
                name="codemode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code_period_seconds", sa.Integer(), nullable=True),
        sa.Column("min_seconds_between_stamps", sa.Integer(), nullable=False),
        sa.Column("rules_zh", sa.JSON(), nullable=False),
        sa.Column("rules_en", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_stamp_rally_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp_rally")),
        sa.UniqueConstraint("event_id", name=op.f("uq_stamp_rally_event_id")),
    )
    with op.batch_alter_table("stamp_rally", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stamp_rally_event_id"), ["event_id"], unique=False)

    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("city_zh", sa.String(), nullable=False),
        sa.Column("city_en", sa.String(), nullable=False),
        sa.Column("map_w", sa.Double(), nullable=False),
        sa.Column("map_h", sa.Double(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_venue_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_venue_event_id_ref")),
    )
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_venue_event_id"), ["event_id"], unique=False)

    op.create_table(
        "visitor_pass",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("recovery_code", sa.String(length=10), nullable=False),
        sa.Column("entry_code", sa.String(length=10), nullable=False),
        sa.Column("created_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("stamps", sa.Integer(), nullable=False),
        sa.Column("checkpoints", sa.Integer(), nullable=False),
        sa.Column("last_stamp_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("is_staff", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("stamps >= 0 AND checkpoints >= 0", name=op.f("ck_visitor_pass_counters")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_visitor_pass_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor_pass")),
        sa.UniqueConstraint("event_id", "entry_code", name=op.f("uq_visitor_pass_event_id_entry_code")),
        sa.UniqueConstraint("event_id", "recovery_code", name=op.f("uq_visitor_pass_event_id_recovery_code")),
    )
    with op.batch_alter_table("visitor_pass", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visitor_pass_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_visitor_pass_event_id_stamps", ["event_id", "stamps"], unique=False)

    op.create_table(
        "zone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("literal_gloss", sa.String(), nullable=False),
        sa.Column("suffix_zh", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("description_zh", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("highlights_zh", sa.JSON(), nullable=False),
        sa.Column("color", sa.String(length=7), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("crowd_levels", sa.JSON(), nullable=False),
        sa.Column("map_x", sa.Double(), nullable=False),
        sa.Column("map_y", sa.Double(), nullable=False),
        sa.Column("map_w", sa.Double(), nullable=False),
        sa.Column("map_h", sa.Double(), nullable=False),
        sa.Column("grid_code", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_zone_capacity")),
        sa.CheckConstraint("map_w > 0 AND map_h > 0", name=op.f("ck_zone_map_size")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_zone_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_zone_event_id_code")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_zone_event_id_ref")),
    )
    with op.batch_alter_table("zone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zone_event_id"), ["event_id"], unique=False)

    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("body_zh", sa.String(), nullable=False),
        sa.Column("published_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_announcement_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_announcement_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_announcement_event_id_ref")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_event_id"), ["event_id"], unique=False)

    op.create_table(
        "booth",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("size_m", sa.String(length=20), nullable=False),
        sa.Column("power_kw", sa.Double(), nullable=False),
        sa.Column("appliances_zh", sa.JSON(), nullable=False),
        sa.Column("needs_water", sa.Boolean(), nullable=False),
        sa.Column("open_flame", sa.Boolean(), nullable=False),
        sa.Column("food_permit_required", sa.Boolean(), nullable=False),
        sa.Column("staff_passes", sa.Integer(), nullable=False),
        sa.Column("vehicle_passes", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("map_x", sa.Double(), nullable=False),
        sa.Column("map_y", sa.Double(), nullable=False),
        sa.Column("map_w", sa.Double(), nullable=False),
        sa.Column("map_h", sa.Double(), nullable=False),
        sa.Column("note_zh", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("map_w > 0 AND map_h > 0", name=op.f("ck_booth_map_size")),
        sa.CheckConstraint("power_kw >= 0", name=op.f("ck_booth_power")),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_booth_delegation_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_booth_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_booth_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_booth_event_id_code")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_booth_event_id_ref")),
    )
    with op.batch_alter_table("booth", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booth_delegation_id"), ["delegation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booth_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booth_zone_id"), ["zone_id"], unique=False)

    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("stamp_label_zh", sa.String(), nullable=False),
        sa.Column("stamp_label_en", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=12), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=32), nullable=False),
        sa.Column("typed_code", sa.String(length=8), nullable=False),
        sa.Column(
            "code_mode",
            sa.Enum(
                "static",
                "rotating_code",
                "staff_scan",
                name="codemode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_checkpoint_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_checkpoint_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_checkpoint_event_id_ref")),
        sa.UniqueConstraint("key", name=op.f("uq_checkpoint_key")),
        sa.UniqueConstraint("typed_code", name=op.f("uq_checkpoint_typed_code")),
    )
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checkpoint_event_id"), ["event_id"], unique=False)

    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("team", sa.String(length=40), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("shifts", sa.JSON(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_post_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_post_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_post_event_id_ref")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_event_id"), ["event_id"], unique=False)

    op.create_table(
        "prize",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("raffle_id", sa.Integer(), nullable=False),
        sa.Column("level_zh", sa.String(), nullable=False),
        sa.Column("level_en", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_value_cny", sa.Double(), nullable=False),
        sa.Column("daily_quantity", sa.Integer(), nullable=True),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_prize_quantity")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_prize_event_id")),
        sa.ForeignKeyConstraint(["raffle_id"], ["raffle.id"], name=op.f("fk_prize_raffle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_prize_event_id_ref")),
    )
    with op.batch_alter_table("prize", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prize_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_prize_raffle_id"), ["raffle_id"], unique=False)

    op.create_table(
        "stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("audience_capacity", sa.Integer(), nullable=False),
        sa.Column("covered", sa.Boolean(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_stage_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_stage_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_stage_event_id_code")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_stage_event_id_ref")),
    )
    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_event_id"), ["event_id"], unique=False)

    op.create_table(
        "troupe",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("genre", sa.String(length=40), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("heritage_level", sa.String(), nullable=True),
        sa.Column("contact_post_zh", sa.String(), nullable=False),
        sa.Column("contact_post_en", sa.String(), nullable=False),
        sa.Column("note_zh", sa.String(), nullable=True),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_troupe_delegation_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_troupe_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_troupe")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_troupe_event_id_ref")),
    )
    with op.batch_alter_table("troupe", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_troupe_event_id"), ["event_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_zh", sa.String(), nullable=False),
        sa.Column("unit_en", sa.String(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("contact_post_zh", sa.String(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("products_zh", sa.JSON(), nullable=False),
        sa.Column("matters", sa.JSON(), nullable=False),
        sa.Column("submitted_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("decision_note_zh", sa.String(), nullable=True),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_application_booth_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_application_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_application_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_application_event_id_ref")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_event_id"), ["event_id"], unique=False)

    op.create_table(
        "float",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("theme_zh", sa.String(), nullable=False),
        sa.Column("theme_en", sa.String(), nullable=False),
        sa.Column("length_m", sa.Double(), nullable=False),
        sa.Column("width_m", sa.Double(), nullable=False),
        sa.Column("height_m", sa.Double(), nullable=False),
        sa.Column("extinguishers", sa.Integer(), nullable=False),
        sa.Column("entry_time", sa.Time(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_float_booth_id")),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_float_delegation_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_float_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_float")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_float_event_id_ref")),
    )
    with op.batch_alter_table("float", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_float_event_id"), ["event_id"], unique=False)

    op.create_table(
        "giveaway",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column("unit_zh", sa.String(length=20), nullable=False),
        sa.Column("stock_total", sa.Integer(), nullable=False),
        sa.Column("limit_per_visitor", sa.Integer(), nullable=False),
        sa.Column(
            "limit_scope",
            sa.Enum(
                "per_day",
                "per_event",
                name="limitscope",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("low_stock_at", sa.Integer(), nullable=False),
        sa.Column(
            "eligibility",
            sa.Enum(
                "open",
                "stamps",
                "after_workshop",
                name="eligibility",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stamps_required", sa.Integer(), nullable=False),
        sa.Column("allergen_note_zh", sa.String(), nullable=True),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("stock_total >= 0", name=op.f("ck_giveaway_stock")),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_giveaway_booth_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_giveaway_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_giveaway_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_giveaway")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_giveaway_event_id_ref")),
    )
    with op.batch_alter_table("giveaway", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_giveaway_event_id"), ["event_id"], unique=False)

    op.create_table(
        "programme_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("troupe_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("workshop_ref", sa.String(length=80), nullable=True),
        sa.Column("call_minutes_before", sa.Integer(), nullable=False),
        sa.Column("tech", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("note_zh", sa.String(), nullable=True),
        sa.Column("notice_zh", sa.String(), nullable=False),
        sa.Column("notice_en", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_programme_item_time_range")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_programme_item_delegation_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_programme_item_event_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_programme_item_stage_id")),
        sa.ForeignKeyConstraint(["troupe_id"], ["troupe.id"], name=op.f("fk_programme_item_troupe_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_item")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_programme_item_event_id_ref")),
    )
    with op.batch_alter_table("programme_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_item_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_programme_item_stage_id"), ["stage_id"], unique=False)

    op.create_table(
        "stamp",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("pass_id", sa.BigInteger(), nullable=False),
        sa.Column("checkpoint_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["checkpoint_id"], ["checkpoint.id"], name=op.f("fk_stamp_checkpoint_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_stamp_event_id")),
        sa.ForeignKeyConstraint(["pass_id"], ["visitor_pass.id"], name=op.f("fk_stamp_pass_id")),
        sa.PrimaryKeyConstraint("event_id", "pass_id", "checkpoint_id", "day", name=op.f("pk_stamp")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("stamp", schema=None) as batch_op:
        batch_op.create_index(
            "ix_stamp_event_id_checkpoint_id_day", ["event_id", "checkpoint_id", "day"], unique=False
        )

    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("description_zh", sa.String(), nullable=False),
        sa.Column("description_en", sa.String(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("assigned_post_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("priority", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("opened_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assigned_post_id"], ["post.id"], name=op.f("fk_ticket_assigned_post_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_ticket_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_ticket_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_ticket_event_id_ref")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_event_id"), ["event_id"], unique=False)

    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "walk_in",
                "reservation",
                "order_menu",
                name="workshopmode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.JSON(), nullable=False),
        sa.Column("materials_zh", sa.String(), nullable=False),
        sa.Column("min_orders", sa.Integer(), nullable=True),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity > 0 AND minutes > 0", name=op.f("ck_workshop_size")),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_workshop_booth_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_workshop_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_workshop_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_workshop_event_id_ref")),
    )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_event_id"), ["event_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("signed_date", sa.Date(), nullable=False),
        sa.Column("signed_place_zh", sa.String(), nullable=False),
        sa.Column("aim_zh", sa.String(), nullable=False),
        sa.Column("aim_en", sa.String(), nullable=False),
        sa.Column("background_zh", sa.String(), nullable=False),
        sa.Column("background_en", sa.String(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_agreement_event_id")),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_agreement_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_agreement_event_id_ref")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_event_id"), ["event_id"], unique=False)

    op.create_table(
        "draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("raffle_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "open",
                "closed",
                "frozen",
                "revealed",
                "drawn",
                "published",
                "voided",
                name="drawstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("terms", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("postponed_to", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_draw_event_id")),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_draw_item_id")),
        sa.ForeignKeyConstraint(["raffle_id"], ["raffle.id"], name=op.f("fk_draw_raffle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_draw_event_id_ref")),
    )
    with op.batch_alter_table("draw", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draw_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draw_raffle_id"), ["raffle_id"], unique=False)

    op.create_table(
        "giveaway_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("giveaway_id", sa.Integer(), nullable=False),
        sa.Column("releases_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_giveaway_slot_quantity")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_giveaway_slot_event_id")),
        sa.ForeignKeyConstraint(["giveaway_id"], ["giveaway.id"], name=op.f("fk_giveaway_slot_giveaway_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_giveaway_slot")),
        sa.UniqueConstraint(
            "giveaway_id", "releases_at", name=op.f("uq_giveaway_slot_giveaway_id_releases_at")
        ),
    )
    with op.batch_alter_table("giveaway_slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_giveaway_slot_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_giveaway_slot_giveaway_id"), ["giveaway_id"], unique=False)

    op.create_table(
        "reward",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rally_id", sa.Integer(), nullable=False),
        sa.Column("stamps_required", sa.Integer(), nullable=False),
        sa.Column("giveaway_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_reward_event_id")),
        sa.ForeignKeyConstraint(["giveaway_id"], ["giveaway.id"], name=op.f("fk_reward_giveaway_id")),
        sa.ForeignKeyConstraint(["rally_id"], ["stamp_rally.id"], name=op.f("fk_reward_rally_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_reward_event_id_ref")),
    )
    with op.batch_alter_table("reward", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reward_event_id"), ["event_id"], unique=False)

    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("text_zh", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_commitment_agreement_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_commitment_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_commitment_event_id_ref")),
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitment_event_id"), ["event_id"], unique=False)

    op.create_table(
        "draw_frozen_list",
        sa.Column("draw_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("freeze", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("entries", sa.LargeBinary(), nullable=True),
        sa.Column("frozen_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_frozen_list_draw_id")),
        sa.PrimaryKeyConstraint("draw_id", name=op.f("pk_draw_frozen_list")),
    )
    op.create_table(
        "draw_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "freeze",
                "absent",
                "void",
                name="proposalkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("by_label", sa.String(length=254), nullable=False),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(length=80), nullable=True),
        sa.Column("confirmed_label", sa.String(length=254), nullable=True),
        sa.Column("closed_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_proposal_draw_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_proposal")),
    )
    with op.batch_alter_table("draw_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draw_proposal_draw_id"), ["draw_id"], unique=False)
        batch_op.create_index(
            "uq_draw_proposal_open",
            ["draw_id", "kind"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "draw_record",
        sa.Column("draw_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_record_draw_id")),
        sa.PrimaryKeyConstraint("draw_id", name=op.f("pk_draw_record")),
    )
    op.create_table(
        "draw_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unclaimed", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("drawn_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_round_draw_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_round")),
        sa.UniqueConstraint("draw_id", "number", name=op.f("uq_draw_round_draw_id_number")),
    )
    op.create_table(
        "draw_rules",
        sa.Column("draw_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_rules_draw_id")),
        sa.PrimaryKeyConstraint("draw_id", name=op.f("pk_draw_rules")),
    )
    op.create_table(
        "draw_witness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "partner",
                "notary",
                "organizer",
                name="witnesskind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=True),
        sa.Column("committed_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("nonce", sa.String(length=200), nullable=True),
        sa.Column("revealed_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("nonce IS NULL OR commitment IS NOT NULL", name=op.f("ck_draw_witness_order")),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_witness_draw_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_draw_witness_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_witness")),
        sa.UniqueConstraint("draw_id", "commitment", name=op.f("uq_draw_witness_draw_id_commitment")),
        sa.UniqueConstraint("draw_id", "position", name=op.f("uq_draw_witness_draw_id_position")),
    )
    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("signatory_title_zh", sa.String(), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_party_agreement_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_party_event_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_party_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint(
            "agreement_id", "organization_id", name=op.f("uq_party_agreement_id_organization_id")
        ),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_event_id"), ["event_id"], unique=False)

    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("prize_id", sa.Integer(), nullable=False),
        sa.Column("pass_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=50), nullable=False),
        sa.Column("entry_code", sa.String(length=10), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "won",
                "claimed",
                "absent",
                "forfeited",
                "voided",
                name="awardstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.LargeBinary(length=12), nullable=False),
        sa.Column("typed_code", sa.String(length=8), nullable=False),
        sa.Column("won_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("claim_until", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("claim_place", sa.String(length=120), nullable=False),
        sa.Column("claimed_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_award_draw_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_award_event_id")),
        sa.ForeignKeyConstraint(["pass_id"], ["visitor_pass.id"], name=op.f("fk_award_pass_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_award_prize_id")),
        sa.ForeignKeyConstraint(["round_id"], ["draw_round.id"], name=op.f("fk_award_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("draw_id", "entry_code", name=op.f("uq_award_draw_id_entry_code")),
        sa.UniqueConstraint("key", name=op.f("uq_award_key")),
        sa.UniqueConstraint("round_id", "slot", name=op.f("uq_award_round_id_slot")),
        sa.UniqueConstraint("typed_code", name=op.f("uq_award_typed_code")),
    )
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_award_event_id_pass_id", ["event_id", "pass_id"], unique=False)
        batch_op.create_index(
            "uq_award_held_slot",
            ["draw_id", "slot"],
            unique=True,
            sqlite_where=sa.text("state <> 'absent'"),
            postgresql_where=sa.text("state <> 'absent'"),
        )

    op.create_table(
        "draw_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("digits", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["draw_round.id"], name=op.f("fk_draw_values_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_values")),
        sa.UniqueConstraint("round_id", "attempt", name=op.f("uq_draw_values_round_id_attempt")),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("action_zh", sa.String(), nullable=False),
        sa.Column("action_en", sa.String(), nullable=False),
        sa.Column("owner_organization_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_follow_up_agreement_id")),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_follow_up_commitment_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_follow_up_event_id")),
        sa.ForeignKeyConstraint(
            ["owner_organization_id"], ["organization.id"], name=op.f("fk_follow_up_owner_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_follow_up_event_id_ref")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_event_id"), ["event_id"], unique=False)

    op.create_table(
        "award_hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "handed", "undone", name="handoverkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("by_label", sa.String(length=254), nullable=False),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_award_hand_over_award_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_hand_over")),
        sa.UniqueConstraint("award_id", "number", name=op.f("uq_award_hand_over_award_id_number")),
    )
    for table, kept in APPEND_ONLY.items():
        refuse_changes(op.get_bind(), table, kept)


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table("award_hand_over")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_event_id"))
        batch_op.drop_index(batch_op.f("ix_follow_up_agreement_id"))

    op.drop_table("follow_up")
    op.drop_table("draw_values")
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_award_held_slot",
            sqlite_where=sa.text("state <> 'absent'"),
            postgresql_where=sa.text("state <> 'absent'"),
        )
        batch_op.drop_index("ix_award_event_id_pass_id")
        batch_op.drop_index(batch_op.f("ix_award_event_id"))

    op.drop_table("award")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_event_id"))
        batch_op.drop_index(batch_op.f("ix_party_agreement_id"))

    op.drop_table("party")
    op.drop_table("draw_witness")
    op.drop_table("draw_rules")
    op.drop_table("draw_round")
    op.drop_table("draw_record")
    with op.batch_alter_table("draw_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_draw_proposal_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_draw_proposal_draw_id"))

    op.drop_table("draw_proposal")
    op.drop_table("draw_frozen_list")
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitment_event_id"))
        batch_op.drop_index(batch_op.f("ix_commitment_agreement_id"))

    op.drop_table("commitment")
    with op.batch_alter_table("reward", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reward_event_id"))

    op.drop_table("reward")
    with op.batch_alter_table("giveaway_slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_giveaway_slot_giveaway_id"))
        batch_op.drop_index(batch_op.f("ix_giveaway_slot_event_id"))

    op.drop_table("giveaway_slot")
    with op.batch_alter_table("draw", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draw_raffle_id"))
        batch_op.drop_index(batch_op.f("ix_draw_event_id"))

    op.drop_table("draw")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_event_id"))

    op.drop_table("agreement")
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_event_id"))

    op.drop_table("workshop")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_event_id"))

    op.drop_table("ticket")
    with op.batch_alter_table("stamp", schema=None) as batch_op:
        batch_op.drop_index("ix_stamp_event_id_checkpoint_id_day")

    op.drop_table("stamp")
    with op.batch_alter_table("programme_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_item_stage_id"))
        batch_op.drop_index(batch_op.f("ix_programme_item_event_id"))

    op.drop_table("programme_item")
    with op.batch_alter_table("giveaway", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_giveaway_event_id"))

    op.drop_table("giveaway")
    with op.batch_alter_table("float", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_float_event_id"))

    op.drop_table("float")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_event_id"))

    op.drop_table("application")
    with op.batch_alter_table("troupe", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_troupe_event_id"))

    op.drop_table("troupe")
    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_event_id"))

    op.drop_table("stage")
    with op.batch_alter_table("prize", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prize_raffle_id"))
        batch_op.drop_index(batch_op.f("ix_prize_event_id"))

    op.drop_table("prize")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_event_id"))

    op.drop_table("post")
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checkpoint_event_id"))

    op.drop_table("checkpoint")
    with op.batch_alter_table("booth", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booth_zone_id"))
        batch_op.drop_index(batch_op.f("ix_booth_event_id"))
        batch_op.drop_index(batch_op.f("ix_booth_delegation_id"))

    op.drop_table("booth")
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_event_id"))

    op.drop_table("announcement")
    with op.batch_alter_table("zone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_zone_event_id"))

    op.drop_table("zone")
    with op.batch_alter_table("visitor_pass", schema=None) as batch_op:
        batch_op.drop_index("ix_visitor_pass_event_id_stamps")
        batch_op.drop_index(batch_op.f("ix_visitor_pass_event_id"))

    op.drop_table("visitor_pass")
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_venue_event_id"))

    op.drop_table("venue")
    with op.batch_alter_table("stamp_rally", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stamp_rally_event_id"))

    op.drop_table("stamp_rally")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_account_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("setup_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setup_link_account_id"))

    op.drop_table("setup_link")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_event_id"))

    op.drop_table("release")
    with op.batch_alter_table("raffle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_raffle_event_id"))

    op.drop_table("raffle")
    with op.batch_alter_table("permit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_permit_event_id"))

    op.drop_table("permit")
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_event_id"))

    op.drop_table("organization")
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_observation_event_id"))

    op.drop_table("observation")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_event_id"))

    op.drop_table("milestone")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_membership_site",
            sqlite_where=sa.text("event_id IS NULL"),
            postgresql_where=sa.text("event_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_membership_event_id"))
        batch_op.drop_index(batch_op.f("ix_membership_account_id"))

    op.drop_table("membership")
    with op.batch_alter_table("live_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_live_state_event_id"))

    op.drop_table("live_state")
    with op.batch_alter_table("faq", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_faq_event_id"))

    op.drop_table("faq")
    with op.batch_alter_table("facility", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_facility_event_id"))

    op.drop_table("facility")
    with op.batch_alter_table("event_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_day_event_id"))

    op.drop_table("event_day")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_event_id"))

    op.drop_table("delegation")
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_event_id"))

    op.drop_table("deal")
    with op.batch_alter_table("throttle", schema=None) as batch_op:
        batch_op.drop_index("ix_throttle_expires_at")

    op.drop_table("throttle")
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_mail_made_at"))

    op.drop_table("outbox_mail")
    op.drop_table("knot")
    op.drop_table("event")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_id_thing_at")
        batch_op.drop_index("ix_audit_event_id_at")

    op.drop_table("audit")
    op.drop_table("account")
