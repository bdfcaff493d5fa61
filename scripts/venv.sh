#!/usr/bin/env bash
# `venv.sh NAME REQUIREMENTS [OPTIONS OF PIP]`: makes a Python with these packages (in a cache folder, by the hash of the file that
# lists them) where it is not there yet, and prints the path of its interpreter.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
name=$1 requirements=$2
shift 2

hash=$(sha256sum "$requirements" | cut -c 1-12)
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/tnp-pipe
mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ] || cache=$(mktemp -d)
venv=$cache/$name-$hash

if [ ! -e "$venv/complete" ]; then
  echo "making $venv ..." >&2
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" -r "$requirements" >&2
  touch "$venv/complete"
fi
echo "$venv/bin/python"
