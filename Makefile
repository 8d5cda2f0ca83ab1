# `make demo` shows powermap with its sample maps; `make test` runs everything a change must pass.
# Both start from a bare checkout and cost little the second time.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint format constraints clean debian-packages soak bench bench-papers \
    papers-to-look-at
.DEFAULT_GOAL := help

.PHONY: help
help:
	@echo "make demo         show powermap with its sample maps; another port: make demo PORT=8080"
	@echo "make test         run everything a change must pass"
	@echo "make lint         only the checks that need no test run"
	@echo "make format       lay the code out as 'make lint' expects it"
	@echo "make constraints  write down the versions in use, after trying newer ones"
	@echo "make soak         change maps at random on every store, for longer: make soak STEPS=100000"
	@echo "make bench        time the measures beside NetworkX, and igraph where it is installed"
	@echo "make bench-papers time and memory of placing a map and drawing a figure of it"
	@echo "make papers-to-look-at FOLDER=…  the sample maps as papers, and their pages as grey pictures"
	@echo "make clean        remove what these targets made"

demo: $(VENV)/.installed
	$(if $(PORT),POWERMAP_PORT=$(PORT) )$(BIN)/powermap demo

test: $(VENV)/.installed-for-tests debian-packages lint
	$(BIN)/python -m tests.neo4j_server fetch
	$(BIN)/pytest $(PYTEST)

STEPS ?= 20000
soak: $(VENV)/.installed-for-tests
	POWERMAP_STEPS=$(STEPS) $(BIN)/pytest -s tests/contract/test_state_machine.py

bench: $(VENV)/.installed-for-tests
	$(BIN)/python -m benchmarks.measures

bench-papers: $(VENV)/.installed-for-tests
	$(BIN)/python -m benchmarks.papers

papers-to-look-at: $(VENV)/.installed-for-tests
	$(BIN)/python -m tests.papers_to_look_at $(FOLDER)

lint: $(VENV)/.installed-for-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.installed-for-tests
	$(BIN)/ruff check --select I --fix
	$(BIN)/ruff format

# The stamps are newer than the lists they were installed from, so an unchanged list costs nothing.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-for-tests: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@ $(VENV)/.installed

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
	    echo "powermap needs Python 3.11 or newer, and there is no $(PYTHON) here."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "powermap needs Python 3.11 or newer, and this is $$($(PYTHON) --version 2>&1)." \
	        "If a newer one is installed, name it: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "$(PYTHON) cannot make virtual environments. On Debian or Ubuntu, run:" \
	        "sudo apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# Without them the tests still run: those that need a browser or Neo4j are skipped with a reason.
debian-packages:
	@command -v dpkg-query >/dev/null || exit 0; \
	missing=; \
	for package in $$(grep -v '^#' tests/debian-packages.txt); do \
	    dpkg-query --show --showformat='$${Status}' $$package 2>/dev/null \
	        | grep -q '^install ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing; \
	else \
	    echo "For the tests in a browser and on Neo4j, run: sudo apt-get install$$missing"; \
	fi

constraints: $(VENV)/.installed-for-tests
	$(BIN)/python -m pip freeze --exclude-editable | LC_ALL=C sort --ignore-case > constraints.txt

clean:
	rm -rf $(VENV) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
