"""What has to be in before a booth opens: slots, passes, certificates, checks, faults; editable permits, milestones

Columns are added in place, as in 0002.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

import eventsite.database.base
from eventsite.database import refuse_changes

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "setup", "teardown", name="slotkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("starts_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_slot_times")),
        sa.CheckConstraint("taken >= 0 AND taken <= capacity", name=op.f("ck_slot_taken")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_slot_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_slot_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint(
            "event_id", "zone_id", "kind", "starts_at", name=op.f("uq_slot_event_id_zone_id_kind_starts_at")
        ),
    )
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slot_event_id"), ["event_id"], unique=False)

    op.create_table(
        "booth_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "people",
                "power",
                "sign",
                "gifts",
                name="checkkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("by_label", sa.String(length=254), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_booth_check_counted")),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_booth_check_booth_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_booth_check_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booth_check")),
        sa.UniqueConstraint("booth_id", "kind", name=op.f("uq_booth_check_booth_id_kind")),
    )
    with op.batch_alter_table("booth_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booth_check_event_id"), ["event_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "business",
                "food",
                "health",
                "insurance",
                "fire",
                "other",
                name="certificatekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("checked_by", sa.String(length=80), nullable=True),
        sa.Column("checked_by_label", sa.String(length=254), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(checked_at IS NULL) = (checked_by IS NULL)", name=op.f("ck_certificate_checked")
        ),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_certificate_booth_id")),
        sa.ForeignKeyConstraint(["document_id"], ["stored_file.id"], name=op.f("fk_certificate_document_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_certificate_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_booth_id"), ["booth_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_event_id"), ["event_id"], unique=False)

    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("by_label", sa.String(length=254), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_clearance_booth_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_clearance_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sa.UniqueConstraint("booth_id", name=op.f("uq_clearance_booth_id")),
    )
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clearance_event_id"), ["event_id"], unique=False)

    op.create_table(
        "fault",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("words_zh", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "assigned",
                "fixed",
                "closed",
                name="faultstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("due_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("raised_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.String(length=80), nullable=False),
        sa.Column("raised_by_label", sa.String(length=254), nullable=False),
        sa.Column("fixed_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_fault_closed")),
        sa.CheckConstraint("state <> 'assigned' OR post_id IS NOT NULL", name=op.f("ck_fault_assigned")),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_fault_booth_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_fault_event_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_fault_photo_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_fault_post_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_fault_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault")),
    )
    with op.batch_alter_table("fault", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fault_booth_id"), ["booth_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fault_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fault_zone_id"), ["zone_id"], unique=False)

    op.create_table(
        "setup_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column(
            "moment",
            sa.Enum("setup", "cleared", name="moment", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("by_label", sa.String(length=254), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_setup_photo_booth_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_setup_photo_event_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_setup_photo_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_photo")),
    )
    with op.batch_alter_table("setup_photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setup_photo_booth_id"), ["booth_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_setup_photo_event_id"), ["event_id"], unique=False)

    op.create_table(
        "slot_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "setup", "teardown", name="slotkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_slot_booking_booth_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_slot_booking_event_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_slot_booking_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_booking")),
        sa.UniqueConstraint("booth_id", "kind", name=op.f("uq_slot_booking_booth_id_kind")),
    )
    with op.batch_alter_table("slot_booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slot_booking_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_slot_booking_slot_id"), ["slot_id"], unique=False)

    op.create_table(
        "access_pass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "vehicle", "staff", name="passkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("booth_id", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("plate", sa.String(length=20), nullable=False),
        sa.Column("valid_from", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("valid_until", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("single_use", sa.Boolean(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=12), nullable=False),
        sa.Column("typed_code", sa.String(length=8), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("inside", sa.Boolean(), nullable=False),
        sa.Column("issued_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=80), nullable=False),
        sa.Column("revoked_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(length=80), nullable=True),
        sa.Column("revoked_reason", sa.String(length=200), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("NOT single_use OR entries <= 1", name=op.f("ck_access_pass_entries")),
        sa.CheckConstraint(
            "booth_id IS NOT NULL OR delegation_id IS NOT NULL", name=op.f("ck_access_pass_holder")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_access_pass_number")),
        sa.CheckConstraint("valid_from < valid_until", name=op.f("ck_access_pass_times")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_access_pass_application_id")
        ),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_access_pass_booth_id")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_access_pass_delegation_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_access_pass_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_pass")),
        sa.UniqueConstraint("key", name=op.f("uq_access_pass_key")),
        sa.UniqueConstraint("typed_code", name=op.f("uq_access_pass_typed_code")),
    )
    with op.batch_alter_table("access_pass", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_pass_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_pass_delegation_id"), ["delegation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_pass_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            "uq_access_pass_booth_id_kind_number",
            ["booth_id", "kind", "number"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "pass_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pass_id", sa.Integer(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum("in", "out", name="direction", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("gate", sa.String(length=80), nullable=False),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("by_label", sa.String(length=254), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_pass_scan_event_id")),
        sa.ForeignKeyConstraint(["pass_id"], ["access_pass.id"], name=op.f("fk_pass_scan_pass_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass_scan")),
    )
    with op.batch_alter_table("pass_scan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pass_scan_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pass_scan_pass_id"), ["pass_id"], unique=False)

    refuse_changes(op.get_bind(), "pass_scan")
    refuse_changes(op.get_bind(), "setup_photo")
    instant = eventsite.database.base.UTCDateTime(timezone=True)
    for table in ("milestone", "permit"):
        op.add_column(table, sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        op.add_column(table, sa.Column("note_zh", sa.Text(), nullable=True))
    op.add_column("milestone", sa.Column("done_at", instant, nullable=True))
    op.add_column("milestone", sa.Column("done_by", sa.String(length=80), nullable=True))
    op.add_column("milestone", sa.Column("done_by_label", sa.String(length=254), nullable=True))
    op.execute(
        "ALTER TABLE permit ADD COLUMN concerns VARCHAR(40) DEFAULT 'every' NOT NULL"
        " CONSTRAINT ck_permit_concern CHECK (concerns IN ('every', 'food', 'flame', 'float', 'none'))"
    )
    for name in ("due_on", "applied_on", "decided_on"):
        op.add_column("permit", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("permit", sa.Column("number", sa.String(length=80), nullable=True))
    op.execute(
        "ALTER TABLE permit ADD COLUMN document_id INTEGER"
        " CONSTRAINT fk_permit_document_id REFERENCES stored_file (id)"
    )


def downgrade() -> None:
    """Take this revision back."""
    for name in ("document_id", "number", "decided_on", "applied_on", "due_on", "concerns"):
        op.drop_column("permit", name)
    for name in ("done_by_label", "done_by", "done_at"):
        op.drop_column("milestone", name)
    for table in ("permit", "milestone"):
        op.drop_column(table, "note_zh")
        op.drop_column(table, "version")
    with op.batch_alter_table("pass_scan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pass_scan_pass_id"))
        batch_op.drop_index(batch_op.f("ix_pass_scan_event_id"))

    op.drop_table("pass_scan")
    with op.batch_alter_table("access_pass", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_access_pass_booth_id_kind_number",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_access_pass_event_id"))
        batch_op.drop_index(batch_op.f("ix_access_pass_delegation_id"))
        batch_op.drop_index(batch_op.f("ix_access_pass_application_id"))

    op.drop_table("access_pass")
    with op.batch_alter_table("slot_booking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slot_booking_slot_id"))
        batch_op.drop_index(batch_op.f("ix_slot_booking_event_id"))

    op.drop_table("slot_booking")
    with op.batch_alter_table("setup_photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setup_photo_event_id"))
        batch_op.drop_index(batch_op.f("ix_setup_photo_booth_id"))

    op.drop_table("setup_photo")
    with op.batch_alter_table("fault", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fault_zone_id"))
        batch_op.drop_index(batch_op.f("ix_fault_event_id"))
        batch_op.drop_index(batch_op.f("ix_fault_booth_id"))

    op.drop_table("fault")
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clearance_event_id"))

    op.drop_table("clearance")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_event_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_booth_id"))

    op.drop_table("certificate")
    with op.batch_alter_table("booth_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booth_check_event_id"))

    op.drop_table("booth_check")
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slot_event_id"))

    op.drop_table("slot")
