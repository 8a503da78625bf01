# Everything here needs only make and a Python of 3.11 or newer. `make` alone lists the targets.
#
# Packages come from the lock files and are checked against their hashes; after that nothing is
# fetched. A stamp inside the virtual environment remembers what has been done.

VENV ?= .venv
PYTHON ?= python3

RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check
RUNTIME_READY := $(VENV)/.runtime-ready
DEV_READY := $(VENV)/.dev-ready

# Only wheels: building a package from source would fetch its tools with no hash to check them by.
FETCH := $(PIP) install --quiet --require-hashes --only-binary :all: --requirement
INSTALL_FOI := $(PIP) install --quiet --no-deps --no-build-isolation --editable .

# `make test TESTS=tests/law` runs some of them; so does `TESTS='-m "not browser"'`.
TESTS ?=

# Whole files, in the order of tests/conftest.py: the longest first.
SHARED := -n auto --dist loadfile --no-loadscope-reorder

# `make bench BENCH=tick` measures one thing.
BENCH ?=

# Without `--upgrade` a version already locked stays: `make lock UPGRADE=--upgrade` renews them all.
UPGRADE ?=
COMPILE := $(RUN) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate $(UPGRADE)

# Python without its compiled modules starts four times slower.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo demo-reset test check bench venv lock clean

help: ## Say what each target does
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' $(MAKEFILE_LIST) | while read -r target what; do \
		printf '  make %-12s %s\n' "$$target" "$$what"; done

demo: $(RUNTIME_READY) ## Run the desk with a local Slack in the browser: no account, no settings
	@$(VENV)/bin/foi demo

demo-reset: $(RUNTIME_READY) ## Forget the demonstration's data and start it afresh
	@$(VENV)/bin/foi demo --reset

test: $(DEV_READY) ## Run every test, and name what was skipped and why
	$(RUN) -m pytest -rs $(SHARED) $(TESTS)

check: $(DEV_READY) ## Check style, types, the import order, the locks and the documents
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports --no-logo
	$(RUN) -m pytest -q tests/architecture

bench: $(DEV_READY) ## Measure the speeds that the documents promise
	$(RUN) -m tests.benchmarks $(BENCH)

venv: $(RUNTIME_READY) ## Set up .venv/bin/foi and nothing else
	@echo "$(VENV)/bin/foi is ready"

lock: $(DEV_READY) ## Resolve the lock files again from pyproject.toml (needs the network)
	$(COMPILE) --group dev --all-extras --output-file requirements-dev.lock
	$(COMPILE) --group build --constraints requirements-dev.lock --output-file requirements.lock

clean: ## Remove the virtual environment and every tool's leavings
	rm -rf $(VENV) build dist .coverage .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache
	find bot workflow tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN):
	@python=$$(sh .ci/find-python "$(PYTHON)") && \
		echo "Making $(VENV) with $$python" && "$$python" -m venv $(VENV)

$(RUNTIME_READY): requirements.lock pyproject.toml | $(RUN)
	@echo 'Installing what the desk runs on (about a minute the first time)'
	@$(FETCH) requirements.lock
	@$(INSTALL_FOI)
	@touch $@

$(DEV_READY): requirements-dev.lock pyproject.toml | $(RUN)
	@echo 'Installing what the tests and checks run on (about a minute the first time)'
	@$(FETCH) requirements-dev.lock
	@$(INSTALL_FOI)
	@touch $@ $(RUNTIME_READY)
