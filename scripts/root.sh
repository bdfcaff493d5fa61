#!/usr/bin/env bash
# Makes a Python with ROOT (in a cache folder, by the hash of .ci/root-requirements.txt) where it is not there yet, and prints the
# path of its interpreter. Tests that convert TTrees to RNTuples use it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

hash=$(sha256sum .ci/root-requirements.txt | cut -c 1-12)
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/tnp-pipe
mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ] || cache=$(mktemp -d)
venv=$cache/root-$hash

if [ ! -e "$venv/complete" ]; then
  echo "making $venv ..." >&2
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --pre -r .ci/root-requirements.txt >&2
  touch "$venv/complete"
fi
echo "$venv/bin/python"
