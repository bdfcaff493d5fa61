#!/usr/bin/env bash
# Prints the path of a Node with libzstd of its own (22.15 and later), the newest with long-term support, for the tests that .ci/run
# repeats on it. npm serves Node's binaries as packages; it is kept in ~/.cache/tnp-pipe.
set -euo pipefail

version=24
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-x64 ;;
  Linux-aarch64) platform=linux-arm64 ;;
  Darwin-arm64) platform=darwin-arm64 ;;
  *) echo "newer-node.sh: no binary of Node is known for $(uname -s) on $(uname -m)" >&2; exit 1 ;;
esac
folder=${XDG_CACHE_HOME:-$HOME/.cache}/tnp-pipe/node-$version-$platform
binary=$folder/node_modules/node-$platform/bin/node
if ! [ -x "$binary" ]; then
  mkdir -p "$folder"
  npm install --prefix "$folder" --no-audit --no-fund --ignore-scripts "node-$platform@$version" >&2
fi
"$binary" -e 'require("zlib").zstdDecompressSync.name' >/dev/null
printf '%s\n' "$binary"
