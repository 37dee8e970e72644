# Two commands for a newcomer: `make demo` and `make test`. Everything is set up in .venv on first use.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEVSTAMP := $(VENV)/.installed-dev

.PHONY: demo test browser lock licences audit lint types bench floors gazetteer clean help

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

# By the lock, each file by its digest; where that has nothing for this Python or machine, by the ranges of pyproject.toml.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
define installed
	@{ $(PIP) --no-deps --require-hashes -r requirements/$(1).txt && $(PIP) --no-deps --no-build-isolation -e .; } || \
	  { echo "requirements/$(1).txt does not fit here: installing without it"; $(PIP) -e '$(2)'; }
endef

$(STAMP): $(VENV)/bin/python pyproject.toml requirements/run.txt
	$(call installed,run,.)
	@touch $@

$(DEVSTAMP): $(VENV)/bin/python pyproject.toml requirements/dev.txt
	$(call installed,dev,.[dev])
	@touch $@ $(STAMP)

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-build --no-header pyproject.toml requirements/build.in
lock:           ## pin what pyproject.toml asks for, by digest (needs uv), and list the licences
	$(LOCK) -o requirements/run.txt $(UPGRADE)
	$(LOCK) --extra dev -o requirements/dev.txt $(UPGRADE)
	$(MAKE) licences

licences: $(DEVSTAMP)  ## list the licences of what is installed in docs/licences.md
	$(BIN)/python requirements/licences.py > docs/licences.md.part && mv docs/licences.md.part docs/licences.md

audit: $(DEVSTAMP)  ## look up known faults of the pinned packages (needs the network)
	$(PIP) pip-audit
	$(BIN)/pip-audit --requirement requirements/dev.txt --disable-pip --require-hashes

clean:          ## remove what was built (never a casebook)
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
