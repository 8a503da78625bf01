"""The demonstration: an office in July 2020, a local Slack, and a clock that is moved by hand."""
