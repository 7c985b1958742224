#!/bin/sh
# The whole way on a bare Debian 12: the README's two commands, then freeze, package, install, try,
# remove. Two roots are made by debootstrap (minbase): one builds; the other, where Python never was,
# gets only the package. Usage, as root: bare_root.sh [smoke|full|again] [FOLDER] . `full` runs all of
# `make test` (half an hour), `smoke` (the default) ruff and a minute of tests, `again` installs what
# was built in FOLDER before. FOLDER is kept; what debootstrap made in it is used again.
# Mirror, name service and certificates are this machine's own.
set -eu
tests=${1:-smoke}
folder=${2:-$(mktemp -d)}
suite=bookworm
here=$(cd "$(dirname "$0")/../.." && pwd)

if [ "${BARE_ROOT_INSIDE:-}" != yes ]; then
    [ "$(id -u)" -eq 0 ] || { echo "bare_root.sh needs root: it makes a root of its own." >&2; exit 2; }
    for program in debootstrap unshare git; do
        command -v "$program" >/dev/null || { echo "bare_root.sh needs $program." >&2; exit 2; }
    done
    # Mounts and processes of the roots end with this shell, however it ends.
    exec env BARE_ROOT_INSIDE=yes unshare --mount --pid --fork --kill-child \
        sh "$0" "$tests" "$folder"
fi

mkdir -p "$folder"
began=$(date +%s)
step() { printf '== %4d s  %s\n' "$(($(date +%s) - began))" "$*"; }
fail() { echo "BARE ROOT: $*" >&2; exit 1; }

# a new root of the name $1
make_root() {
    rm -rf "${folder:?}/$1"
    cp -a "$folder/base" "$folder/$1"
    mount --bind /dev "$folder/$1/dev"
    mount --bind /dev/pts "$folder/$1/dev/pts"
    mount -t tmpfs tmpfs "$folder/$1/dev/shm"
    mount -t proc proc "$folder/$1/proc"
    cp /etc/resolv.conf "$folder/$1/etc/resolv.conf"
    echo "127.0.0.1 localhost" >"$folder/$1/etc/hosts"  # the system's installer writes it
    mkdir -p "$folder/$1/etc/ssl/certs"
    cp -L /etc/ssl/certs/ca-certificates.crt "$folder/$1/etc/ssl/certs/"
    in_root "$1" apt-get -q update >/dev/null
}

# in root $1: the command that follows, with nothing of this shell's environment but proxies
in_root() {
    root=$folder/$1
    shift
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive PIP_CERT=/etc/ssl/certs/ca-certificates.crt \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        chroot "$root" "$@"
}
build() { in_root build sh -euc "cd /root/socialdesk && $1"; }
as_ann() { in_root install su - ann -c "export LANG=C.UTF-8; $1"; }
install_in() { in_root "$1" apt-get -q install -y --no-install-recommends $2 >"$folder/apt.log" 2>&1 ||
    { tail -n 20 "$folder/apt.log"; fail "apt could not install: $2"; }; }

step "debootstrap, minbase"
if [ ! -d "$folder/base" ]; then
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Identifier: Packages' |
        sed -n "s/ $suite\$//p" | head -n 1)
    [ -n "$mirror" ] || fail "this machine's apt knows no $suite"
    rm -rf "$folder/base.part"
    debootstrap --variant=minbase "$suite" "$folder/base.part" "$mirror" \
        >"$folder/debootstrap.log" 2>&1 ||
        { tail -n 20 "$folder/debootstrap.log"; fail "debootstrap failed"; }
    mv "$folder/base.part" "$folder/base"
fi

if [ "$tests" != again ]; then
step "the root that builds: Python, git and make, as the README asks for"
make_root build
install_in build "python3 git make ca-certificates"
cp -L /etc/ssl/certs/ca-certificates.crt "$folder/build/etc/ssl/certs/"
git clone -q --no-hardlinks "$here" "$folder/build/root/socialdesk"

step "make run, without a screen"
build "make run"

step "tests: $tests"
if [ "$tests" = full ]; then
    build "make test"
else
    build ".venv/bin/python -m ruff check . && QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -q \
        tests/domain tests/test_places.py tests/test_i18n.py tests/test_licenses.py"
fi

step "make installer: freeze, package, archive, bill of materials, hashes"
build "make installer"
build "cd dist && sha256sum --check SHA256SUMS && du -sm socialdesk && ls -l"

fi

step "the root that installs: nothing but the package"
make_root install
cp "$folder"/build/root/socialdesk/dist/*.deb "$folder/install/root/socialdesk.deb"
install_in install /root/socialdesk.deb
in_root install sh -c '! command -v python3' || fail "Python came along: nothing is proved"
in_root install dpkg --verify socialdesk
in_root install useradd --create-home --shell /bin/sh ann

step "self-test without a screen, without a keyring"
as_ann "QT_QPA_PLATFORM=offscreen socialdesk --self-test" | tee "$folder/offscreen.json"
grep -q '"failed": {}' "$folder/offscreen.json" || fail "the self-test failed"

step "self-test on a screen, with the GNOME keyring"
install_in install "xvfb xauth xdotool dbus gnome-keyring"
cp "$here/tests/with_keyring.sh" "$folder/install/usr/local/bin/with_keyring"
as_ann "sh /usr/local/bin/with_keyring xvfb-run -a socialdesk --self-test" | tee "$folder/screen.json"
for words in '"failed": {}' '"round_trip": true' '"screen": "xcb"'; do
    grep -qF "$words" "$folder/screen.json" || fail "not in the self-test: $words"
done

step "the window opens, and closes when it is told to"
cat >"$folder/install/usr/local/bin/open_window" <<'INSIDE'
socialdesk &
window=$!
tries=0
until xdotool search --onlyvisible --pid $window >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ $tries -lt 300 ] || { echo "no window in a minute"; exit 1; }
    sleep 0.2
done
until [ -s ~/.local/share/SocialDesk/workspaces/main/workspace.db ]; do sleep 0.2; done
kill -TERM $window
wait $window
echo "the window ended with $?"
INSIDE
as_ann "xvfb-run -a sh /usr/local/bin/open_window"

step "removed: nothing of the package is left, and all of the person's data is"
data=home/ann/.local/share/SocialDesk
sums() { (cd "$folder/install/$data" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }
sums >"$folder/data.before"
[ -s "$folder/data.before" ] || fail "there was no data to keep"
in_root install dpkg-deb --fsys-tarfile /root/socialdesk.deb | tar -t | sed 's|^\./||; /\/$/d; /^$/d' \
    >"$folder/files"
in_root install dpkg --purge socialdesk
while read -r file; do
    [ ! -e "$folder/install/$file" ] || fail "left behind: /$file"
done <"$folder/files"
[ ! -e "$folder/install/opt/socialdesk" ] || fail "left behind: /opt/socialdesk"
sums | cmp - "$folder/data.before" || fail "the data changed"
echo "$(wc -l <"$folder/files") files gone, $(wc -l <"$folder/data.before") files of data untouched"

step "done"
