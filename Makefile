# Two commands for a newcomer: `make demo` and `make test`. Everything is set up in .venv on first use.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEVSTAMP := $(VENV)/.installed-dev

.PHONY: demo test browser lint types bench floors gazetteer clean help

help:           ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(STAMP)  ## set up, code the bundled reports, show the claims (opens the casebook page at a terminal)
	@$(BIN)/counterclaim demo

test: $(DEVSTAMP)  ## set up, then lint, types and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

browser: $(DEVSTAMP)  ## the pages in a real Chromium, which must be installed, and the API against its description
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[browser]'
	$(BIN)/pytest tests/browser

bench: $(DEVSTAMP)  ## measure quality and speed (COUNTERCLAIM_DATA names the data folder) and write bench/RESULTS.md
	$(BIN)/python -m bench run

floors: $(DEVSTAMP)  ## measure, and fail where a figure is below its floor
	$(BIN)/python -m bench check

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(STAMP): $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(DEVSTAMP): $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(STAMP)

clean:          ## remove what was built (never a casebook)
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
