/** Completion: what may follow on a command line, and what bash, zsh and fish make of it. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { test } from 'uvu'
import { equal, is, match, not, ok } from 'uvu/assert'
import { COMMAND_VALUES, complete, VALUES } from '../../lib/cli/completion/index.js'
import { runAnalysisProgram, tnpPipeProgram } from '../../lib/cli/program.js'
import { scratch, TNP_PIPE, tnpPipe } from '../support/cli.js'
import { testIf } from '../support/tools.js'

const RUNNER = resolve('fixtures/config/runner.json')
const WORKFLOWS = [
  'ElectronTagNProbeFromNanoAOD',
  'PhotonTagNProbeFromNanoAOD',
  'ElectronTagNProbeFromMiniNTuples',
  'PhotonTagNProbeFromMiniNTuples',
  'ElectronTagNProbeFromNanoNTuples',
  'PhotonTagNProbeFromNanoNTuples',
  'ScaleAndSmearingNTuplesFromNanoAOD',
]
const FILTERS = ['HLT_Ele30_WPTight_Gsf', 'cutBased >= 4', 'tight in barrel']
const program = tnpPipeProgram(() => {})

function words(...typed: string[]): string[] {
  return complete(program, ['tnp-pipe', ...typed]).words.map(([word]) => word)
}

test('commands, and those of a command', () => {
  equal(words('exp'), ['explain'])
  ok(words('').includes('run') && words('').includes('doctor'))
  not.ok(words('').includes('complete'))
  equal(words('fileset', 'max-f'), ['max-files'])
  equal(words('nothing-of-that-name', ''), [])
})

test('options: those that fit, not those that were given, and no hidden ones', () => {
  equal(words('run', '--bin'), ['--binning'])
  equal(words('run', '--config', 'x.json', '--conf'), [])
  equal(words('run', '--stage', 'x.mjs', '--sta'), ['--stage'])
  not.ok(words('run', '--').includes('--adaptive'))
  ok(words('run', '--').includes('--help'))
})

test('values that are enumerations', () => {
  equal(words('decode', '--workflow', ''), WORKFLOWS)
  equal(words('run', '--executor', 'dask/l'), ['dask/lxplus', 'dask/lpc'])
  equal(words('run', '--executor=batch'), ['--executor=batch/slurm', '--executor=batch/condor'])
  equal(words('run', '--executor', '=', 'thread'), ['threads', 'threading'])
  equal(words('run', '--transport', ''), ['native', 'xrdcp'])
  equal(words('credentials', '--format', ''), ['text', 'json'])
  equal(words('completion', 'z'), ['zsh'])
})

test('filters and methods of the documents on the line, whose words may be quoted', () => {
  equal(words('fill', '--config', RUNNER, '--filter', ''), FILTERS)
  equal(words('fill', '--config', `'${RUNNER}'`, '--filter', '"cut'), ['cutBased >= 4'])
  equal(words('fill', `--config=${RUNNER}`, '--filter', 'tight\\ in'), ['tight in barrel'])
  equal(words('fill', '--config', RUNNER, '--method', 'get_tnp'), ['get_tnp_arrays_1', 'get_tnp_arrays_2'])
  equal(words('fill', '--config', 'fixtures/root/types.root', '--filter', ''), [])
  equal(words('fill', '--config', 'none.json', '--method', ''), [])
})

test('files of the right kind', () => {
  const kinds = (...typed: string[]) => complete(program, ['tnp-pipe', ...typed])
  equal(kinds('run', '--config', 'fix').files, ['json', 'json.gz'])
  equal(kinds('inspect', '').files, ['root'])
  equal(kinds('plot', 'a.pkl', '').files, ['pkl', 'json', 'root'])
  is(kinds('run', '--output', '').folders, true)
  equal(kinds('run', '--log-file', '').files, [])
  is(kinds('run', '--limit', '').files, null)
  const alone = complete(
    runAnalysisProgram(() => {}),
    ['run-analysis', '--fileset', ''],
  )
  equal(alone.files, ['json', 'json.gz'])
})

test('the values are those that the help texts name', () => {
  const options = (command: Command): { flags: string; description: string; command: string }[] => [
    ...command.options.map(({ flags, description }) => ({ flags, description, command: command.name() })),
    ...command.commands.flatMap(options),
  ]
  const all = options(program)
  const named = [
    ...Object.entries(VALUES).map(([flags, values]) => ({ flags, values, command: null })),
    ...Object.entries(COMMAND_VALUES).flatMap(([command, byFlags]) =>
      command === 'run-fitter' ? [] : Object.entries(byFlags).map(([flags, values]) => ({ flags, values, command })),
    ),
  ]
  for (const { flags, values, command } of named) {
    const found = all.filter(option => option.flags === flags && (command === null || option.command === command))
    ok(found.length > 0, `${command} ${flags}`)
    if (flags === '--workflow <name>' || flags === '--executor <name>') continue
    const texts = found
      .map(({ description }) => description)
      .filter(text => values.every(value => text.includes(value)))
    ok(texts.length > 0, `${command} ${flags}: ${found.map(({ description }) => description)}`)
  }
})

test('completing opens no document at a server', async () => {
  const line = ['tnp-pipe', 'run', '--fileset', 'https://127.0.0.1:9/fileset.json', '--executor', 'sy']
  const { status, stdout, stderr } = await tnpPipe(['complete', '--', ...line])
  is(status, 0)
  is(stderr, '')
  is(stdout, 'sync\t\nsynchronous\t\n')
})

const files = scratch()
mkdirSync(files.path('bin'))
mkdirSync(files.path('work'))
writeFileSync(files.path('bin/tnp-pipe'), `#!/bin/sh\nexec "${process.execPath}" "${TNP_PIPE}" "$@"\n`, { mode: 0o755 })
for (const name of ['runner.json', 'other.json', 'notes.txt']) writeFileSync(files.path(`work/${name}`), '{}')
test.after(() => files.remove())

function shell(argv: readonly string[]): string {
  const [command, ...args] = argv as [string, ...string[]]
  const env = { ...process.env, PATH: `${files.path('bin')}:${process.env.PATH}`, HOME: files.dir, TERM: 'dumb' }
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd: files.path('work'),
    env,
    encoding: 'utf8',
    timeout: 60_000,
  })
  is(status, 0, stderr)
  return stdout
}

const has = (name: string) => spawnSync(name, ['--version']).status === 0
const CASES: readonly (readonly [line: string, want: readonly string[]])[] = [
  ['tnp-pipe decode --workflow ', WORKFLOWS],
  ['tnp-pipe run --executor batch/', ['batch/slurm', 'batch/condor']],
  [`tnp-pipe fill --config ${RUNNER} --filter HL`, ['HLT_Ele30_WPTight_Gsf']],
  ['run-analysis --config ', ['runner.json', 'other.json']],
]

testIf(
  test,
  has('bash'),
  'bash',
)('bash', () => {
  const asked = (line: string) =>
    shell([
      'bash',
      '--norc',
      '-c',
      `eval "$(tnp-pipe completion bash)"
       compopt() { :; }
       COMP_WORDS=(${line.endsWith(' ') ? `${line}''` : line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
       $(complete -p ${line.split(' ')[0]} | sed 's/.*-F \\([a-z_]*\\) .*/\\1/')
       printf '%s\\n' "\${COMPREPLY[@]}"`,
    ])
      .trim()
      .split('\n')
  for (const [line, want] of CASES) equal(asked(line).sort(), [...want].sort(), line)
  equal(asked(`tnp-pipe fill --config ${RUNNER} --filter cut`), ['cutBased\\ \\>=\\ 4'])
})

testIf(
  test,
  has('fish'),
  'fish',
)('fish', () => {
  const asked = (line: string) =>
    shell(['fish', '--no-config', '-c', `tnp-pipe completion fish | source; complete -C "${line}"`])
      .trim()
      .split('\n')
      .map(text => text.split('\t')[0]!)
  for (const [line, want] of CASES) equal(asked(line).sort(), [...want].sort(), line)
})

testIf(
  test,
  has('zsh'),
  'zsh',
)('zsh', () => {
  // A terminal of its own, where the line and a tab are typed.
  const typed = (line: string, want: readonly string[]) =>
    shell([
      'zsh',
      '-f',
      '-c',
      `zmodload zsh/zpty
       zpty z zsh -f -i
       say() { zpty -w z "$1"; }
       say 'PROMPT=; unsetopt beep; stty -echo 2>/dev/null; autoload -U compinit; compinit -u -D; eval "$(tnp-pipe completion zsh)"; LISTMAX=1000; print re""ady'
       while zpty -r z got && [[ $got != *ready* ]]; do :; done
       zpty -w -n z $'${line}\\t\\t'
       for i in {1..100}; do
         while zpty -r -t z got; do all+=$got; done
         [[ ${want.map(word => `$all == *'${word}'*`).join(' && ')} ]] && break
         sleep 0.1
       done
       print -r -- "$all"
       zpty -d z`,
    ])
  for (const [line, want] of CASES) {
    const shown = typed(line, want)
    for (const word of want) match(shown, new RegExp(word.replaceAll('/', '\\/')), `${line}: ${shown}`)
    not.match(shown, /notes\.txt/)
  }
})

test.run()
