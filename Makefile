# One task runner. `make help` lists the tasks; what they do without make is in README.md.
SHELL := /bin/sh
.DEFAULT_GOAL := help
REFERENCE ?= ../shared/reference
PORT ?= 8501
RUN := .venv-run
DEV := .venv

.PHONY: help run check test test-all test-faults data fmt bench bench-scaling audit sbom licences lock clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "make %-13s %s\n", $$1, $$2}'

run:  ## Set up and start the dashboard (PORT=8501)
	@tools/setup.sh $(RUN) requirements.txt
	@$(RUN)/bin/python tools/start.py $(PORT)

PYTEST := $(DEV)/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check:  ## Within a minute, before each commit: linter, types, import rules, data, each page once
	@tools/setup.sh $(DEV) requirements-dev.txt
	@echo "== ruff"; $(DEV)/bin/ruff check . && $(DEV)/bin/ruff format --check --quiet .
	@echo "== mypy"; $(DEV)/bin/mypy
	@echo "== import rules (import-linter)"; $(DEV)/bin/lint-imports --no-cache
	@echo "== pytest: data, questions, pages"
	@STP_REFERENCE="$(REFERENCE)" $(PYTEST) tests/data tests/pages/test_every_page.py

test: check  ## All that `make check` does, then pages, plain HTTP and a real browser
	@chromium=$$(tools/chromium.sh $(DEV)/bin/python) || exit 1; \
	  echo "== pytest: browser, deploy, pages, web (Chromium: $$chromium)"; \
	  STP_CHROMIUM="$$chromium" STP_REFERENCE="$(REFERENCE)" \
	  $(PYTEST) --durations=20 tests/browser tests/deploy tests/pages tests/web

test-all:  ## Everything, also what is too long for each change: 44 of each, replicas behind nginx, the build
	@$(MAKE) --no-print-directory check
	@chromium=$$(tools/chromium.sh $(DEV)/bin/python) || exit 1; \
	  nginx=$$(tools/nginx.sh) || exit 1; \
	  echo "== pytest, all (Chromium: $$chromium, nginx: $$nginx)"; \
	  STP_TESTS=all STP_CHROMIUM="$$chromium" STP_NGINX="$$nginx" STP_REFERENCE="$(REFERENCE)" \
	  $(PYTEST) --durations=20

test-faults:  ## Put faults into a copy, one by one, and see that a test finds each (before a release)
	@tools/setup.sh $(DEV) requirements-dev.txt
	@chromium=$$(tools/chromium.sh $(DEV)/bin/python) || exit 1; \
	  STP_CHROMIUM="$$chromium" STP_REFERENCE="$(REFERENCE)" $(DEV)/bin/python -m tests.faults

data:  ## Rebuild all derived files from the reference files (REFERENCE=../shared/reference)
	@tools/setup.sh $(DEV) requirements-dev.txt
	@$(DEV)/bin/python -m stp_data.build --reference "$(REFERENCE)"

fmt:  ## Format the code
	@tools/setup.sh $(DEV) requirements-dev.txt
	@$(DEV)/bin/ruff check --fix --quiet . ; $(DEV)/bin/ruff format .

bench:  ## Measure speed beside an empty page and the usual way, about twelve minutes; writes docs/performance.md
	@tools/setup.sh $(DEV) requirements-dev.txt
	@chromium=$$(tools/chromium.sh $(DEV)/bin/python) || exit 1; \
	  STP_CHROMIUM="$$chromium" $(DEV)/bin/python -m benchmarks

bench-scaling:  ## Measure many readers at once, about four minutes; writes docs/scaling.md
	@tools/setup.sh $(DEV) requirements-dev.txt
	@$(DEV)/bin/python -m benchmarks.scaling

audit:  ## Ask PyPI whether a pinned package has a known hole (needs the network)
	@tools/setup.sh $(DEV) requirements-dev.txt
	@$(DEV)/bin/pip-audit --disable-pip --require-hashes --strict -r requirements.txt

sbom:  ## Write what the dashboard runs on to sbom.json, as CycloneDX
	@tools/setup.sh $(RUN) requirements.txt
	@tools/setup.sh $(DEV) requirements-dev.txt
	@$(DEV)/bin/cyclonedx-py environment --pyproject pyproject.toml -o sbom.json $(RUN)/bin/python

licences:  ## List the licences of what the dashboard runs on, and fail if one is not allowed
	@tools/setup.sh $(RUN) requirements.txt
	@tools/setup.sh $(DEV) requirements-dev.txt
	@$(DEV)/bin/pip-licenses --python $(RUN)/bin/python

lock:  ## Pin the newest versions that requirements*.in allow, with hashes
	@tools/setup.sh $(DEV) requirements-dev.txt
	@$(DEV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	@$(DEV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes requirements-dev.in -o requirements-dev.txt

clean:  ## Remove the environments and caches
	@rm -rf $(RUN) $(DEV) .cache .mypy_cache .ruff_cache .import_linter_cache
