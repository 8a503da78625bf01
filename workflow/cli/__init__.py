"""The terminal door: `foi …`. Each command reads, calls one service and prints."""
