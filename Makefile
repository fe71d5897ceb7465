# The front door: `make demo`, `make serve`, `make test`; each is all that a fresh machine needs.
PYTHON ?= python3
# Tests wait for servers, letters and browsers: two processes for each core keep both busy.
PROCESSES ?= 4
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(abspath $(BIN)):$(PATH)
# Each of the many processes of a test run would compile the site and the tests anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo serve test bench trial clean

setup: $(VENV)/.site node_modules/.installed
	@$(BIN)/staytouch prepare

demo: $(VENV)/.site node_modules/.installed
	@$(BIN)/python -m staytouch_events.demo_site

serve: setup
	@$(BIN)/staytouch serve

test: $(VENV)/.dev node_modules/.installed
	@$(BIN)/staytouch prepare
	$(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal $(TESTS)

# Ratios to a floor of the same run; BENCH=pages measures one figure alone (benchmarks/README.md).
bench: $(VENV)/.dev node_modules/.installed
	@$(BIN)/staytouch prepare
	$(BIN)/python -m benchmarks $(BENCH)

# The long trials: every test over both databases, with thirty rounds of every race and all the real events; then
# Lighthouse over the public pages.
trial: $(VENV)/.dev node_modules/.installed benchmarks/node_modules/.installed
	@$(BIN)/staytouch prepare
	STAYTOUCH_ROUNDS=30 STAYTOUCH_EVERYWHERE=1 $(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal
	$(BIN)/python -m benchmarks audits --no-postgres

$(VENV)/.venv:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.site: $(VENV)/.venv requirements.lock pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.site requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# npm comes from the machine, or from a wheel where there is none.
$(VENV)/.node: $(VENV)/.venv requirements-node.lock
	@command -v npm >/dev/null || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-node.lock
	@touch $@

node_modules/.installed: package.json package-lock.json $(VENV)/.node
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

benchmarks/node_modules/.installed: benchmarks/package.json benchmarks/package-lock.json $(VENV)/.node
	npm ci --prefix benchmarks --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

clean:
	rm -rf $(VENV) node_modules benchmarks/node_modules static/built
