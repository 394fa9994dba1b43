# Two commands: `make serve` reads the site, `make test` proves it. Each sets up what it needs.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))) python3)
PORT ?= 8000
BIN := .venv/bin
# The matrices are small: one thread is quicker, and adds up in the same order everywhere.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve test site lint bench update lock browser pyodide pyodide-if-any clean

help:  ## list what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

serve: .venv/ready pyodide-if-any  ## read the site at http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(BIN)/python -c 'import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", $(PORT)))' 2>/dev/null \
		|| { echo "Port $(PORT) is in use: stop what runs there, or choose another with  make serve PORT=$$(($(PORT) + 1))" >&2; exit 1; }
	@echo "Building the site. The first time runs every experiment and lab, which takes half a minute. It will be at http://127.0.0.1:$(PORT)/ and Ctrl+C stops it."
	@$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

test: .venv/ready browser pyodide-if-any  ## run every test: package, snippets, pages, browser
	@$(BIN)/pytest --numprocesses auto --dist worksteal

site: .venv/ready pyodide-if-any  ## build the site into site/ (SITE_URL=https://... for where it will be)
	@$(BIN)/mkdocs build
	@echo "The site is in site/, with the package's wheel beside the pages."

lint: .venv/ready  ## check types and style
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: .venv/ready  ## measure the package beside scikit-learn and, where installed, PyTorch
	@$(BIN)/python benchmarks/speed.py

update: .venv/ready  ## write the outputs that differ into the pages, then look at git diff
	@$(BIN)/python -m website.proof.check --update

lock: .venv/ready  ## pin the newest versions, after a change of requirements.in
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-annotate --no-header requirements.in --output-file requirements.txt

browser: .venv/ready  ## get a browser for the browser tests, if there is none
	@$(BIN)/python tests/get_browser.py

pyodide: .venv/ready  ## get Python for the reader's browser, so that snippets run in the page
	@$(BIN)/python website/live/pyodide.py

# The same for those who can do without: it never fails, unless NNBASICS_PYODIDE=required.
pyodide-if-any: .venv/ready
	@$(BIN)/python website/live/pyodide.py --try

clean:  ## remove everything that was made
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache site

.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "nnbasics needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1 | tail -n 1): install a newer one, or name it with  make PYTHON=python3.12" >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv --clear .venv \
		|| { echo "Python could not make .venv: on Debian and Ubuntu run  apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the $$(grep -c == requirements.txt) packages of requirements.txt, about a minute the first time ..."
	@{ $(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 1 --require-hashes --requirement requirements.txt \
		&& $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . ; } > .venv/install.log 2>&1 \
		|| { echo "The packages could not be installed: is this computer online? The full report is in .venv/install.log" >&2; exit 1; }
	@touch $@
