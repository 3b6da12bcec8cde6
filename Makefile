# What people type. Each command installs what it needs into .venv first.

PY := .venv/bin/python
FLASK := $(PY) -m flask --app wsgi
ENGINES := $(PY) -m portal.engines
INSTALLED := .venv/.installed
CODE := portal workflows tests migrations .ci config.py wsgi.py
OUT ?= demo-out

.DEFAULT_GOAL := help
.PHONY: help flask setup run reset demo test chaos check bench format lock

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(INSTALLED) ## install the locked packages into .venv

$(INSTALLED): requirements.lock .ci/setup
	@.ci/setup
	@touch $(INSTALLED)

run: $(INSTALLED) ## serve the demonstration on http://127.0.0.1:8000 (PORT=…) until Ctrl-C
	@$(ENGINES) run

reset: $(INSTALLED) ## remove the demonstration's data
	@$(ENGINES) reset

demo: $(INSTALLED) ## take the real 2022 plan through the whole chain into OUT=folder
	@$(ENGINES) with --fresh --upgrade -- $(FLASK) demo run "$(OUT)"

flask: $(INSTALLED) ## a command of the program, such as ARGS="workflow check FILE"
	@$(ENGINES) with --upgrade -- $(FLASK) $(ARGS)

test: $(INSTALLED) ## run every test; installs Debian's Chromium where it may
	@.ci/tools
	$(PY) -m pytest -n 2

chaos: $(INSTALLED) ## kill workers at every turn; the short form is among the tests
	CHAOS=1 $(PY) -m pytest -m chaos

check: $(INSTALLED) ## format, lint, types, layers, templates, lock, migrations
	$(PY) -m ruff format --check $(CODE)
	$(PY) -m ruff check $(CODE)
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(PY) -m djlint templates --check --lint --quiet
	$(PY) .ci/lock.py
	$(ENGINES) with --fresh --upgrade -- $(FLASK) db check

bench: $(INSTALLED) ## measure, as a table of ratios
	@$(ENGINES) with --fresh --upgrade -- $(PY) -m tests.bench

format: $(INSTALLED) ## put the code and the templates into their one form
	$(PY) -m ruff check --fix $(CODE)
	$(PY) -m ruff format $(CODE)
	-$(PY) -m djlint templates --reformat --quiet

lock: $(INSTALLED) ## choose package versions anew, as pyproject.toml allows
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --group dev pyproject.toml -o requirements.lock
