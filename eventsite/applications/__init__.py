"""Exhibitors' applications: one form, one intake, one result (一窗收件、分类办理、统一出件).

Nouns: call for exhibitors with its categories and questions; application; matter (what one office says of
it); return (the one correction that may be asked for); holding (which booth an application was given).
"""
