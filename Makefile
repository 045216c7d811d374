# `make demo`: set up, check the example projects, build the site. `make test`: set up and run every check.
# Needs Python 3.11+ with venv, make and a package index; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
EDITABLE := $(PIP) --no-build-isolation --editable

.DEFAULT_GOAL := help
.PHONY: help demo test lint types imports unit browser shots bench clean

help:
	@sed -n 's/^# //p' Makefile | head -2
	@echo "Also: lint, types, imports, unit (parts of test), browser (needs Chromium), shots, bench, clean."

# What builds handrail is installed first, so that nothing has to make a second environment for each build; and a pip
# that needs half the time of the one that older Pythons bring.
$(VENV)/.build:
	$(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade pip hatchling editables pydantic PyYAML
	@touch $@

$(VENV)/.site: $(VENV)/.build pyproject.toml constraints.txt hatch_build.py
	$(EDITABLE) '.[site]'
	@touch $@

$(VENV)/.dev: $(VENV)/.build pyproject.toml constraints.txt hatch_build.py
	$(EDITABLE) '.[site,dev]'
	@touch $@ $(VENV)/.site

$(VENV)/.browser: $(VENV)/.dev
	$(EDITABLE) '.[site,dev,browser]'
	@touch $@

$(VENV)/.bench: $(VENV)/.dev
	$(EDITABLE) '.[site,dev,bench]'
	@touch $@

# An example with open controls is what a report is for, so exit code 1 is expected here; 2 and 3 are not.
demo: $(VENV)/.site
	$(BIN)/handrail lint
	$(BIN)/handrail check examples --trust examples/attestors.yaml || test $$? -eq 1
	$(BIN)/handrail site build examples --trust examples/attestors.yaml --out site/public
	@echo
	@echo "Open site/public/index.html in a browser; the gap reports are under site/public/reports/."

# The type check and the lints run beside the tests, each on a core that the others leave free.
test: $(VENV)/.dev
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target unit types imports lint

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/handrail lint
	$(BIN)/python -m handrail.cli.reference --check

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

unit: $(VENV)/.dev
	$(BIN)/pytest --numprocesses auto

# Needs Chromium on the machine; with HANDRAIL_BROWSER=required a browser that is missing is a failure.
browser: $(VENV)/.browser
	HANDRAIL_BROWSER=$${HANDRAIL_BROWSER:-wanted} $(BIN)/pytest tests/browser --numprocesses 0

shots: $(VENV)/.browser
	$(BIN)/python -m tests.browser.shots

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/cold_check.py
	$(BIN)/python benchmarks/evidence.py
	$(BIN)/python benchmarks/impact.py
	$(BIN)/python benchmarks/site.py

clean:
	rm -rf $(VENV) site/public .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
