#!/usr/bin/env bash
# What `tnp-pipe run` writes, made by the stages of a pipe.
#
#   whole-run.sh RUNNER FILESET OUT [--settings S.json] [--binning B.json]
#
# Events are read and paired once; each method goes on from the pairs. Needs tnp-pipe and node on the PATH.
set -euo pipefail

runner=$1 fileset=$2 out=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tnp-pipe chunks "$fileset" --config "$runner" "$@" |
  tnp-pipe decode --report "$work/reports.jsonl" |
  tnp-pipe weight | tnp-pipe golden | tnp-pipe pair > "$work/pairs.arrow"
tnp-pipe sink "$out" < "$work/reports.jsonl"

# One line an output: the method with its number, the stage that makes it, which probes, of which filter.
list_outputs='
  const counts = {}
  for (const { name, args } of JSON.parse(require("fs").readFileSync(process.argv[1])).methods) {
    const id = `${name}_${(counts[name] = (counts[name] ?? 0) + 1)}`
    const filters = [args?.filter ?? []].flat()
    if (name === "get_passing_and_failing_probes") {
      for (const filter of filters) for (const side of ["passing", "failing"]) console.log(`${id}|select|--${side}|${filter}`)
    } else console.log(`${id}|${name.includes("histograms") ? "fill" : "select"}||`)
  }'

node -e "$list_outputs" "$runner" > "$work/outputs.txt"
while IFS='|' read -r id stage side filter; do
  if [ "$stage" = fill ]; then
    tnp-pipe filter --method "$id" < "$work/pairs.arrow" | tnp-pipe fill | tnp-pipe merge | tnp-pipe sink "$out"
  elif [ -n "$side" ]; then
    tnp-pipe filter --method "$id" < "$work/pairs.arrow" | tnp-pipe select "$side" --filter "$filter" | tnp-pipe sink "$out"
  else
    tnp-pipe filter --method "$id" < "$work/pairs.arrow" | tnp-pipe select | tnp-pipe sink "$out"
  fi
done < "$work/outputs.txt"
