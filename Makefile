# make chat   a conversation in the terminal     make test   all tests
# make check  what CI runs                       make bench  how fast it is here
# make soak   heavy runs, for hours              make update-transcripts  what Kith says today
# make lock   pin the dependencies anew          make docs   the pages that are made, not written
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& command -v $$p && break; done)
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: chat test check docs bench soak lock update-transcripts
chat: $(READY)
	@$(RUN) -m bot chat

test: $(READY)
	@$(RUN) -m pytest -n auto --dist worksteal

check: $(READY)
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -m pytest tests/test_layers.py
	@$(RUN) -m bot check
	@$(RUN) -m bot test > /dev/null || $(RUN) -m bot test

docs: $(READY)
	@$(RUN) -m tests.diagnostics_page
	@$(RUN) -m bot.schema > docs/script.schema.json
	@$(RUN) -m tests.drawing.pictures
	@$(RUN) -m bot translate > /dev/null

bench: $(READY)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@$(RUN) -m benchmarks.turns
	@$(RUN) -m benchmarks.sealing
	@$(RUN) -m benchmarks.checking
	@$(RUN) -m benchmarks.peers
	@$(RUN) -m benchmarks.growth
	@$(RUN) -m benchmarks.where
	@$(RUN) -m benchmarks.directory

soak: $(READY)
	@KITH_TEST_KILLS=500 KITH_TEST_PEOPLE=200 $(RUN) -m pytest tests/storm -s --timeout 0
	@KITH_TEST_UPDATES=100000 $(RUN) -m pytest tests/fuzz --timeout 0
	@KITH_TEST_PEOPLE_MARKED=300 $(RUN) -m pytest tests/canary -s --timeout 0
	@KITH_TEST_STEPS=1000 $(RUN) -m pytest tests/sealing/test_killed.py --timeout 0
	@KITH_TEST_ROUNDS=50 $(RUN) -m pytest tests/telegram/test_round_of_eight.py --timeout 0
	@KITH_TEST_WALKED=2000 $(RUN) -m pytest tests/test_reflection.py --timeout 0
	@KITH_TEST_DAMAGES=900 $(RUN) -m pytest tests/test_diagnostics.py --timeout 0
	@KITH_TEST_EDITS=500 KITH_TEST_WALKS=1000 $(RUN) -m pytest tests/test_mutations.py --timeout 0

update-transcripts: $(READY)
	@$(RUN) -m bot test --update

lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements-dev.lock
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --group bench -c requirements-dev.lock --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements-bench.lock

$(READY): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Kith needs Python 3.11, 3.12 or 3.13 -> install one, or say make PYTHON=/path/to/python3" >&2; exit 2; }
	@echo "Setting up (once, about half a minute) ..." >&2
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv here -> on Debian: apt install python3-venv" >&2; exit 2; }
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
