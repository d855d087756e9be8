# Every command by name. ./run and ./test do the work and need no make.
OURS = src tests tools bench manage.py
PYTHON = PYTHONPATH=src:. .venv/bin/python

.PHONY: run test all check fix lint types docs check-benefits bench bench-small bench-eligibility test-unit test-postgres test-browser test-spark clean

run: ; ./run
test: ; ./test
all: ; ./test --all
lint check: ; ./test lint
types: ; $(PYTHON) -m mypy
fix: ; $(PYTHON) -m ruff check --fix $(OURS) ; $(PYTHON) -m ruff format $(OURS)
test-unit: ; ./test unit
test-postgres: ; ./test postgres
test-browser: ; ./test browser
test-spark: ; ./test spark
docs: ; $(PYTHON) -m tools.reference && CHATDONG_GOLDEN=write $(PYTHON) -m pytest -q tests/web/test_access_matrix.py
check-benefits: ; $(PYTHON) manage.py check_benefits
bench: ; $(PYTHON) -m bench
bench-small: ; $(PYTHON) -m bench --small
bench-eligibility: ; $(PYTHON) -m bench eligibility
clean: ; rm -rf var/static var/static.stamp .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
