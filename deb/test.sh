#!/bin/sh
# The package in a Debian of its own: built twice the same, installed, used, updated, removed and purged without a trace.
# Needs root, debootstrap, systemd-nspawn and half a gigabyte of downloads: `make deb-test`, never part of the other tests.
set -eu
cd "$(dirname "$0")/.."
place=${1:-var/deb}
root=$place/root
python=.venv/bin/python

fail() { echo "deb-test: $*" >&2; exit 1; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# Every file but what the package tools and systemd remember themselves, and the caches of others.
files() { inside find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /tmp -o -path /var/lib/dpkg -o -path /var/cache \
    -o -path /var/log -o -path /var/lib/apt -o -path /run/systemd -o -path /root \) -prune -o -print | sort; }
# In the Debian that runs under a systemd of its own.
booted() { nsenter --target "$init" --all --root env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"; }
units="boards keypads kiosk screen staff"
of_all() { for unit in $units; do booted systemctl "$@" "lobbyline-$unit"; done | sort -u | tr '\n' ' '; }
# Waits until a word is what all units say, at most so many seconds.
until_all() {
    for second in $(seq "$1"); do
        [ "$(of_all show --value -p "$2")" = "$3 " ] && [ "$(of_all is-active)" = "active " ] && return
        sleep 1
    done
    booted journalctl --no-pager -u 'lobbyline*' >"$place/journal.log"
    fail "$4: see $place/journal.log"
}
leave() { [ -z "${container:-}" ] || kill "$container" 2>/dev/null || true; for mount in proc dev/shm dev/pts dev; do umount -l "$root/$mount" 2>/dev/null || true; done; }

[ "$(id -u)" = 0 ] || fail "debootstrap needs root"
for tool in debootstrap systemd-nspawn; do
    command -v $tool >/dev/null || fail "first: apt-get install debootstrap systemd-container"
done

echo "== built twice, the same"
package=$($python -m deb "$place/one")
again=$($python -m deb "$place/two")
cmp "$package" "$again" || fail "two builds differ"

echo "== a fresh Debian"
trap leave EXIT
if [ ! -e "$root/etc/debian_version" ]; then
    debootstrap --variant=minbase bookworm "$root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$place/debootstrap.log" || fail "see $place/debootstrap.log"
fi
mount --bind /dev "$root/dev"; mount -t tmpfs tmpfs "$root/dev/shm"; mount -t devpts devpts "$root/dev/pts"; mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/resolv.conf"
if [ -n "${APT_CONFIG_DIR:-}" ]; then cp -r "$APT_CONFIG_DIR/." "$root/etc/apt/"; fi
inside apt-get update -qq
inside apt-get purge -y -qq lobbyline >/dev/null 2>&1 || true
# What it depends on first, so that what the package itself brings can be told apart.
depends=$(dpkg-deb -f "$package" Depends | sed 's/([^)]*)//g; s/,/ /g')
inside apt-get install -y -qq --no-install-recommends $depends >/dev/null
files >"$place/before"

echo "== installed"
cp "$package" "$root/tmp/lobbyline.deb"
inside apt-get install -y -qq --no-install-recommends /tmp/lobbyline.deb | grep "lobbyline setup" || fail "it does not say how to begin"
inside getent passwd lobbyline | grep -q nologin || fail "the user lobbyline is not there, or may log in"
[ "$(inside stat -c '%a %U' /var/lib/lobbyline)" = "700 lobbyline" ] || fail "the memory's folder is open"
inside systemd-analyze verify --man=no /usr/lib/systemd/system/lobbyline.target 2>&1 | grep -v 'weston' | grep . && fail "systemd complains" || true

echo "== used, as its own user, with all four programs"
inside cp -r /usr/lib/lobbyline/lobbyline/assets/branches/jingqi-street /etc/lobbyline/branch
inside chown -R lobbyline:lobbyline /etc/lobbyline/branch
inside lobbyline check
monday=2026-11-23T10:12
QT='QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software'
inside env $QT timeout --signal=INT --kill-after=20 25 lobbyline run --standins --at $monday >"$place/run.log" 2>&1 &
running=$!
inside sh -c 'for n in $(seq 100); do [ -e /var/lib/lobbyline/standin/paper/front ] && break; sleep 0.2; done'
inside lobbyline take W1 --print --at $monday --json | grep -q '"A001"' || fail "no number was drawn"
inside lobbyline counter 1 next --at $monday
wait $running || true
inside sh -c 'ls /var/lib/lobbyline/standin/paper/front/*.png' >/dev/null || fail "no paper was printed: see $place/run.log"
inside lobbyline backup --at $monday
[ "$(inside stat -c %U /var/lib/lobbyline/lobby.sqlite)" = lobbyline ] || fail "root left a file of its own"

echo "== kept alive by a systemd of its own, in memory, so that nothing of this stays"
systemd-nspawn --quiet --register=no --keep-unit --volatile=overlay --boot --directory="$root" >"$place/boot.log" 2>&1 </dev/null &
container=$!
for second in $(seq 30); do
    init=$(pgrep -P "$container") && booted systemctl is-system-running 2>&1 | grep -q 'running\|degraded' && break
    sleep 1
done
for face in kiosk screen; do  # there is no panel
    booted sh -c "mkdir -p /run/systemd/system/lobbyline-$face.service.d && cat >/run/systemd/system/lobbyline-$face.service.d/panel.conf" <<END
[Service]
Environment=QT_QPA_PLATFORM=offscreen
END
done
booted systemctl daemon-reload
booted systemctl start lobbyline.target
until_all 30 NRestarts 0 "not everything starts"
of_all kill --signal=KILL
until_all 30 NRestarts 1 "a program that was killed stays away"
of_all kill --signal=STOP
until_all 60 NRestarts 2 "a program that froze stays frozen"
booted lobbyline take W1 --at $monday --json | grep -q '"A002"' || fail "no number beside the programs"
booted systemctl start lobbyline-backup.service lobbyline-evening.service || fail "backup or evening do not end well"
until_all 30 Result success "the windows do not come back after the evening"
booted systemctl stop lobbyline.target
[ "$(of_all show --value -p Result)" = "success " ] || fail "not everything stops in order"
kill "$container"; wait "$container" || true; container=

echo "== updated: the memory stays"
inside dpkg -i --force-confold /tmp/lobbyline.deb >/dev/null
inside lobbyline show A001 --at $monday | grep -q A001 || fail "the update lost a number"

echo "== removed: files and memory stay; purged: nothing does"
inside apt-get remove -y -qq lobbyline >/dev/null
inside test -e /etc/lobbyline/branch/branch.toml -a -e /var/lib/lobbyline/lobby.sqlite || fail "removal took the branch with it"
inside apt-get purge -y -qq lobbyline >/dev/null
files >"$place/after"
diff "$place/before" "$place/after" >"$place/left" || fail "purging left: $(cat "$place/left")"
inside getent passwd lobbyline && fail "the user is still there"
echo "deb-test: all well; $(du -h "$package" | cut -f1) $package"
