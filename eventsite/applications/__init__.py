"""Exhibitors' applications: one form, one intake, one result (一窗收件、分类办理、统一出件).

Nouns: call for exhibitors, question, application, matter (what one office decides of it), holding (which booth it was given).
"""
