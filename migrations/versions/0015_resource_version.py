"""resource_version

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let shared things be edited by two people: a save names the version it was read at."""
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.alter_column("version", server_default=None)


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.drop_column("version")
