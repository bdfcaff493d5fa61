# Read by scripts that see to programs for the tests.

# `install_packages WHAT PACKAGE...`: installs Debian's packages where that can be done (as root). Whether they are there then, the
# caller looks.
install_packages() {
  local what=$1
  shift
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then return 0; fi
  echo "installing $what for the tests ..." >&2
  apt_install "$@" || { apt-get update -qq >&2 && apt_install "$@"; } || true
}

apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-upgrade -o Dpkg::Use-Pty=0 "$@" >&2
}
