#!/usr/bin/env bash
# Sees to the Chromium that the tests of the page run: installs Debian's where it is missing and can be (as root), and prints its path.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/apt.sh"

found() {
  local name
  for name in "${TNP_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name"; then return 0; fi
  done
  return 1
}

found && exit 0
install_packages Chromium chromium
found && exit 0
echo "scripts/browser.sh: Chromium is missing (wanted for tests of the page). On Debian, as root:" >&2
echo "  apt-get update && apt-get install -y chromium" >&2
exit 1
