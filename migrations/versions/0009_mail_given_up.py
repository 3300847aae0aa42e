"""Mail that nobody takes is given up

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

import eventsite.database.base

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; what was refused before is tried anew, from the first wait on."""
    instant = eventsite.database.base.UTCDateTime(timezone=True)
    op.add_column("outbox_mail", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    op.add_column("outbox_mail", sa.Column("next_at", instant, nullable=True))
    op.add_column("outbox_mail", sa.Column("given_up_at", instant, nullable=True))


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        for name in ("given_up_at", "next_at", "tries"):
            batch_op.drop_column(name)
