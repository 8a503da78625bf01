"""Slack's door into the house: it reads what people do in Slack and calls the services."""
