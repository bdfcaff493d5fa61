/** Files that a dataset lists twice, under other names: told of, left out, or refused. */
import { copyFileSync, linkSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { type DatasetFile, describeDuplicates, duplicateFiles, uuidKey } from '../../lib/config/index.js'
import { openRootFile } from '../../lib/root/index.js'
import { runAnalysis, type Scratch, scratch, tnpPipe } from '../support/cli.js'
import { bash } from '../support/shell.js'

const RUNNER = {
  workflow: 'ElectronTagNProbeFromNanoAOD',
  workflow_args: { filters: { loose: 'cutBased >= 2' } },
  methods: [{ name: 'get_nd_tnp_histograms', args: { filter: 'loose', vars: ['el_pt'] } }],
}
const EVENTS = 240

/** The fixture with a UUID of its own: those of fixtures are all alike. */
async function withUuid(path: string, uuid = '6a09e667-f3bc-11e9-908b-b2fb7f3bcc90'): Promise<string> {
  const bytes = readFileSync('fixtures/root/nano-data.root')
  const file = await openRootFile('fixtures/root/nano-data.root')
  const at = bytes.indexOf(Buffer.from(file.uuid.replaceAll('-', ''), 'hex'))
  await file.close()
  ok(at > 0 && at < 100)
  bytes.set(Buffer.from(uuid.replaceAll('-', ''), 'hex'), at)
  writeFileSync(path, bytes)
  return path
}

async function withFiles(use: (dir: Scratch) => Promise<void>): Promise<void> {
  const dir = scratch()
  try {
    await withUuid(dir.path('base.root'))
    dir.json('runner.json', RUNNER)
    await use(dir)
  } finally {
    dir.remove()
  }
}

function fileset(dir: Scratch, ...paths: string[]): void {
  const files = Object.fromEntries(paths.map(path => [path, 'Events']))
  dir.json('fileset.json', { D: { files, metadata: { isMC: false } } })
}

async function run(dir: Scratch, ...more: string[]) {
  const args = ['--config', 'runner.json', '--fileset', 'fileset.json', '--output', 'out', '--executor', 'sync']
  const { status, stdout, stderr } = await runAnalysis([...args, ...more], { cwd: dir.dir })
  return { status, stderr, events: Number(/(\d+) events\n/.exec(stdout + stderr)?.[1]), text: stdout + stderr }
}

const TWICE = /dataset "D": a file is listed twice, so its events count twice: ".*" is ".*base\.root"/g

test('./, links, hard links and copies are told of once, and count twice', async () => {
  await withFiles(async dir => {
    symlinkSync('base.root', dir.path('link.root'))
    linkSync(dir.path('base.root'), dir.path('hard.root'))
    copyFileSync(dir.path('base.root'), dir.path('copy.root'))
    for (const other of ['./base.root', 'link.root', 'hard.root', 'copy.root', dir.path('base.root')]) {
      fileset(dir, 'base.root', other)
      const { status, stderr, text } = await run(dir)
      equal(status, 0, stderr)
      equal(stderr.match(TWICE)?.length, 1, stderr)
      match(stderr, `"${other}" is "base.root"`)
      match(text, `2 files, ${2 * EVENTS} events`)
    }
  })
})

test('--duplicate-files skip reads them once, error ends before reading, keep says nothing', async () => {
  await withFiles(async dir => {
    copyFileSync(dir.path('base.root'), dir.path('copy.root'))
    await withUuid(dir.path('other.root'), '6a09e667-f3bc-11e9-908b-b2fb7f3bcc91')
    for (const other of ['./base.root', 'copy.root']) {
      fileset(dir, 'base.root', 'other.root', other)
      const skipped = await run(dir, '--duplicate-files', 'skip')
      match(skipped.text, `2 files, ${2 * EVENTS} events`)
      match(skipped.stderr, `a file is listed twice and read once: "${other}" is "base.root"`)
      const refused = await run(dir, '--duplicate-files', 'error')
      equal(refused.status, 2)
      match(refused.stderr, `fileset, dataset "D": a file is listed twice`)
      match(refused.stderr, `"${other}" is "base.root"`)
      const kept = await run(dir, '--duplicate-files', 'keep')
      match(kept.text, `3 files, ${3 * EVENTS} events`)
      not.match(kept.stderr, 'listed twice')
    }
    fileset(dir, 'base.root', 'other.root')
    const { status, stderr } = await run(dir, '--duplicate-files', 'error')
    equal([status, stderr.includes('twice')], [0, false], stderr)
  })
})

test('after preprocessing, in pipes, and by preprocess itself', async () => {
  await withFiles(async dir => {
    copyFileSync(dir.path('base.root'), dir.path('copy.root'))
    fileset(dir, 'base.root', 'copy.root')
    const env = { TMPDIR: dir.dir }
    const args = ['--config', 'runner.json', '--fileset', 'fileset.json', '--output', 'out', '--preprocess']
    const ran = await runAnalysis(args, { cwd: dir.dir, env })
    equal(ran.status, 0, ran.stderr)
    equal(ran.stderr.match(TWICE)?.length, 1, ran.stderr)
    const made = await tnpPipe(['preprocess', 'fileset.json'], { cwd: dir.dir })
    equal(made.status, 0, made.stderr)
    match(made.stderr, 'files are listed twice, so their events count twice: "copy.root" is "base.root"')
    const pipe = (options: string) =>
      bash(
        `cd '${dir.dir}'; tnp-pipe chunks fileset.json ${options} | tnp-pipe decode --branches 'Electron_pt' | wc -c`,
      )
    const late = await pipe('')
    equal(late.stderr.match(TWICE)?.length, 1, late.stderr)
    equal((await pipe('--duplicate-files keep')).stderr, '')
    const skipped = await pipe('--duplicate-files skip')
    match(skipped.stderr, 'a file is listed twice and read once')
    ok(Number(skipped.stdout) < Number(late.stdout))
  })
})

const file = (path: string, more: Partial<DatasetFile> = {}): DatasetFile => ({
  ...{ path, tree: 'Events', steps: null, numEntries: 100, uuid: 'u' },
  ...more,
})
const found = (...files: DatasetFile[]) =>
  duplicateFiles(files, f => uuidKey(f.uuid, f.numEntries)).map(({ index, of }) => [index, of])

test('same UUID and entries; not other trees, steps that do not overlap, empty files, or UUIDs that all files share', () => {
  equal(found(file('a'), file('b'), file('c', { uuid: 'v' }), file('d')), [
    [1, 'a'],
    [3, 'a'],
  ])
  equal(found(file('a'), file('b', { numEntries: 99 })), [])
  equal(found(file('a'), file('b', { tree: 'Runs' })), [])
  equal(found(file('a', { steps: [[0, 50]] }), file('b', { steps: [[50, 100]] })), [])
  equal(found(file('a', { steps: [[0, 51]] }), file('b', { steps: [[50, 100]] })), [[1, 'a']])
  equal(found(file('a', { numEntries: 0 }), file('b', { numEntries: 0 })), [])
  const shared = { uuid: '00000000-0000-1000-8000-000000000000' }
  equal(found(file('a', shared), file('b', shared)), [])
  equal(found(file('a', { uuid: null }), file('b', { uuid: null })), [])
  const many = Array.from({ length: 8 }, (_, index) => ({ index, path: `p${index}`, of: 'a' }))
  match(describeDuplicates(many), /"p4" is "a" and 3 more$/)
})

test.run()
