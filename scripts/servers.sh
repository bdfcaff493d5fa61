#!/usr/bin/env bash
# Sees to the stock XRootD servers and their credentials that tests of remote files run against: installs what is missing where
# it can (as root, on Debian), and fails where something is missing still. Prints nothing when all is there.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/apt.sh"

packages=(xrootd-server xrootd-client python3-xrootd xrootd-scitokens-plugins xrootd-voms-plugins voms-clients
  krb5-kdc krb5-admin-server krb5-user openssl curl)
programs=(xrootd xrdcp xrdfs xrdsssadmin voms-proxy-fake krb5kdc kadmin.local kdb5_util kinit kvno openssl curl)
plugins=(libXrdSecgsi libXrdSecztn libXrdSeckrb5 libXrdHttp libXrdAccSciTokens libXrdVoms)
PATH=$PATH:/usr/sbin:/sbin

missing() {
  local name
  for name in "${programs[@]}"; do command -v "$name" >/dev/null || echo "$name"; done
  for name in "${plugins[@]}"; do
    compgen -G "/usr/lib*/$name-*.so" >/dev/null || compgen -G "/usr/lib*/*/$name-*.so" >/dev/null || echo "$name"
  done
}

[ -z "$(missing)" ] && exit 0
install_packages "XRootD servers" "${packages[@]}"
left=$(missing | tr '\n' ' ')
if [ -n "$left" ]; then
  echo "scripts/servers.sh: missing: ${left}(wanted for tests of remote files). On Debian, as root:" >&2
  echo "  apt-get update && apt-get install -y ${packages[*]}" >&2
  exit 1
fi
