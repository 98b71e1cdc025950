# Two commands: `make run` sets up and starts with sample data; `make test` checks everything, as CI does.
# Each makes .venv if it is missing and installs from the requirement files, which are pinned with hashes.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
SAMPLE ?= 1
VENV := .venv
BIN := $(VENV)/bin
# Errors alone: its warnings here are of the machine's own pip settings (folders that these name and that are
# not there, once for each package), not of what is installed, which the hashes pin.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
# Beside whom the benchmarks measure (Wagtail): an environment of its own, made by `make peers` alone.
PEERS := .venv-peers
JOBS ?= 2
FUZZ_SECONDS ?= 3600
KILLS ?= 200

.PHONY: run test lint types tests browser journeys bench peers fuzz soak requirements clean

run: $(VENV)/.run-ready
	@$(BIN)/python -m gongkai.web.serve --host $(HOST) --port $(PORT) $(if $(filter 0,$(SAMPLE)),--no-samples)

test: lint types tests

lint: $(VENV)/.dev-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev-ready
	$(BIN)/mypy

# What uses a database runs on both: the isolation matrix, actions, triggers, races, queries, search, outbox.
# tests/on_postgresql.py lists what runs on SQLite alone, each with its reason (pages as they are drawn).
tests: $(VENV)/.dev-ready
	@bash tests/browser/install_chromium.sh
	$(BIN)/pytest -n $(JOBS) --dist worksteal tests
	$(BIN)/python -m tests.on_postgresql -n $(JOBS) --dist worksteal tests/web tests/browser

journeys: $(VENV)/.dev-ready
	@bash tests/browser/install_chromium.sh
	$(BIN)/pytest -v tests/browser

# At 100,000 records, kept in var/bench-100000; BENCH_LARGE=1 adds 1,000,000 (half an hour to make, 10 GB).
# Beside Wagtail where `make peers` has set it up; without it that column is left out, and a line says so.
bench: $(VENV)/.dev-ready
	$(BIN)/python -m benchmarks

peers: $(PEERS)/.ready

fuzz: $(VENV)/.dev-ready
	HYPOTHESIS_PROFILE=long $(BIN)/pytest -q tests -k "fuzz or property or every_layout or histories"
	@if $(BIN)/python -c 'import atheris' 2>/dev/null; \
	then $(BIN)/python -m tests.fuzz.coverage_guided --seconds $(FUZZ_SECONDS); \
	else echo "atheris runs on Linux alone: the coverage-guided search is left out"; fi

# Servers and followers killed without warning, KILLS times each, on both databases. What was acknowledged is
# there once; the line with the figures is printed at the end of each.
SOAKED := tests/web/requests/test_killed.py tests/web/search/test_killed_at_any_moment.py
soak: $(VENV)/.dev-ready
	KILLS=$(KILLS) $(BIN)/pytest -q -s $(SOAKED)
	KILLS=$(KILLS) $(BIN)/python -m tests.on_postgresql -q -s $(SOAKED)

# ---- set-up ----

$(VENV)/.run-ready: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --requirement requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ 

$(VENV)/.dev-ready: requirements/dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run-ready

$(PEERS)/.ready: requirements/peers.txt
	@test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip --disable-pip-version-check --quiet --quiet install --require-hashes \
	  --requirement requirements/peers.txt
	@touch $@

# Pins every requirement anew with hashes; no index host is written into the files.
requirements:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml requirements/build.in --extra web --extra postgresql --output-file requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml requirements/build.in requirements/dev.in --extra web --extra postgresql --extra ocr --extra rerank \
	  --output-file requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  requirements/peers.in --output-file requirements/peers.txt

clean:
	rm -rf $(VENV) $(PEERS) .mypy_cache .ruff_cache .pytest_cache build dist
