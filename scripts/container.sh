#!/usr/bin/env bash
# Sees to what tests of container images need (buildah, and a base image from debootstrap: registries of images are not asked), as root
# on Debian, and prints the folder that has the base, as an OCI archive and as a tar: what TNP_CONTAINER is for the tests.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/apt.sh"
PATH=$PATH:/usr/sbin:/sbin

missing() {
  local name
  for name in buildah debootstrap ip unshare xz; do command -v "$name" >/dev/null || echo "$name"; done
}

[ -z "$(missing)" ] || install_packages "container images" buildah debootstrap iproute2 util-linux xz-utils
left=$(missing | tr '\n' ' ')
if [ -n "$left" ]; then
  echo "scripts/container.sh: missing: ${left}(wanted for tests of container images). On Debian, as root:" >&2
  echo "  apt-get update && apt-get install -y buildah debootstrap iproute2 util-linux xz-utils" >&2
  exit 1
fi

suite=bookworm
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/tnp-pipe
mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ] || cache=$(mktemp -d)
hash=$(sha256sum "${BASH_SOURCE[0]}" | cut -c 1-12)
folder=$cache/container-$hash
if [ -e "$folder/complete" ]; then
  echo "$folder"
  exit 0
fi

echo "making $folder ($suite from debootstrap) ..." >&2
# debootstrap makes devices and runs what it installs: not every file system lets it.
work=$(mktemp -d /var/tmp/tnp-pipe-container-XXXXXX)
trap 'rm -rf "$work"' EXIT
# What it mounts, and what buildah mounts, is gone with this namespace.
unshare --mount --propagation private bash -euo pipefail -s "$work" "$suite" >&2 <<'MAKE'
work=$1 suite=$2
debootstrap --variant=minbase "$suite" "$work/base" >"$work/log" 2>&1 || { tail -n 20 "$work/log"; exit 1; }
rm -rf "$work"/base/var/cache/apt/* "$work"/base/var/lib/apt/lists/* "$work"/base/var/log/*
tar -C "$work/base" --exclude='./dev/*' -cf "$work/base.tar" .
buildah() { command buildah --root "$work/storage" --runroot "$work/run" "$@"; }
container=$(buildah from scratch)
buildah add --quiet "$container" "$work/base.tar" / >/dev/null
buildah commit --quiet --rm "$container" base >/dev/null
buildah push --quiet base "oci-archive:$work/base.oci.tar:base"
MAKE
rm -rf "$folder"
mkdir -p "$folder"
mv "$work/base.tar" "$work/base.oci.tar" "$folder"
touch "$folder/complete"
echo "$folder"
