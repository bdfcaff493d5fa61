/** `npm run bench:dashboard [-- --runs N] [--files N] [--quick]`: what the page of a run costs it, with one page that reads everything and
 *  asks for a histogram once a second. The same job without and with, in turns: the median of the pairs' ratios. */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { countOption, parseCommandLine } from './arguments.js'
import { eventFiles, FULL, QUICK, WORK } from './inputs.js'
import { jobArguments } from './job.js'
import { machine, machineText } from './machine.js'
import { RUN_ANALYSIS } from './processes.js'
import { pairedRatio } from './ratio.js'
import type { Usage } from './usage.js'

const USAGE = `npm run bench:dashboard [-- OPTIONS]: time of a job with its page and a reader / without
  --runs N    pairs of runs (default 11, with --quick 1)
  --files N   files of 10,000 events (default 400)
  --quick     few and small files: whether everything runs, not how fast`
/** "1 worker" is the program's own thread, on which the page's server is as well. */
const WORKERS = [
  ['1 worker', ['--executor', 'sync']],
  ['2 workers', ['--workers', '2']],
  ['2 processes', ['--executor', 'processes', '--workers', '2']],
] as const

const { values: options } = parseCommandLine(USAGE, {
  options: {
    runs: { type: 'string' },
    files: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
})
const { quick } = options
const runs = countOption('runs', options.runs ?? (quick ? '1' : '11'))
const files = countOption('files', options.files ?? (quick ? '4' : '400'))
const output = join(WORK, 'output')
const given = jobArguments('main', await eventFiles(files, quick ? QUICK : FULL, []), true)
process.stderr.write(`${machineText(machine())}; ${runs} pairs, ${files} files each\n`)

for (const [what, args] of WORKERS) {
  const plain: Measured[] = []
  const followed: Measured[] = []
  // The first run finds files and programs outside the system's cache.
  if (!quick) await measure(args, false)
  for (let run = 0; run < runs; run++) {
    // The order changes from run to run: the first of two may find a colder machine.
    for (const isFollowed of run % 2 === 0 ? [false, true] : [true, false]) {
      ;(isFollowed ? followed : plain).push(await measure(args, isFollowed))
    }
  }
  const ratio = (of: (one: Measured) => number) => {
    const { median, min, max } = pairedRatio(followed.map(of), plain.map(of))
    return `${median.toFixed(3)} (${min.toFixed(3)} to ${max.toFixed(3)})`
  }
  const seconds = plain.map(one => one.seconds.toFixed(2)).join(', ')
  process.stdout.write(
    `${what}: time with the page / without ${ratio(one => one.seconds)}, processor time ${ratio(one => one.cpuSeconds)}; without ${seconds} s; the page got ${followed.at(-1)!.read}\n`,
  )
}

interface Measured {
  readonly seconds: number
  readonly cpuSeconds: number
  /** What the reader says. */
  readonly read: string
}

async function measure(args: readonly string[], isFollowed: boolean): Promise<Measured> {
  rmSync(output, { recursive: true, force: true })
  const reader = isFollowed ? await startReader() : null
  const usage = resolve(WORK, 'usage.json')
  const page = isFollowed ? ['--dashboard-address', '0'] : []
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [
      '--import',
      new URL('usage.js', import.meta.url).href,
      RUN_ANALYSIS,
      ...given,
      ...args,
      ...page,
      '--output',
      output,
      '--no-progress',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, BENCH_USAGE: usage } },
  )
  let said = ''
  child.stderr.on('data', part => {
    said += part
    const address = /page of the run: (\S+)\n/.exec(said)?.[1]
    if (address !== undefined) reader?.follow(address)
  })
  const status = await new Promise<number | null>(done => child.on('close', done))
  const seconds = (performance.now() - began) / 1000
  if (status !== 0) throw new Error(`run-analysis: exit status ${status}\n${said.slice(-4000)}`)
  const read = (await reader?.said) ?? ''
  const { cpuSeconds } = JSON.parse(readFileSync(usage, 'utf8')) as Usage
  if (isFollowed && !read.includes('"hasEnded":true')) throw new Error(`the reader was not told of the end: ${read}`)
  return { seconds, cpuSeconds, read: read.trim() }
}

/** Ready when it resolves. */
async function startReader(): Promise<{ readonly follow: (address: string) => void; readonly said: Promise<string> }> {
  const reader = spawn(process.execPath, [join(import.meta.dirname, 'dashboard/reader.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let text = ''
  const said = new Promise<string>(done => reader.on('close', () => done(text.replace('ready\n', ''))))
  await new Promise<void>(ready => {
    reader.stdout.on('data', part => {
      text += part
      if (text.startsWith('ready\n')) ready()
    })
  })
  let isTold = false
  const follow = (address: string) => {
    if (!isTold) reader.stdin.end(`${address}\n`)
    isTold = true
  }
  return { follow, said }
}
