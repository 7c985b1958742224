#!/bin/sh
# Runs a command with a real, fresh, unlocked GNOME keyring; needs gnome-keyring and dbus, no
# screen. HOME must be fresh: another password on an old login keyring leaves it locked.
set -eu
HOME=$(mktemp -d)
XDG_RUNTIME_DIR=$(mktemp -d)
export HOME XDG_RUNTIME_DIR
unset XDG_DATA_HOME
chmod 700 "$XDG_RUNTIME_DIR"
trap 'rm -rf "$HOME" "$XDG_RUNTIME_DIR"' EXIT
dbus-run-session -- sh -c '
    printf test-only | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    exec "$@"' sh "$@"
