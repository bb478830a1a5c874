# Needs python3 (3.11 to 3.13), make and git; everything else is installed into .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
LINKED := $(VENV)/.linked

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# uv trusts the certificates that the system trusts, as pip can be told to.
export UV_SYSTEM_CERTS := 1

say = @if [ -t 1 ] && [ -z "$$NO_COLOR" ]; then printf '\033[1m%s\033[0m\n' '$(1)'; else echo '$(1)'; fi

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help setup demo test check lint types contract format bench crash lock build clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(LINKED) ## makes .venv with the pinned requirements and kith in it; PYTHON=python3.12 chooses another Python
	@echo "Ready: $(BIN)/kith"

demo: $(LINKED) ## shows Kith at work on a made-up network; KEEP=some-folder keeps it, to try other commands on
	@$(BIN)/python -m kith.workflows.demo $(KEEP)

test: lint types contract ## every check: lint, types, import contract, all tests and the documents' examples
	$(call say,All tests)
	@$(BIN)/python -m pytest --no-header

check: lint types contract ## the fast checks: like test, without the tests marked slow
	$(call say,Fast tests)
	@$(BIN)/python -m pytest --no-header -m 'not slow'

lint: $(LINKED) ## ruff: rules and format
	$(call say,Lint)
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo 'Not formatted: make format does it.'; exit 1; }

types: $(LINKED) ## mypy strict and basedpyright
	$(call say,Types)
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/basedpyright --pythonpath $(BIN)/python --warnings

contract: $(LINKED) ## the import contract: which floor may use which
	$(call say,Import contract)
	@found=$$($(BIN)/lint-imports --no-logo) || { echo "$$found"; exit 1; }

format: $(LINKED) ## formats the code and mends what ruff can mend
	$(call say,Format)
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format --quiet

bench: $(LINKED) ## runs the benchmarks
	@$(BIN)/python -m tests.bench.run

crash: $(LINKED) ## kills workers and servers at random moments of sweeps, and counts what was fired
	@$(BIN)/python -m tests.crash.kills

lock: $(LINKED) ## pins the requirements anew; UPGRADE=1 takes the newest that fit
	$(call say,Pins in requirements/)
	@$(COMPILE) pyproject.toml --all-extras --group dev $(if $(UPGRADE),--upgrade) --output-file requirements/dev.txt
	@cp requirements/dev.txt requirements/runtime.txt # what dev.txt pins, the others keep
	@$(COMPILE) pyproject.toml --output-file requirements/runtime.txt
	@cp requirements/dev.txt requirements/bootstrap.txt
	@$(COMPILE) --group bootstrap --output-file requirements/bootstrap.txt

COMPILE = $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

build: $(LINKED) ## builds the wheel into dist/
	$(call say,Wheel)
	@$(BIN)/hatchling build --target wheel

clean: ## removes .venv and everything that was made
	@rm -rf $(VENV) dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A Python that was asked for and is not the one in .venv makes it anew.
ifneq ($(origin PYTHON),file)
version = $(shell $(1) -c 'import sys; print(sys.hexversion)' 2>/dev/null)
ifneq ($(call version,$(PYTHON)),$(call version,$(BIN)/python))
.PHONY: $(INSTALLED)
endif
endif

define SUPPORTED
import sys
found = sys.version_info[:2]
if not (3, 11) <= found < (3, 14):
    sys.exit("Kith needs Python 3.11, 3.12 or 3.13, and this is %d.%d: make setup PYTHON=python3.12 names another." % found)
endef
export SUPPORTED

# uv installs in seconds; where it can't run or reach what pip is set up to reach, pip installs the same pins.
$(INSTALLED): requirements/bootstrap.txt requirements/dev.txt
	@command -v $(PYTHON) >/dev/null || { echo 'There is no $(PYTHON): make setup PYTHON=python3.12 names another.'; exit 1; }
	@$(PYTHON) -c "$$SUPPORTED"
	$(call say,Setting up $(VENV))
	@$(PYTHON) -m venv --clear $(VENV)
	@{ $(BIN)/python -m pip install -qq --require-hashes --only-binary :all: -r requirements/bootstrap.txt \
		&& $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt; } \
		|| { echo 'uv could not; pip does it, in a minute.'; \
			$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/dev.txt; }
	@touch $@

$(LINKED): $(INSTALLED) pyproject.toml
	@$(BIN)/python -m pip install -qq --no-index --no-deps --no-build-isolation --editable .
	@touch $@
