"""Figures from frozen values: no clock, no database. The day they are told of is an argument."""
