# Every developer's tool; `make help` lists them. The first two do all the set-up they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := $(VENV)/.demo-installed
DEV := $(VENV)/.dev-installed
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset browser test check format lock texts refusals bench bench-fill

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

$(BIN)/python:
	@echo "Making a Python environment in $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "MotCua needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(VENV)

$(DEMO): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing MotCua and its locked dependencies ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(DEV): requirements-dev.lock $(DEMO)
	@echo "Installing the developer's tools ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

demo: $(DEMO) ## a living demo country on this machine: set up, then serve
	@$(BIN)/motcua demo

demo-reset: ## stop the demo and remove its state
	@if [ -x $(BIN)/motcua ]; then $(BIN)/motcua demo --stop; fi
	@rm -rf .state/postgres .state/files .state/keys .state/mail .state/static .state/secret-key .state/sandbox .state/sms.log .state/demo*
	@echo "The demo's state is removed."

browser: $(DEV)
	@$(BIN)/python tests/install_browser.py

test: $(DEV) browser ## all tests, against a real PostgreSQL and a real Chromium
	@$(BIN)/motcua texts --compile
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(ARGS)

check: $(DEV) ## format, lint, types, architecture, translations, pack
	@$(BIN)/ruff format --check src tests
	@$(BIN)/ruff check src tests
	@$(BIN)/djade --check $$(git ls-files 'src/**/*.html')
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/motcua texts --check
	@$(BIN)/motcua pack check
	@$(BIN)/mypy

bench: $(DEV) browser ## measure against limits and peers (QUICK=1: some minutes; WHAT="submit lifecycle lists pages registers-load registers-search registers-read"; PERSONS=10000000)
	@$(BIN)/python -m benchmarks $(WHAT)

bench-fill: $(DEV) ## make the bench's database of a million dossiers, and audit it
	@$(BIN)/python -m benchmarks fill

format: $(DEV) ## format code and templates
	@$(BIN)/ruff format src tests
	@$(BIN)/ruff check --fix src tests
	-@$(BIN)/djade $$(git ls-files 'src/**/*.html')

texts: $(DEV) ## collect the texts to translate
	@$(BIN)/motcua texts

refusals: $(DEV) ## renew docs/refusals.md
	@$(BIN)/motcua refusals

lock: $(DEV) ## renew the lock files from pyproject.toml
	@$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --annotation-style=line -o requirements.lock pyproject.toml
	@$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --annotation-style=line --extra dev -o requirements-dev.lock pyproject.toml
