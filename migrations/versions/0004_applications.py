"""Applications get typed columns for their matters, with calls, questions, reviews, returns and holdings.

The table of applications is made anew and its rows put back: nothing points to it before this revision.

Revision: 0004, after 0003
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

import eventsite.database.base
from eventsite.database import Kept, refuse_changes

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NEXT_KEY = "SELECT setval(pg_get_serial_sequence('application', 'id'), (SELECT max(id) FROM application))"
KNOWN = ("submitted", "returned", "approved", "waitlisted", "rejected", "confirmed", "withdrawn")
KEPT = (
    "id",
    "event_id",
    "ref",
    "position",
    "source",
    "demo_fields",
    "unit_zh",
    "unit_en",
    "zone_id",
    "booth_id",
    "status",
    "contact_post_zh",
    "category",
    "products_zh",
    "submitted_at",
    "decision_note_zh",
)
FRESH = {
    "credit_code": "",
    "trade": "",
    "wishes": [],
    "near": "",
    "places": 1,
    "partner": "",
    "products": [],
    "appliances": [],
    "open_flame": False,
    "answers": {},
    "version": 1,
}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title_zh", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("rules_zh", sa.Text(), nullable=False),
        sa.Column("rules_en", sa.Text(), nullable=False),
        sa.Column("opens_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("closes_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("over_percent", sa.Integer(), nullable=False),
        sa.Column("most_products", sa.Integer(), nullable=False),
        sa.Column("return_days", sa.Integer(), nullable=False),
        sa.Column("erase_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_call_times")),
        sa.CheckConstraint("over_percent >= 100", name=op.f("ck_call_over")),
        sa.CheckConstraint("places > 0", name=op.f("ck_call_places")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_call_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_call_event_id_code")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_event_id"), ["event_id"], unique=False)

    op.create_table(
        "call_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("most_kw", sa.Double(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.CheckConstraint("most_kw >= 0", name=op.f("ck_call_category_power")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_category_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_category")),
        sa.UniqueConstraint("call_id", "category", name=op.f("uq_call_category_call_id_category")),
    )
    op.create_table(
        "call_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "text",
                "long",
                "number",
                "choice",
                "yes_no",
                name="questionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text_zh", sa.String(length=200), nullable=False),
        sa.Column("text_en", sa.String(length=300), nullable=False),
        sa.Column("options_zh", sa.JSON(), nullable=False),
        sa.Column("options_en", sa.JSON(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_question_call_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_call_question_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_question")),
    )
    with op.batch_alter_table("call_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_question_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_question_event_id"), ["event_id"], unique=False)

    rows = _take_rows()
    op.drop_table("application")
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_zh", sa.String(), nullable=False),
        sa.Column("unit_en", sa.String(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("booth_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "approved",
                "waitlisted",
                "rejected",
                "confirmed",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("contact_post_zh", sa.String(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("products_zh", sa.JSON(), nullable=False),
        sa.Column("submitted_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("decision_note_zh", sa.String(), nullable=True),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("demo_fields", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("trade", sa.String(length=40), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("near", sa.String(length=80), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_mark", sa.LargeBinary(length=32), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("contacts_erased_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.Column("wants_booth", sa.Boolean(), nullable=False),
        sa.Column("power_kw", sa.Double(), nullable=False),
        sa.Column("appliances_zh", sa.JSON(), nullable=False),
        sa.Column("appliances", sa.JSON(), nullable=False),
        sa.Column("needs_water", sa.Boolean(), nullable=False),
        sa.Column("open_flame", sa.Boolean(), nullable=False),
        sa.Column("food_required", sa.Boolean(), nullable=False),
        sa.Column("food_uploaded", sa.Boolean(), nullable=False),
        sa.Column("street_occupation", sa.Boolean(), nullable=False),
        sa.Column("vehicle_passes", sa.Integer(), nullable=False),
        sa.Column("staff_passes", sa.Integer(), nullable=False),
        sa.Column("insured", sa.Boolean(), nullable=False),
        sa.Column("commitment_signed", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("consented_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("saved_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("waitlisted_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("decided_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("power_kw >= 0", name=op.f("ck_application_power")),
        sa.CheckConstraint("places IN (1, 2)", name=op.f("ck_application_places")),
        sa.CheckConstraint("vehicle_passes >= 0 AND staff_passes >= 0", name=op.f("ck_application_passes")),
        sa.CheckConstraint(
            "status = 'draft' OR (zone_id IS NOT NULL AND submitted_at IS NOT NULL)",
            name=op.f("ck_application_complete"),
        ),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_application_booth_id")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_application_call_id")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_application_delegation_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_application_event_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_application_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("event_id", "ref", name=op.f("uq_application_event_id_ref")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_application_token_hash")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_delegation_id"), ["delegation_id"], unique=False)
        batch_op.create_index("ix_application_phone", ["event_id", "phone_mark"], unique=False)
        batch_op.create_index("ix_application_status", ["call_id", "status"], unique=False)

    op.create_table(
        "application_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column(
            "slot",
            sa.Enum(
                "business",
                "food",
                "health",
                "insurance",
                "product",
                name="slot",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_file_application_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_application_file_event_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_application_file_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_file")),
        sa.UniqueConstraint(
            "application_id", "file_id", name=op.f("uq_application_file_application_id_file_id")
        ),
    )
    with op.batch_alter_table("application_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_file_event_id"), ["event_id"], unique=False)

    op.create_table(
        "application_matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "matter",
            sa.Enum(
                "booth",
                "power",
                "fire",
                "food",
                "street",
                "vehicles",
                "insurance",
                "commitment",
                name="matter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            sa.Enum("ok", "problem", name="verdict", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("by_label", sa.String(length=254), nullable=False),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("verdict = 'ok' OR length(point) > 0", name=op.f("ck_application_matter_point")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_matter_application_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_application_matter_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_matter")),
        sa.UniqueConstraint(
            "application_id", "matter", name=op.f("uq_application_matter_application_id_matter")
        ),
    )
    with op.batch_alter_table("application_matter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_matter_event_id"), ["event_id"], unique=False)

    op.create_table(
        "application_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("until", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", eventsite.database.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_return_application_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_application_return_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_return")),
        sa.UniqueConstraint("application_id", name=op.f("uq_application_return_application_id")),
    )
    with op.batch_alter_table("application_return", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_return_event_id"), ["event_id"], unique=False)

    op.create_table(
        "holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booth_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "hand",
                "proposal",
                "lot",
                "file",
                name="how",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", eventsite.database.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_holding_application_id")
        ),
        sa.ForeignKeyConstraint(["booth_id"], ["booth.id"], name=op.f("fk_holding_booth_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_holding_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
        sa.UniqueConstraint("booth_id", name=op.f("uq_holding_booth_id")),
    )
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holding_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_holding_event_id"), ["event_id"], unique=False)

    refuse_changes(op.get_bind(), "application_return", Kept(once=("answered_at",)))
    _put_back(list(_renewed(rows)))
    op.execute(
        'INSERT INTO holding (event_id, booth_id, application_id, how, reasons, "by", at)'
        " SELECT event_id, booth_id, id, 'file', '[]', 'system:migration', submitted_at"
        " FROM application WHERE booth_id IS NOT NULL ORDER BY id"
    )


def downgrade() -> None:
    """Take this revision back; drafts go, and what the old table has no column for."""
    rows = _take_rows()
    for name in ("holding", "application_return", "application_matter", "application_file", "application"):
        op.drop_table(name)
    for name in ("call_question", "call_category", "call"):
        op.drop_table(name)
    op.create_table("application", *_old_columns())
    op.create_index("ix_application_event_id", "application", ["event_id"])
    _put_back([_as_before(row) for row in rows if row["status"] != "draft"])


def _take_rows() -> list[Mapping[str, Any]]:
    return list(op.get_bind().execute(_table().select().order_by(sa.text("id"))).mappings())


def _table() -> sa.Table:
    return sa.Table("application", sa.MetaData(), autoload_with=op.get_bind())


def _put_back(rows: list[dict[str, Any]]) -> None:
    bind = op.get_bind()
    if rows:
        bind.execute(_table().insert(), rows)
    if rows and bind.dialect.name == "postgresql":
        bind.execute(sa.text(NEXT_KEY))


def _renewed(rows: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give each matter its columns; a booth that two rows name stays with the first."""
    given: set[int] = set()
    for row in rows:
        matters = _json(row["matters"])
        booth = row["booth_id"] if row["booth_id"] not in given else None
        given |= {booth} - {None}
        yield {
            **{name: row[name] for name in KEPT},
            **FRESH,
            "booth_id": booth,
            "status": row["status"] if row["status"] in KNOWN else "submitted",
            "wants_booth": matters["booth"],
            "power_kw": matters["electricity"]["kw"],
            "appliances_zh": matters["electricity"]["appliances_zh"],
            "needs_water": matters["water"],
            "food_required": matters["food_license"]["required"],
            "food_uploaded": matters["food_license"]["uploaded"],
            "street_occupation": matters["street_occupation"],
            "vehicle_passes": int(matters["vehicle_pass"]["count"]),
            "staff_passes": int(matters["staff_pass"]["count"]),
            "insured": matters["insurance"],
            "commitment_signed": matters["commitment_signed"],
        }


def _as_before(row: Mapping[str, Any]) -> dict[str, Any]:
    matters = {
        "booth": row["wants_booth"],
        "electricity": {"kw": row["power_kw"], "appliances_zh": _json(row["appliances_zh"])},
        "water": row["needs_water"],
        "food_license": {"required": row["food_required"], "uploaded": row["food_uploaded"]},
        "street_occupation": row["street_occupation"],
        "vehicle_pass": {"count": row["vehicle_passes"]},
        "staff_pass": {"count": row["staff_passes"]},
        "insurance": row["insured"],
        "commitment_signed": row["commitment_signed"],
    }
    return {**{name: row[name] for name in KEPT}, "matters": matters}


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _old_columns() -> tuple[Any, ...]:
    return (
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
