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
# Tests of real processes wait most of the time: for a lease to run out, for a process to end.
WAITING_WORKERS ?= 4
PYTEST := $(BIN)/python -m pytest
TESTS := python_modules integration_tests examples

UI := js_modules/dagster-ui
NPM := PYTHON=$(CURDIR)/$(BIN)/python $(UI)/npm.sh
UI_STAMP := $(UI)/node_modules/.package-lock.json
UI_STATIC := python_modules/dagster-webserver/dagster_webserver/static
UI_SOURCES := $(shell git ls-files $(UI) 2>/dev/null) python_modules/dagster-graphql/dagster_graphql/schema.graphql

.DEFAULT_GOAL := help
.PHONY: help setup ui dev test check format chaos bench parity-record parity-record-graphql graphql-schema screenshots

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-22s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

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

ui: $(UI_STATIC)/index.html ## build the pages that the web server sends, when something changed

$(UI_STAMP): $(UI)/package.json $(UI)/package-lock.json | $(STAMP)
	$(NPM) install --no-save --silent  # as locked; `ci` wants binaries of all platforms in the index
	@touch $@

$(UI_STATIC)/index.html: $(UI_STAMP) $(UI_SOURCES)
	$(NPM) run --silent build
	@touch $@

dev: export DAGSTER_HOME := $(DEV_HOME)
dev: setup ui ## materialize the first example into .dagster_home, then serve all examples in the browser until Ctrl-C
	@mkdir -p $(DEV_HOME)
	$(BIN)/dagster asset materialize -f $(FIRST_EXAMPLE) --select '*' --show continent_stats
	$(BIN)/dagster asset list -f $(FIRST_EXAMPLE)
	$(BIN)/dagster run list --limit 10
	@printf '\nNow all examples, until Ctrl-C: open the address below. What ran, in another terminal:\n'
	@printf '  DAGSTER_HOME=%s %s run list\n\n' $(DEV_HOME) $(BIN)/dagster
	@cd examples && $(CURDIR)/$(BIN)/dagster dev

check: setup $(UI_STAMP) ## format, lint, floors, types and the fast tests, in about a minute
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/lint-imports --no-cache
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(NPM) run --silent check
	$(PYTEST) -n $(WORKERS) -m "$(FAST)" python_modules

format: setup $(UI_STAMP) ## rewrite the files as `make check` wants them
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format .
	$(NPM) run --silent format

test: setup ui ## every test, the slow ones and integration_tests included
	$(PYTEST) -n $(WAITING_WORKERS) -m "processes" $(TESTS)
	$(PYTEST) -n $(WORKERS) -m "not processes" $(TESTS)

chaos: setup ## kill and stop everything everywhere, half an hour; its result is written into docs/ (RUN="--repetitions 2 --role supervisor")
	cd integration_tests && $(CURDIR)/$(BIN)/python -m chaos --report ../docs/chaos_results.md $(RUN)

bench: setup ## side by side with the reference, in one run (RUN="..." is handed on)
	$(BIN)/python -m benchmarks $(RUN)

parity-record: setup ## run the parity programs on the reference and write down what it does
	cd integration_tests && $(CURDIR)/$(BIN)/python -m parity.record $(RUN)

parity-record-graphql: setup ## ask the reference for its schema, the GraphQL documents and its client, ten minutes, and write down what it says
	cd integration_tests && $(CURDIR)/$(BIN)/python -m parity.graphql.record_schema
	cd integration_tests && $(CURDIR)/$(BIN)/python -m parity.graphql.record_documents
	cd integration_tests && $(CURDIR)/$(BIN)/python -m parity.graphql.record_client

graphql-schema: setup ## write schema.graphql anew after a change of the GraphQL schema
	$(BIN)/python -m dagster_graphql.schema

screenshots: setup ui ## take every page, light and dark, wide and narrow, into screenshots/ (RUN="--only asset --width 390")
	cd integration_tests && $(CURDIR)/$(BIN)/python -m browser.screenshots --out $(CURDIR)/screenshots $(RUN)
