#!/usr/bin/env bash
# Sees to the shells whose completion is tested, and to xz for the archive: installs what is missing where it can (as root, on
# Debian), and fails where something is missing still. Prints nothing when all is there.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/apt.sh"

missing() {
  local name
  for name in bash zsh fish xz; do command -v "$name" >/dev/null || echo "$name"; done
}

[ -z "$(missing)" ] && exit 0
install_packages shells bash zsh fish xz-utils
left=$(missing | tr '\n' ' ')
if [ -n "$left" ]; then
  echo "scripts/shells.sh: missing: ${left}(wanted for tests of completion and of the archive). On Debian, as root:" >&2
  echo "  apt-get update && apt-get install -y bash zsh fish xz-utils" >&2
  exit 1
fi
