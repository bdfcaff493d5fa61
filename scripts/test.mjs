// `npm test`: packages, lint, build, tests, in that order. Ends with the plain line `N passed, N failed[, N skipped]`; a failing
// lint or build counts as one failure. Exit status 1 unless everything passed. Where TNP_NEWER_NODE names a newer Node, as in CI, what
// depends on Node most is run with that one as well.
import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { ensureInstalled } from './install.mjs'
import { TestLog } from './test-log.mjs'

/** Decompression, buffers, workers, streams, code caches: what another Node does in another way. */
const ON_NEWER_NODE =
  '^(codecs|core|formats|graph|hist|journal|root|run|shell|cli/launch|parity/(fixtures|shared))\\b.*\\.test\\.js$'

/** Tests that mostly wait, for batch systems and for the registry, run beside the other ones. */
const WAITING = '(batch|cluster|package/npm-package)\\b'
/** Files with failures are run again, alone, when all others have ended: tests run beside each other, and some of them measure time. More
 *  than so many are not: then something is broken. */
const MOST_AGAIN = 4
/** Files whose time is said at the end. */
const SLOWEST_FILES = 12

ensureInstalled()
const lint = await run('node_modules/@biomejs/biome/bin/biome', ['check', '.'])
const build = await run('scripts/build.mjs', [])
const tests = build.status === 0 ? await runAll() : []

const sum = key => tests.reduce((total, part) => total + part[key], 0)
const [passed, skipped] = [sum('passed'), sum('skipped')]
const failed = sum('failed') + (lint.status === 0 ? 0 : 1) + (build.status === 0 ? 0 : 1)
const failures = tests.flatMap(part => part.failures)
if (failures.length > 0) process.stdout.write(`\nWhat failed:\n\n${failures.join('\n\n')}\n\n`)
if (lint.status !== 0) process.stdout.write('lint failed: see the top of this output, or run `npm run lint`\n')
if (build.status !== 0) process.stdout.write('build failed: no test was run\n')
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

async function runAll() {
  const newer = process.env.TNP_NEWER_NODE
  let heldBack = ''
  const waiting = runTests(`^${WAITING}.*\\.test\\.js$`, { print: text => (heldBack += text) })
  const done = [await runTests(`^(?!${WAITING}).*\\.test\\.js$`)]
  if (newer !== undefined) {
    process.stdout.write('On the Node that TNP_NEWER_NODE names:\n')
    done.push(await runTests(ON_NEWER_NODE, { node: newer }))
  }
  done.push(await waiting)
  process.stdout.write(heldBack)
  const again = []
  for (const part of done) again.push(await withSecondTry(part))
  return again
}

/** What failed beside others and passed alone is told, and is no failure. */
async function withSecondTry(part) {
  const { failedFiles: files, node, isWhole } = part
  if (!isWhole || files.length === 0 || files.length > MOST_AGAIN) return part
  process.stdout.write(`\nFailed beside others, run again alone:\n\n${part.failures.join('\n\n')}\n\n`)
  const pattern = files.map(file => file.replaceAll(/[.]/g, '\\.')).join('|')
  const alone = await runTests(`^(${pattern})$`, { node })
  const mended = Math.max(0, part.failed - alone.failed)
  return { ...part, passed: part.passed + mended, failed: alone.failed, failures: alone.failures }
}

async function runTests(pattern, { node, print = toStdout } = {}) {
  const log = new TestLog()
  const told = text => {
    log.write(text)
    print(text)
  }
  const ended = await run('node_modules/uvu/bin.js', ['dist/test', pattern], { node, print: told })
  print(`The slowest files:\n${log.slowest(SLOWEST_FILES).join('\n')}\n\n`)
  return { ...totals(ended), failures: log.failures(), failedFiles: log.failedFiles(), node }
}

function toStdout(text) {
  process.stdout.write(text)
}

/** Runs a Node program, printing its output as it comes. Resolves with the exit status and the end of its stdout. */
function run(program, args, { node = process.execPath, print = toStdout } = {}) {
  return new Promise(resolve => {
    const child = spawn(node, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    let tail = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', chunk => {
      print(chunk)
      tail = (tail + chunk).slice(-4096)
    })
    child.on('close', status => resolve({ status: status ?? 1, tail }))
  })
}

/** uvu's closing totals. Where it died before printing them, or failed with none counted, that is one failure. */
function totals({ status, tail }) {
  const found = /Total: +(\d+)\s+Passed: +(\d+)\s+Skipped: +(\d+)/.exec(stripVTControlCharacters(tail))
  if (found === null) return { passed: 0, failed: 1, skipped: 0, isWhole: false }
  const [total, passed, skipped] = found.slice(1).map(Number)
  return { passed, failed: Math.max(total - passed, status === 0 ? 0 : 1), skipped, isWhole: true }
}
