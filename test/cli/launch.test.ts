/** Starting a program from V8's code cache: made by the first run, used by the next ones, and never needed. */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'

const ROOT = join(import.meta.dirname, '..', '..', '..')
/** Present where the programs have been joined, as the package has them. */
const JOINED = join(ROOT, 'dist', 'bin')

const test = suite('launch')

/** A copy of the programs without a cache, as a fresh installation. */
function install(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tnp-launch-'))
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  cpSync(JOINED, join(folder, 'bin'), { recursive: true, filter: path => !path.endsWith('.cache') })
  return folder
}

/** Runs a small job in the installation and gives the text of its histograms. */
function runJob(folder: string): string {
  const job = join(ROOT, 'fixtures/config')
  const files = ['config', 'settings', 'fileset', 'binning'].flatMap(name => [
    `--${name}`,
    join(job, name === 'config' ? 'runner.json' : `${name}.json`),
  ])
  const output = join(folder, 'out')
  rmSync(output, { recursive: true, force: true })
  runProgram(folder, [...files, '--output', output, '--no-summary', '--no-progress'])
  return readdirSync(output, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('histos.json'))
    .sort()
    .map(name => readFileSync(join(output, name), 'utf8'))
    .join('')
}

function runProgram(folder: string, args: readonly string[]): string {
  const program = join(folder, 'bin', 'run-analysis.js')
  const run = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', cwd: ROOT })
  is(run.status, 0, run.stderr)
  return run.stdout.trim()
}

function caches(folder: string): string[] {
  return readdirSync(join(folder, 'bin'))
    .filter(name => name.includes('.cache'))
    .map(name => join(folder, 'bin', name))
}

function inInstallation(check: (folder: string) => void): void {
  const folder = install()
  try {
    check(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('the programs are joined into one script', () => {
  ok(existsSync(join(JOINED, 'run-analysis.js')))
  is(readdirSync(JOINED).filter(name => /^programs-[0-9a-f]{12}\.cjs$/.test(name)).length, 1)
})

test('every command says in one line that Node is too old, before it loads what an old one cannot', () => {
  inInstallation(folder => {
    const older = join(folder, 'older.cjs')
    writeFileSync(
      older,
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.19.1' } })",
    )
    const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { bin: Record<string, string> }
    for (const name of Object.keys(bin)) {
      const program = join(folder, 'bin', `${name}.js`)
      const run = spawnSync(process.execPath, ['-r', older, program, '--version'], { encoding: 'utf8' })
      is(run.status, 1)
      is(run.stdout, '')
      match(
        run.stderr,
        /^tnp-pipe: Node 20 or later is needed, and this is v\S+ \(.*\)\. Install a later one, or .*\n$/,
      )
    }
  })
})

test('the first job makes one cache, which later ones use as it is', () => {
  inInstallation(folder => {
    const version = runProgram(folder, ['--version'])
    equal(caches(folder), [])
    const first = runJob(folder)
    ok(first.length > 1000)
    const [cache, ...others] = caches(folder)
    equal(others, [])
    ok(statSync(cache!).size > 10_000)
    const before = statSync(cache!)
    is(runJob(folder), first)
    is(runProgram(folder, ['--version']), version)
    equal(caches(folder), [cache])
    const after = statSync(cache!)
    equal([after.mtimeMs, after.ino], [before.mtimeMs, before.ino])
  })
})

test('a damaged cache is not used but made anew', () => {
  inInstallation(folder => {
    const whole = runJob(folder)
    const cache = caches(folder)[0]!
    const bytes = readFileSync(cache)
    const flipped = Buffer.from(bytes)
    flipped[bytes.length >>> 1]! ^= 0xff
    for (const damaged of [Buffer.alloc(0), bytes.subarray(0, 1000), Buffer.alloc(bytes.length, 0x55), flipped]) {
      writeFileSync(cache, damaged)
      is(runJob(folder), whole)
      is.not(readFileSync(cache).equals(damaged), true)
      ok(statSync(cache).size > bytes.length / 2)
    }
  })
})

test('where no cache can be written, the programs start without and leave nothing behind', () => {
  inInstallation(folder => {
    const whole = runJob(folder)
    const cache = caches(folder)[0]!
    rmSync(cache)
    // A folder of that name: neither to be read nor to be replaced, whoever runs it.
    mkdirSync(cache)
    writeFileSync(join(cache, 'x'), '')
    is(runJob(folder), whole)
    equal(caches(folder), [cache])
  })
})

test.run()
