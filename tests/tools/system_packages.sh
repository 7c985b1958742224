#!/bin/sh
# Installs the Debian packages that a set needs, and only the missing ones.
# Usage: system_packages.sh run|test|freeze|ci . Does nothing where there is no apt-get.
set -eu

# Without libGL even `import PySide6.QtWidgets` fails; the xcb part opens a real window.
RUN="libgl1 libegl1 libfontconfig1 libglib2.0-0 libdbus-1-3 libxkbcommon0
     libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
     libxcb-xkb1 libxcb-render-util0 libxcb-image0 fonts-noto-core fonts-noto-color-emoji"
# A screen, windows that take turns on it, keys, and a keyring: what the tests of real windows and
# secrets use.
TEST="xvfb xauth xdotool openbox dbus gnome-keyring"
# objdump and strip: what the program is frozen with.
FREEZE="binutils"
# Pictures, accessibility from outside, notices, the checks of the installers, and a mail server
# (Debian starts it as a service too: nothing for a person's own machine).
CI="dovecot-imapd imagemagick at-spi2-core python3-gi gir1.2-atspi-2.0 dunst fonts-noto-cjk
    desktop-file-utils appstream nsis"

case "${1:-}" in
    run) wanted="$RUN" ;;
    test) wanted="$RUN $TEST" ;;
    freeze) wanted="$RUN $FREEZE" ;;
    ci) wanted="$RUN $TEST $FREEZE $CI" ;;
    *) echo "usage: $0 run|test|freeze|ci" >&2; exit 2 ;;
esac

[ "$(uname -s)" = Linux ] || exit 0
if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "No apt-get here. If Qt does not start, install these or what your system calls them:"
    echo "  " $wanted
    exit 0
fi

# Debian's own python3 comes without venv; other builds of Python bring it.
"${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null || wanted="$wanted python3-venv"
# Debian's has its library in a package of its own, and a frozen program carries that.
library='import ctypes, sysconfig as s; ctypes.CDLL(s.get_config_var("INSTSONAME"))'
version='import sys; print("%d.%d" % sys.version_info[:2])'
case "$1" in freeze | ci)
    "${PYTHON:-python3}" -c "$library" 2>/dev/null ||
        wanted="$wanted libpython$("${PYTHON:-python3}" -c "$version")"
esac

# A name also counts as installed when another package provides it (libglib2.0-0t64).
have=$(dpkg-query -W -f='${db:Status-Status} ${Package}, ${Provides}\n' |
    sed -n 's/^installed //p' | sed 's/([^)]*)//g; s/,/ /g' | tr -s ' \n' '\n\n')
missing=""
for name in $wanted; do
    printf '%s\n' "$have" | grep -qxF "$name" || missing="$missing $name"
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    # sudo may ask for a password only where somebody can type it
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        as_root=sudo
    else
        echo "SocialDesk needs some system libraries first. Run this line, then make again:" >&2
        echo "  apt-get update && apt-get install -y --no-install-recommends$missing" >&2
        echo "as root (for example with su -c '...')." >&2
        exit 1
    fi
fi

echo "Installing system packages:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() {
    "$@" >"$log" 2>&1 || { cat "$log" >&2; echo "This did not work: $*" >&2; exit 1; }
}
apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
quietly $apt update
quietly $apt install -y --no-install-recommends $missing
