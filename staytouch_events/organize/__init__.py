"""The organizers' own pages: dashboard, admin."""
