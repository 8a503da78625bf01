"""The acts that a person or a timer performs, one transaction each, and what may be looked at."""
