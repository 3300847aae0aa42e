"""The audit log: who did what to which thing, when, from where, with the values before and after.

Rows are written in the transaction of the change, chained by hash in lanes (`kernel.lanes`) and tied
together by knots every minute. The database refuses to change them, and `verify_log` finds what was changed.
"""
