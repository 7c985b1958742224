# make run: the practice brand. make test: every test. Both set up all they need first.
# macOS and Windows: see the README; these recipes call apt only where apt is.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/ready
TIERS := $(PY) tests/tools/run_tiers.py
export PYTHON
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.NOTPARALLEL:

.PHONY: help run test check bench eval soak corpus keyring realserver realserver-ci \
	lock i18n pictures bluesky-servers feed-corpus freeze deb installer audit setup system-run \
	system-test system-freeze system-ci

help:
	@echo "make run    open the window on the practice brand (in the terminal where no screen is)"
	@echo "make test   run every test; make check: ruff, mypy and the fast tests"
	@echo "Longer tiers: make realserver | corpus | soak | bench | eval DATA=folder"
	@echo "To ship: make freeze (dist/socialdesk) | deb | installer (all artefacts with their hashes)"
	@echo "Files that are made: make lock (requirements.lock) | i18n (translations) | pictures (README, manual)"

run: system-run $(READY)
	@$(PY) -m socialdesk practice

test: system-test $(READY)
	@$(TIERS) fast keyring realwindow

check: system-run $(READY)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(TIERS) fast

keyring: system-test $(READY)
	@$(TIERS) keyring

realserver realserver-ci: system-test $(READY) bluesky-servers
	@$(TIERS) realserver

# Bluesky's reference servers, from npm. Where they cannot be had the script says why in a sentence,
# and the tests that need them say that they are skipped.
bluesky-servers: system-test $(READY)
	@sh tests/realserver/bluesky/install.sh .cache/bluesky || \
		echo "The tests against Bluesky's own servers are skipped here."

feed-corpus: $(READY)
	@$(PY) tests/tools/fetch_feed_corpus.py

corpus: feed-corpus
corpus soak: system-test $(READY)
	@$(TIERS) $@

# Known holes in what is pinned, asked of a public database; says so where it cannot be asked.
audit: $(READY)
	@$(PY) tests/soak/audit.py

# DATA: the folder of labelled texts (README). It has no default: the texts are not ours to ship.
eval: $(READY)
	@$(PY) -m tests.eval $(if $(DATA),"$(DATA)") $(SUBJECTS)

# QUICK=1: 100,000 mentions, about two minutes. BENCH_DIR keeps the large workspace between runs.
bench: system-test $(READY)
	@$(PY) -m tests.bench $(if $(QUICK),--quick)

# The program as a folder that needs no Python. Order of hashing and time are fixed, so that a second
# build gives the same bytes. Outside of git the time is that of the changelog.
freeze deb installer: export PYTHONHASHSEED := 1
freeze deb installer: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || \
	date -r resources/changelog.md +%s)
freeze: system-freeze $(READY)
	@echo "Freezing (about two minutes) ..."
	@$(PY) -m PyInstaller --noconfirm --clean --log-level ERROR socialdesk.spec
	@$(PY) -m resources.installer.sbom dist/socialdesk dist

# Debian's package, compressed as small as it goes (a minute).
deb: freeze
	@$(PY) -m resources.installer.deb dist/socialdesk dist

# The package, an archive for other systems, the bill of materials, and a list of their hashes.
# Windows: the same folder, made on Windows, goes through resources/installer/windows/socialdesk.nsi.
installer: deb
	@$(PY) -m resources.installer.archive dist/socialdesk dist
	@$(PY) -m resources.installer.hashes dist

setup: system-run $(READY)

system-run system-test system-freeze system-ci:
	@sh tests/tools/system_packages.sh $(@:system-%=%)

# The lock alone decides what is installed; an unfinished .venv has no `ready` and is tried again.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || \
		{ echo "SocialDesk needs Python 3.11 to 3.14; name one: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Setting up $(VENV) (about a minute) ..."
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PY) -m pip install -q --require-hashes -r requirements.lock
	@$(PY) -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

# Keeps the pins that still fit; `make lock UPGRADE=-U` takes the newest. uv.lock is never
# committed: it records registry addresses, this file holds hashes only.
lock: $(READY)
	@command -v uv >/dev/null || [ -x $(VENV)/bin/uv ] || $(PY) -m pip install -q uv
	@PATH="$$PATH:$(CURDIR)/$(VENV)/bin" uv pip compile pyproject.toml --group dev --universal \
		--python-version 3.11 --generate-hashes --no-header --no-annotate --quiet $(UPGRADE) \
		-o requirements.lock
	@! grep -nE '://|--(index|find)' requirements.lock || \
		{ echo "requirements.lock names an address: do not commit it"; exit 1; }

# The pictures of the README and of the manual, and the manual's page of keys: from the real program.
pictures: $(READY)
	@$(PY) tests/tools/pictures.py
	@$(PY) tests/tools/manual_keys.py
	@$(PY) tests/tools/manual_pictures.py

i18n: $(READY)
	@$(PY) tests/tools/translations.py
