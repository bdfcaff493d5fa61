/** The script that each job runs: it looks whether everything is there, starts the worker, and tells why where that leaves nothing. */
import { fileURLToPath } from 'node:url'
import { mebibytes } from './options.js'

/** Beside the compiled modules, and beside the joined programs. */
const WORKER = fileURLToPath(
  new URL(import.meta.url.endsWith('/job-script.js') ? './worker.js' : './batch-worker.js', import.meta.url),
)

/** Passed on where they are set: HTCondor's jobs start with an empty environment. */
const PASSED_ON = ['TNP_PYTHON', 'X509_CERT_DIR', 'X509_VOMS_DIR', 'BEARER_TOKEN_FILE', 'NODE_EXTRA_CA_CERTS']

export interface ScriptFacts {
  /** The run's folder. */
  readonly run: string
  /** Where paths of the job start from. */
  readonly cwd: string
  /** null: none is used. */
  readonly proxy: string | null
  readonly cores: number
  readonly memoryBytes: number
}

/** Of the heap's limit, in shares of a job's memory: columns are outside of it. */
const HEAP_SHARE = 0.75

export function jobScript(
  { run, cwd, proxy, cores, memoryBytes }: ScriptFacts,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const variables = PASSED_ON.filter(name => env[name]).map(name => `export ${name}=${quoted(env[name]!)}`)
  if (proxy !== null) variables.push(`export X509_USER_PROXY=${quoted(proxy)}`)
  const heap = Math.floor(mebibytes(memoryBytes) * HEAP_SHARE)
  return `#!/bin/sh
# One job of tnp-pipe: the group of chunks on line $2 (from 0) below the first of the file $1.
umask 077
run=${quoted(run)}
list=$1
index=\${2:-$SLURM_ARRAY_TASK_ID}
if [ ! -r "$list" ]; then
  echo "tnp-pipe: $list cannot be read on $(hostname). Jobs need the folder of the run under the same path there." >&2
  exit 1
fi
# HTCondor would bring what is printed at the end only.
[ -n "$SLURM_ARRAY_TASK_ID" ] || exec >>"$(sed -n 1p "$list")-$index.log" 2>&1
line=$(sed -n "$((index + 2))p" "$list")
group=\${line%% *}
pass=\${line##* }
host=$(hostname)
echo "== $(date) $host job \${SLURM_ARRAY_JOB_ID:-$3}.$index group $group"
failed="$run/failed/$group.json"
rm -f "$failed"
fail() {
  [ -e "$failed" ] || [ -e "$run/results/$group" ] && return
  text=$(printf '%s' "$2" | sed 's/[\\\\"]/\\\\&/g')
  printf '{"kind":"%s","message":"%s","host":"%s"}\\n' "$1" "$text" "$host" >"$run/failed/.$group.$$" &&
    mv -f "$run/failed/.$group.$$" "$failed"
  echo "$2"
}
node=\${TNP_NODE:-${quoted(env.TNP_NODE || process.execPath)}}
worker=${quoted(WORKER)}
cwd=${quoted(cwd)}
if ! command -v "$node" >/dev/null; then
  fail place "there is no Node at $node. Jobs need it under the same path as here, or TNP_NODE set to another"
  exit 1
fi
if [ ! -r "$worker" ]; then
  fail place "this program is not at $worker. Jobs need it under the same path as where they were submitted"
  exit 1
fi
if ! cd "$cwd"; then
  fail place "the folder $cwd is not there. Jobs start from where they were submitted"
  exit 1
fi
${variables.join('\n')}
"$node" --max-old-space-size=${heap} "$worker" "$run" "$group" "$pass" ${cores} ${Math.floor(memoryBytes)} &
child=$!
told=
trap 'told=1; kill -TERM $child 2>/dev/null' TERM INT HUP
wait $child
status=$?
while kill -0 $child 2>/dev/null; do
  wait $child
  status=$?
done
if [ -n "$told" ]; then
  fail ended "the batch system ended it: it was taken back, or its time was over"
elif [ $status -gt 128 ]; then
  fail killed "it was killed by signal $((status - 128))$([ $status = 137 ] && echo ', which is what happens where memory runs out')"
elif [ $status != 0 ]; then
  fail killed "the worker ended with status $status"
fi
[ -e "$run/results/$group" ] && exit 0
exit $status
`
}

/** For sh. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
