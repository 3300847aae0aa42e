"""What a fair is made of before anybody fills it.

Event, days, organizations, venue, stages, zones and delegations, and who may do what in it (memberships).
"""
