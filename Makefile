# demo and test need Python 3.11 or newer, make and pip; each sets up what it needs in .venv.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check
SOURCES := $(shell find src sample_data -type f -not -name '*.pyc' 2>/dev/null)
STAMPS := .venv/stamps
DEMO_MOMENT := 2026-11-23T09:20

# check is everything that needs no program besides Python; check-pages opens the pages in a browser and an office suite.

.PHONY: demo test check check-rest check-pages expected fix docs format lint types contracts dependencies docs-current sample-current wheel wheel-tools clean

demo: $(STAMPS)/firstday
	rm -rf demo-school
	$(BIN)/firstday init demo-school --sample
	$(BIN)/firstday reconcile --school demo-school --now $(DEMO_MOMENT) --exit-zero

test: $(STAMPS)/dev
	$(BIN)/python -m pytest -n auto --dist worksteal

check: test check-rest

check-rest: format lint types contracts dependencies docs-current sample-current wheel wheel-tools

fix: $(STAMPS)/dev
	$(BIN)/ruff check --fix src tests tools
	$(BIN)/ruff format src tests tools

docs: $(STAMPS)/dev
	$(BIN)/python tools/write_docs.py

check-pages: $(STAMPS)/pages
	$(BIN)/python tools/check_pages.py

# Kept pages written anew: read each by eye before it is committed.
expected: $(STAMPS)/dev
	FIRSTDAY_WRITE_EXPECTED=1 $(BIN)/python -m pytest tests/writers/test_expected.py tests/reports/test_expected.py
	git --no-pager diff --stat -- tests

format: $(STAMPS)/dev
	$(BIN)/ruff format --check src tests tools

lint: $(STAMPS)/dev
	$(BIN)/ruff check src tests tools

types: $(STAMPS)/dev
	$(BIN)/mypy

contracts: $(STAMPS)/dev
	$(BIN)/lint-imports --no-cache

dependencies: $(STAMPS)/dev
	$(BIN)/deptry src

docs-current: $(STAMPS)/dev
	$(BIN)/python tools/write_docs.py --check

sample-current: $(STAMPS)/dev
	$(BIN)/python tools/make_sample.py --check

# The wheel, in an empty environment without the development packages, from an empty folder.
wheel: $(STAMPS)/dev
	rm -rf build/wheel build/empty
	$(PIP) wheel -q --no-deps --no-build-isolation -w build/wheel .
	$(PYTHON) -m venv build/empty/venv
	build/empty/$(patsubst .venv/%,venv/%,$(BIN))/python -m pip -q --disable-pip-version-check install -c constraints.txt build/wheel/*.whl
	mkdir -p build/empty/folder
	cd build/empty/folder && ../$(patsubst .venv/%,venv/%,$(BIN))/firstday init school --sample
	cd build/empty/folder && ../$(patsubst .venv/%,venv/%,$(BIN))/firstday reconcile --school school --now $(DEMO_MOMENT) --exit-zero
	cd build/empty/folder && for ending in pdf html xlsx md; do ../$(patsubst .venv/%,venv/%,$(BIN))/firstday report call-sheet --school school --now $(DEMO_MOMENT) -o sheet.$$ending || exit 1; done
	cd build/empty/folder && ../$(patsubst .venv/%,venv/%,$(BIN))/python -m firstday_cli verify --school school

# The same wheel as pipx and uv install it; says loudly where these cannot be had.
wheel-tools: wheel
	$(BIN)/python tools/try_installers.py

clean:
	rm -rf .venv build demo-school
	rm -f ./*.cmd ./*.command

.venv/pyvenv.cfg:
	$(PYTHON) -m venv .venv

$(STAMPS)/tools: .venv/pyvenv.cfg constraints.txt pyproject.toml
	$(PIP) install -q -c constraints.txt hatchling
	mkdir -p $(STAMPS) && touch $@

$(STAMPS)/firstday: $(STAMPS)/tools $(SOURCES) README.md
	$(PIP) install -q -c constraints.txt --no-build-isolation .
	$(PIP) install -q --no-build-isolation --no-deps --force-reinstall .
	touch $@

$(STAMPS)/dev: $(STAMPS)/firstday
	$(PIP) install -q -c constraints.txt --no-build-isolation '.[dev]'
	touch $@

$(STAMPS)/pages: $(STAMPS)/dev
	$(PIP) install -q -c constraints.txt --no-build-isolation '.[dev,pages]'
	touch $@
