#!/usr/bin/env bash
# Sees to the shells whose completion is tested, and to xz for the archive: installs what is missing where it can (as root, on
# Debian), and fails where something is missing still. Prints nothing when all is there.
set -euo pipefail

missing() {
  local name
  for name in bash zsh fish xz; do command -v "$name" >/dev/null || echo "$name"; done
}

install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-upgrade -o Dpkg::Use-Pty=0 bash zsh fish xz-utils >&2
}

[ -z "$(missing)" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing shells for the tests ..." >&2
  install || { apt-get update -qq >&2 && install; } || true
fi
left=$(missing | tr '\n' ' ')
if [ -n "$left" ]; then
  echo "scripts/shells.sh: missing: ${left}(wanted for tests of completion and of the archive). On Debian, as root:" >&2
  echo "  apt-get update && apt-get install -y bash zsh fish xz-utils" >&2
  exit 1
fi
