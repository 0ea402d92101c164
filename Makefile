# Needs make and Python >= 3.11 with venv; everything else comes from requirements.lock.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
PY := $(VENV)/bin/python
PYTEST := $(PY) -m pytest -n auto --dist worksteal
# The environment holds absolute paths: a checkout that has moved needs a new one.
STAMP := $(VENV)/.installed-$(shell printf %s '$(CURDIR)' | cksum | cut -d' ' -f1)
UV := $(shell command -v uv 2>/dev/null)
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Processes run side by side: threads of linear algebra would wait for each other, at full cost.
export OPENBLAS_NUM_THREADS = 1
export OMP_NUM_THREADS = 1
export MKL_NUM_THREADS = 1
# Without bytecode on disk every kernel would compile all its libraries again.
unexport PYTHONDONTWRITEBYTECODE
# Under an ASCII locale Python does not start in a folder with accents.
ifneq ($(shell locale charmap 2>/dev/null),UTF-8)
export LC_ALL = C.UTF-8
endif

.DEFAULT_GOAL := all
.PHONY: all pdf test test-all lab lock cohort anonymise check check-export coverage mutation hooks bench checksums clean help

all: $(STAMP)  ## set up, then run the notebooks and make every figure, table and page
	@$(PY) -m doit

test: $(STAMP)  ## set up, then run the tests that take three minutes on two cores
	@$(PYTEST) -m "not long"

test-all: test  ## the same, then the long tests: the cohort rebuilt, workers that die, types
	@$(PYTEST) -m long

lab: $(STAMP)  ## open JupyterLab on its first page
	@$(PY) -m jupyterlab --LabApp.default_url=/lab/tree/notebooks/index.ipynb

pdf: all  ## print the whole report as results/report/rapport.pdf (needs Chromium, Chrome or Edge)
	@$(PY) -m esslib.run.pdf

check: $(STAMP)  ## style and types
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

cohort: $(STAMP)  ## rebuild the synthetic cohort
	@$(PY) -m esslib.synthetic

anonymise: $(STAMP)  ## write a copy of an export that can be shared: make anonymise export=… out=…
	@$(PY) -m esslib.privacy.anonymise "$(export)" "$(out)" --k $(or $(k),5)

check-export: $(STAMP)  ## list all that is wrong with an export: make check-export export=…
	@$(PY) -m esslib.check "$(export)"

bench: $(STAMP)  ## time a rebuild against plain papermill and nbconvert
	@$(PY) benchmarks/run.py

coverage: $(STAMP)  ## run the tests and list the lines and branches that none reaches
	@$(PYTEST) --cov=esslib --cov=printed --cov-branch --cov-report=term-missing:skip-covered

mutation: $(STAMP)  ## change the library line by line and list what no fast test notices (hours)
	@$(PY) -m mutmut run

hooks: $(STAMP)  ## check every commit with pre-commit
	@$(PY) -m pre_commit install

lock:  ## pin the newest versions that pyproject.toml allows (needs uv and a network)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-strip-extras --python-version 3.11 --all-extras \
		pyproject.toml -o requirements.lock
	@PYTHONPATH=. python3 -m esslib.run.conda

checksums:  ## list the files of data/ with their SHA-256, after a change on purpose
	@cd data && git ls-files . | grep -vx SHA256SUMS | LC_ALL=C sort | xargs sha256sum > SHA256SUMS

clean:  ## remove what a run makes and git does not keep
	@rm -rf .cache build data/interim results/.state results/manifest.json results/notebooks results/report
	@rm -f results/tables/*.html results/tables/*.docx results/tables/*.excel.csv results/tables/*.tex figures/*.pdf

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 10

$(STAMP): requirements.lock
	@test -n "$(PYTHON)" || { echo "No Python >= 3.11 with venv found (Debian: apt install python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv --clear $(if $(UV),--without-pip) $(VENV)
ifdef UV
	uv pip install --quiet --python $(PY) --require-hashes -r requirements.lock
	uv pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .
else
	$(PY) -m pip install --quiet --no-compile --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --no-deps --no-build-isolation -e .
endif
	@touch $@
