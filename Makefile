# `make` alone lists what there is. Everything runs in .venv, which is made on first use with pip; nothing else is needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PACKAGES := dagster-pipes dagster dagster-graphql dagster-webserver
PYPROJECTS := $(PACKAGES:%=python_modules/%/pyproject.toml)

# The instance of `make dev` lives in the repository, not in the developer's home.
DEV_HOME := $(CURDIR)/.dagster_home
FIRST_EXAMPLE := examples/country_populations/country_populations.py
# Fast tests: what `make check` runs. Everything else is marked (pyproject.toml).
FAST := not slow and not service and not browser
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest -n $(WORKERS)

.DEFAULT_GOAL := help
.PHONY: help setup dev test check format bench parity-record

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv with everything that the other targets need (they call this themselves)

$(STAMP): pyproject.toml constraints.txt $(PYPROJECTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { \
	  echo "Python 3.10 or newer is needed, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Name one: make PYTHON=python3.12 ..." >&2; \
	  exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt pip setuptools wheel
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --group dev \
	  $(PACKAGES:%=--editable python_modules/%)
	@touch $@

dev: export DAGSTER_HOME := $(DEV_HOME)
dev: setup ## materialize the first example into .dagster_home, then serve examples/nyc_taxis until Ctrl-C
	@mkdir -p $(DEV_HOME)
	$(BIN)/dagster asset materialize -f $(FIRST_EXAMPLE) --select '*' --show continent_stats
	$(BIN)/dagster asset list -f $(FIRST_EXAMPLE)
	$(BIN)/dagster run list --limit 10
	@printf '\nNow a project whose sensor and schedule start runs, until Ctrl-C. What they did, in another terminal:\n'
	@printf '  DAGSTER_HOME=%s %s run list\n\n' $(DEV_HOME) $(BIN)/dagster
	@cd examples/nyc_taxis && $(CURDIR)/$(BIN)/dagster dev

check: setup ## format, lint, floors, types and the fast tests, in about a minute
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/lint-imports --no-cache
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(PYTEST) -m "$(FAST)" python_modules

format: setup ## rewrite the files as `make check` wants them
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format .

test: setup ## every test, the slow ones and integration_tests included
	$(PYTEST) python_modules integration_tests examples

bench: setup ## side by side with the reference, in one run (RUN="..." is handed on)
	$(BIN)/python -m benchmarks $(RUN)

parity-record: setup ## run the parity programs on the reference and write down what it does
	cd integration_tests && $(CURDIR)/$(BIN)/python -m parity.record $(RUN)
