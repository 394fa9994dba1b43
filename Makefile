# Three commands: `make serve` reads the site, `make check` proves a change in a minute, and
# `make test` proves everything. Each sets up what it needs.

ifndef PYTHON
PYTHON := $(shell for name in python3 python3.15 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && exit; \
	done; echo python3)
endif
PORT ?= 8000
PAGE ?=
PARTS ?=
RUN := .venv/bin/python -m
PROOF := website.proof.check
# The matrices are small: one thread is quicker, and adds up in the same order everywhere.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export NO_MKDOCS_2_WARNING := 1
# Python keeps what it has compiled: without, each start would compile a thousand modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve check test test-engines test-frameworks site mutate mutate-package bench record-frameworks record-cooks \
	update lock packages packages-test packages-torch packages-frameworks browser pyodide pyodide-if-any clean python \
	check-style check-types check-pages check-scripts check-workflows check-tests

help:  ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-12s %s\n", $$1, $$2}'

serve: python  ## read the site at http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(PYTHON) tools/port.py '$(PORT)'
	@$(PYTHON) tools/install.py --if-possible serve
	@$(MAKE) --no-print-directory pyodide-if-any
	@echo "Building the site. The first time runs every experiment and lab, which takes two or three minutes. It will be at http://127.0.0.1:$(PORT)/ and Ctrl+C stops it."
	@$(RUN) mkdocs serve --dev-addr 127.0.0.1:$(PORT)

ifeq ($(PAGE),)
CHECKS := check-style check-types check-pages check-scripts check-workflows check-tests
else
CHECKS := check-pages
endif
# Two at a time, and the report of each in one piece, where make can do so.
check: packages-test  ## prove a change in a minute (PAGE=docs/... for one page, in seconds)
	@$(MAKE) --no-print-directory --keep-going --jobs 2 \
		$(if $(findstring output-sync,$(.FEATURES)),--output-sync=target) $(CHECKS)

check-style:
	@$(RUN) ruff check --quiet . && $(RUN) ruff format --quiet --check .

check-types:
	@$(RUN) mypy --no-error-summary && $(RUN) mypy --no-error-summary conftest.py

check-pages:
	@$(RUN) $(PROOF) $(PAGE)
	@$(RUN) tools.style $(PAGE)

# With the Node.js that Playwright brings along.
check-scripts:
	@"$$(.venv/bin/python -c 'import pathlib, playwright; print(pathlib.Path(playwright.__file__).parent / "driver" / "node")')" \
		--test --test-reporter=dot '{docs,tests,website}/**/*.test.js'

check-workflows:
	@.venv/bin/zizmor --offline --quiet --no-progress .github
	@.venv/bin/actionlint

check-tests:
	@$(RUN) pytest --quiet -m 'not slow' --ignore tests/engines --numprocesses 2 --dist worksteal

# Run some tests in a way. On a busy computer a browser can be late: what failed must pass when it
# is run once more, alone.
run_tests = $(RUN) pytest $(2) $(1) \
	|| { echo "Once more, what failed, one after the other:"; $(RUN) pytest --last-failed $(1); }

test: packages-test browser pyodide-if-any  ## prove everything, in a real browser
	@$(call run_tests,--ignore tests/engines,--numprocesses auto --dist worksteal)

test-engines: packages-test pyodide-if-any  ## open the built site in Firefox and WebKit as well
	@.venv/bin/python tests/engines/get_engines.py
	@$(call run_tests,tests/engines,--numprocesses 2 --dist loadgroup)

# From the other libraries, which have an environment of their own: see packages-frameworks.
test-frameworks: packages-test packages-frameworks  ## run the same loop in PyTorch, JAX, Keras and scikit-learn
	@$(RUN) pytest tests/libraries

site: packages pyodide-if-any  ## build the site into site/ (SITE_URL=https://... for where it will be)
	@$(RUN) mkdocs build
	@echo "The site is in site/, with the package's wheel beside the pages."
	@echo "To read it: python3 -m http.server -d site. Opened from the folder, pages may load no scripts."

mutate: packages-test  ## mistype every number of every page, and list what nobody would notice
	@$(RUN) website.proof.mutate

mutate-package: packages-test  ## change the package in 1,600 places, and list the changes that no test notices
	@.venv/bin/mutmut run --max-children 2 && .venv/bin/mutmut results

bench: packages-frameworks  ## measure the package beside other libraries, and write the table of the site
	@.venv-frameworks/bin/python benchmarks/speed.py --write

record-frameworks: packages-frameworks  ## run the same loop in other libraries, and write what came out for the site
	@.venv-frameworks/bin/python benchmarks/record.py

record-cooks: packages-frameworks  ## train with more than one process, let things go wrong, and write what came out (15 minutes)
	@.venv-frameworks/bin/python benchmarks/cooks.py $(PARTS)

update: packages  ## write the outputs that differ into the pages, then look at git diff
	@$(RUN) $(PROOF) --update $(PAGE)

# What serves is pinned first, so that no tool of the tests holds it back; the other groups add to
# it. Wheels only: to build a package, others would be needed that nothing pins.
COMPILE = .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--fork-strategy fewest --only-binary :all: --generate-hashes --no-annotate --no-header
ADDED = $$(sed -n 's/^\([a-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements/serve.txt)
lock: packages  ## pin the newest versions, after a change of the groups in pyproject.toml
	@$(RUN) pip install --quiet uv
	@$(COMPILE) --group pip --output-file requirements/pip.txt
	@$(COMPILE) --group serve --output-file requirements/serve.txt
	@$(COMPILE) --group test --constraint requirements/serve.txt $(ADDED) --output-file requirements/test.txt
	@$(COMPILE) --group frameworks --constraint requirements/serve.txt --constraint requirements/test.txt \
		--output-file requirements/frameworks.txt

packages: python
	@$(PYTHON) tools/install.py serve

packages-test: python
	@$(PYTHON) tools/install.py serve test

packages-torch: python  ## get PyTorch, which the package is compared with where it is installed
	@$(PYTHON) tools/install.py torch

# They share no environment with the rest, so that they change nothing of it. 2 GB on disk.
packages-frameworks: python  ## get PyTorch, JAX, Keras and scikit-learn, which a page and the benchmark compare
	@NNBASICS_VENV=.venv-frameworks $(PYTHON) tools/install.py frameworks torch

browser: packages-test  ## get a browser for the browser tests, if there is none
	@.venv/bin/python tests/get_browser.py

pyodide: packages  ## get Python for the reader's browser, so that snippets run in the page
	@.venv/bin/python website/live/pyodide.py

# The same for those who can do without: it never fails, unless NNBASICS_PYODIDE=required.
pyodide-if-any:
	@.venv/bin/python website/live/pyodide.py --try

clean:  ## remove everything that was made
	rm -rf .venv .venv-frameworks .cache .mypy_cache .pytest_cache .ruff_cache site

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "nnbasics needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1 | tail -n 1): install a newer one, or name it with  make PYTHON=python3.12" >&2; exit 1; }
