"""Pages that join several features for the team: events, dashboard, people and their roles, history."""
