# The commands of the README. Each begins with the set-up, which does nothing when nothing is missing.
.PHONY: setup run test bench check pictures lock clean

LOBBYLINE := .venv/bin/lobbyline

setup:
	@./setup.sh

run: setup
	@$(LOBBYLINE) demo

test: check
	@.venv/bin/python -m pytest

check: setup
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache

bench: setup
	@.venv/bin/python -m bench

clean:
	rm -rf .venv var
