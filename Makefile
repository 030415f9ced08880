# backdata: make build does the main job; make test passes everything that CI checks.
# Everything runs in .venv, which the first target that needs it creates, byte-compiled.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
unexport PYTHONDONTWRITEBYTECODE SOURCE_DATE_EPOCH

.DEFAULT_GOAL := help
.PHONY: help build validate export workbooks test lint docs audit release bench clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

build: $(VENV)/ready ## environment, validate raw/, write exports/
	@$(BIN)/backdata export

validate: $(VENV)/ready ## check raw/
	@$(BIN)/backdata validate

export: build ## the same as build

workbooks: $(VENV)/ready ## renew notes, drop-downs and lists of raw/ after schemas or vocabulary changed
	@rm -rf build/raw && $(BIN)/backdata template --fill raw --to build/raw && cp build/raw/*.xlsx raw/

test: $(VENV)/ready-to-test lint ## lint, types, import contract, tests, generated files are fresh
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/ready-to-test ## style, types, import contract
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/ready ## renew data dictionary, rule pages, command line help, numbers in the README
	@$(BIN)/python docs/build.py

audit: $(VENV)/ready ## plant faults of every kind in raw/, count how many are caught at the right cell (some minutes)
	@$(BIN)/backdata audit --n 3

release: $(VENV)/ready-to-test ## rehearse a release; backdata release makes it
	@$(BIN)/backdata release --dry-run

bench: $(VENV)/ready ## measure, as ratios within one run
	@$(BIN)/python benchmarks/interactive.py

clean: ## remove the environment and all caches
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/ready: pyproject.toml constraints.txt
	@echo "Setting up $(VENV) (once; takes a minute) …"
	@$(PYTHON) -c 'import sys; sys.exit("backdata needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt hatchling
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src $(VENV)/lib 2>/dev/null || true
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[test]'
	@$(BIN)/python -m compileall -q $(VENV)/lib 2>/dev/null || true
	@touch $@
