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
[ -f "$root/lib/complete" ] || fail "the archive in $root was not unpacked whole. Unpack it again."
# What every machine has for which this Node was made. uname would say more, and takes a millisecond.
[ -e @LOADER@ ] || fail "this archive is for @TARGET@, and this machine is $(uname -sm) without @LOADER@. Take the archive that is for it."
exec "$root/node/bin/node" "$root/lib/node_modules/tnp-pipe/dist/bin/$name.js" "$@"
