"""What a fair is made of before anybody fills it: event, days, organizations, venue, stages, zones, delegations, and who may do what in it (memberships)."""
