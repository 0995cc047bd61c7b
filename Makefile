# The commands of the README. Each begins with the set-up, which does nothing when nothing is missing.
.PHONY: help setup run test check bench pictures docs deb deb-test lock clean

LOBBYLINE := .venv/bin/lobbyline
# Processes of the tests, each with its own server and browser: one more than cores, since much of a test is waiting.
PROCESSES := $(shell expr $$(nproc) + 1)

help:
	@sed -n 's/^## /make /p' Makefile

## run        the whole sample branch on this machine, with stand-in devices that speak the real bytes
run: setup
	@$(LOBBYLINE) demo

## test       every promise, checked
test: check
	@.venv/bin/python -m pytest --numprocesses $(PROCESSES) --dist worksteal

## setup      what the others begin with: system libraries, a virtual environment from locked versions
setup:
	@./setup.sh

## check      format, lint, types, walls between the rooms
check: setup
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache

## bench      figures, as ratios within one run
bench: setup
	@.venv/bin/python -m bench

## pictures   every page of the kiosk, and the hall screen, in every shape, language and look, into var/pictures
pictures: setup
	@QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software .venv/bin/python -m tests.kiosk.pictures var/pictures
	@QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software .venv/bin/python -m tests.display.pictures var/pictures/hall

## docs       docs/configuration.md, from the settings as they are declared
docs: setup
	@.venv/bin/python -m lobbyline.technician.files.reference > docs/configuration.md

## deb        the Debian package in var/, the same byte by byte whenever it is built from the same commit
deb: setup
	@.venv/bin/python -m deb var

## deb-test   that package in a Debian of its own; needs root, debootstrap, systemd-nspawn and half a gigabyte
deb-test: setup
	@./deb/test.sh

## lock       every dependency's newest allowed version; needs uv
lock:
	@uv pip compile pyproject.toml --extra dev --generate-hashes --python-version 3.11 --python-platform x86_64-manylinux_2_34 --no-header -o requirements.lock

## clean      remove what was made
clean:
	rm -rf .venv var
