# `make demo`: set up, check the example projects, build the site. `make test`: set up and run every check.
# Needs Python 3.11+ with venv, make and a package index; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo test lint types imports unit bench clean

help:
	@sed -n 's/^# //p' Makefile | head -2
	@echo "Also: lint, types, imports, unit (parts of test), bench, clean."

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: $(BIN)/python pyproject.toml constraints.txt hatch_build.py
	$(PIP) --editable '.[site]'
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml constraints.txt hatch_build.py
	$(PIP) --editable '.[site,dev]'
	@touch $@ $(VENV)/.site

$(VENV)/.bench: $(VENV)/.dev
	$(PIP) --editable '.[site,dev,bench]'
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

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

unit: $(VENV)/.dev
	$(BIN)/pytest --numprocesses auto

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/cold_check.py
	$(BIN)/python benchmarks/evidence.py

clean:
	rm -rf $(VENV) site/public .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
