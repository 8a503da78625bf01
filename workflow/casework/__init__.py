"""How an office moves a request: stages, acts, roles, reminders, escalation. Pure."""
