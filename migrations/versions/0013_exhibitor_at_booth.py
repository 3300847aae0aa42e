"""exhibitor_at_booth

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision: booths that were given away say to whom."""
    with op.batch_alter_table("booth", schema=None) as batch_op:
        batch_op.add_column(sa.Column("exhibitor_zh", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("exhibitor_en", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE booth SET"
        " exhibitor_zh = (SELECT a.unit_zh FROM holding h JOIN application a ON a.id = h.application_id"
        " WHERE h.booth_id = booth.id),"
        " exhibitor_en = (SELECT a.unit_en FROM holding h JOIN application a ON a.id = h.application_id"
        " WHERE h.booth_id = booth.id)"
        " WHERE id IN (SELECT booth_id FROM holding)"
    )


def downgrade() -> None:
    """Take this revision back."""
    op.drop_column("booth", "exhibitor_en")
    op.drop_column("booth", "exhibitor_zh")
