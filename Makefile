# The commands of the README. Each begins with the set-up, which does nothing when nothing is missing.
.PHONY: setup run test check bench pictures docs deb deb-test lock clean

LOBBYLINE := .venv/bin/lobbyline
# Processes of the tests, each with its own server and browser: one more than cores, since much of a test is waiting.
PROCESSES := $(shell expr $$(nproc) + 1)

setup:
	@./setup.sh

run: setup
	@$(LOBBYLINE) demo

test: check
	@.venv/bin/python -m pytest --numprocesses $(PROCESSES) --dist worksteal

check: setup
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache

# Needs uv, and brings every dependency to its newest allowed version.
lock:
	@uv pip compile pyproject.toml --extra dev --generate-hashes --python-version 3.11 --python-platform x86_64-manylinux_2_34 --no-header -o requirements.lock

bench: setup
	@.venv/bin/python -m bench

# Every page of the kiosk, and the hall screen in every state, in every shape, language and look, to be looked at.
pictures: setup
	@QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software .venv/bin/python -m tests.kiosk.pictures var/pictures
	@QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software .venv/bin/python -m tests.display.pictures var/pictures/hall

docs: setup
	@.venv/bin/python -m lobbyline.technician.files.reference > docs/configuration.md

# The Debian package, the same byte by byte whenever it is built from the same commit.
deb: setup
	@.venv/bin/python -m deb var

# Installs, uses, boots, updates and purges it in a Debian of its own: needs root, debootstrap, systemd-nspawn and half a
# gigabyte.
deb-test: setup
	@./deb/test.sh

clean:
	rm -rf .venv var
