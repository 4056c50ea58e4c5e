# make run    sets everything up and opens the program      (make run ARGS="demo --speed 60")
# make test   sets everything up and runs the tests         (make test ARGS="tests/kernel -x")
# make check  style, types and import contracts
# make bench  what the hot commands cost
# make evidence-queue   the figures of "How we know" (an idle machine, half an hour; ARGS="cases waits" for parts)
# make lock   settles the versions anew in requirements.lock
# make clean  removes what was set up and what was left behind

ARGS ?=
PYTHON := .venv/bin/python

.PHONY: run test check bench evidence-queue lock clean

run:
	@bash .ci/setup run
	@$(PYTHON) main.py $(ARGS)

test:
	@bash .ci/setup test
	@bash .ci/postgres $(PYTHON) -m pytest -n 2 --dist worksteal --benchmark-disable \
	  --ignore=tests/benchmarks $(ARGS)

check:
	@bash .ci/setup test
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports

bench:
	@bash .ci/setup test
	@$(PYTHON) -m pytest tests/benchmarks $(ARGS)

evidence-queue:
	@bash .ci/setup test
	@bash .ci/postgres env QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.evidence $(ARGS)

lock:
	@$(PYTHON) -m pip install --quiet uv
	@$(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --upgrade --all-extras pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
