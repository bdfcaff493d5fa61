#!/bin/sh
# Starts the command of this file's name by the Node of this archive, wherever the archive lies. No other program is needed but
# readlink, where this file is called by a symlink.
fail() {
  printf '%s: %s\n' "$name" "$1" >&2
  exit 1
}

self=$0
case $self in */*) ;; *) self=./$self ;; esac
while [ -h "$self" ]; do
  target=$(readlink "$self")
  case $target in /*) self=$target ;; *) self=${self%/*}/$target ;; esac
done
name=${self##*/}
root=${self%/*}/..
[ -f "$root/lib/complete" ] && [ -f "$root/node/bin/node" ] || fail "the archive in $root was not unpacked whole. Unpack it again."
# What every machine has for which this Node was made, and not what others have. uname would say more, and takes a millisecond. Where
# both are there, this Node is tried: a machine may have the C library of another processor, and may even run its programs.
[ -e @LOADER@ ] && { [ ! -e @OTHER@ ] || "$root/node/bin/node" --version >/dev/null 2>&1; } ||
  fail "this archive is for @TARGET@, and this machine is $(uname -sm). Take the archive that is for it."
exec "$root/node/bin/node" "$root/lib/node_modules/tnp-pipe/dist/bin/$name.js" "$@"
