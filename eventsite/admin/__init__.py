"""Pages that join several features for the team: the events, the dashboard, people and their roles, history."""
