/** Programs that say what those of Slurm would, and run jobs at once, one after the other: for what needs no batch system to be shown. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface FakeSlurm {
  readonly env: Readonly<Record<string, string>>
  /** Arguments of each call of sbatch. */
  submitted(): string[][]
  /** What a program is to do from now on, in place of what it does: a line of sh. */
  replace(program: 'sbatch' | 'squeue' | 'scancel' | 'sacct', script: string): void
}

/** Jobs of the n-th array have the number n. */
const SBATCH = `
for one in "$@"; do printf '%s\\n' "$one"; done >"$FAKE/call.$$" && mv "$FAKE/call.$$" "$FAKE/submitted-$(ls "$FAKE" | grep -c submitted-)"
id=$(ls "$FAKE" | grep -c submitted-)
last=0
for one in "$@"; do
  case $one in --array=*) last=\${one#--array=0-}; last=\${last%%\\%*};; --output=*) output=\${one#--output=}; output=\${output%-%a.log};; esac
  script=$list
  list=$one
done
index=0
while [ $index -le $last ]; do
  SLURM_ARRAY_TASK_ID=$index SLURM_ARRAY_JOB_ID=$id sh "$script" "$list" >"$output-$index.log" 2>&1
  index=$((index + 1))
done
echo $id`

export function fakeSlurm(folder: string): FakeSlurm {
  const [bin, state] = [join(folder, 'bin'), join(folder, 'state')]
  mkdirSync(bin)
  mkdirSync(state)
  const fake: FakeSlurm = {
    env: { PATH: `${bin}${delimiter}${process.env.PATH}`, FAKE: state },
    submitted: () => {
      const calls: string[][] = []
      for (let k = 0; existsSync(join(state, `submitted-${k}`)); k++) {
        calls.push(
          readFileSync(join(state, `submitted-${k}`), 'utf8')
            .trimEnd()
            .split('\n'),
        )
      }
      return calls
    },
    replace(program, script) {
      writeFileSync(join(bin, program), `#!/bin/sh\n${script}\n`)
      chmodSync(join(bin, program), 0o755)
    },
  }
  fake.replace('sbatch', SBATCH)
  fake.replace('squeue', 'exit 0')
  fake.replace('scancel', 'exit 0')
  fake.replace('sacct', 'exit 1')
  return fake
}
