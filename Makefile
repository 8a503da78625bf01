# Everything here needs only make and a Python of 3.11 or newer.

.DEFAULT_GOAL := help
.PHONY: help

help: ## Say what each target does
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16
