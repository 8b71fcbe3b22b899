# Thin: each target is a line or two over the real command.
PYTHON ?= python3
BIN := .venv/bin
# Byte-compiling every module takes longer than compiling, on first import, those that are used.
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
# What was compiled has to be kept for that, which a machine may forbid: then each kernel takes five seconds to import, not two.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := report
.PHONY: report setup test verify expected lint lab lock bench schedulers train sbom audit clean

report: setup       ## tables and reports from seeds/ into reports/
	$(BIN)/corewatch report

setup: .venv/corewatch.installed

test: .venv/test.installed
	$(BIN)/python -m pytest -n 2 --dist worksteal

verify: setup       ## the site of seeds/ once more, compared with the digests in reports/expected.json
	$(BIN)/corewatch verify --expected reports/expected.json

expected: setup     ## those digests, after a change that is meant to change the site
	$(BIN)/corewatch verify --expected reports/expected.json --write

lint: .venv/test.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lab: setup          ## the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

bench: .venv-bench/installed  ## beside the peers, which have an environment of their own
	PYTHONPATH=. .venv-bench/bin/python benchmarks/speed.py
	PYTHONPATH=. .venv-bench/bin/python benchmarks/corpus.py

schedulers: .venv-airflow/installed .venv-scheduler/installed .venv/corewatch.installed  ## Airflow and jupyter-scheduler run what is in deploy/; half an hour on two busy cores
	$(BIN)/python deploy/try_airflow.py .venv-airflow
	$(BIN)/python deploy/try_jupyter_scheduler.py .venv-scheduler

train: .venv/train.installed  ## the weights of the choice among deals, from the annotated texts
	$(BIN)/python training/train_deals.py tests/accuracy/gold/dev tests/accuracy/gold/seen --check tests/accuracy/gold/unseen --write
	$(BIN)/python training/calibrate.py tests/accuracy/gold/seen/latest.jsonl --write
	$(BIN)/python training/calibrate.py tests/accuracy/gold/unseen --draw docs/reliability.svg

sbom: setup         ## the bill of materials, as it was written when the build was installed
	$(BIN)/python supply/sbom.py requirements.lock pyproject.toml dist/sbom.json

audit: sbom .venv-audit/installed  ## known vulnerabilities: 0 none, 1 some, 2 not every package could be looked up
	.venv-audit/bin/python supply/audit.py dist/sbom.json requirements.lock requirements-test.lock

# Made once: a second Python in the same folder would mix two standard libraries.
.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/corewatch.installed: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes --no-deps --requirement requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	$(BIN)/python supply/sbom.py requirements.lock pyproject.toml dist/sbom.json
	touch $@

.venv/test.installed: .venv/corewatch.installed requirements-test.lock
	$(PIP) --require-hashes --no-deps --requirement requirements-test.lock
	touch $@

.venv/train.installed: .venv/test.installed requirements-train.lock
	$(PIP) --require-hashes --no-deps --requirement requirements-train.lock
	touch $@

# Environments of their own, because what is in them disagrees with corewatch's.
.venv-bench/installed .venv-airflow/installed .venv-scheduler/installed .venv-audit/installed: .venv-%/installed: requirements-%.lock
	$(PYTHON) -m venv .venv-$*
	.venv-$*/bin/python -m pip --disable-pip-version-check install --quiet --no-compile --require-hashes --no-deps --requirement $<
	touch $@

# For the Python of Debian 12, whatever the machine has; without headers and addresses. Needs uv.
RESOLVE := uv pip compile --quiet --python-version 3.11.2 --python-platform x86_64-manylinux_2_28 \
	--generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links
COMPILE := $(RESOLVE) --extra build pyproject.toml
lock:
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra test --constraint requirements.lock --output-file requirements-test.lock
	$(COMPILE) --extra train --constraint requirements.lock --output-file requirements-train.lock
	$(COMPILE) --extra bench --constraint requirements.lock --output-file requirements-bench.lock
	$(RESOLVE) deploy/requirements-airflow.in --output-file requirements-airflow.lock
	$(RESOLVE) deploy/requirements-scheduler.in --output-file requirements-scheduler.lock
	$(RESOLVE) supply/requirements-audit.in --output-file requirements-audit.lock

clean:
	rm -rf .venv .venv-bench .venv-airflow .venv-scheduler .venv-audit dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
