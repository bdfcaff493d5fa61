// `npm test`: packages, lint, build, tests, in that order. Ends with the plain line `N passed, N failed[, N skipped]`; a failing
// lint or build counts as one failure. Exit status 1 unless everything passed.
import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { ensureInstalled } from './install.mjs'

ensureInstalled()
const lint = await run('node_modules/@biomejs/biome/bin/biome', ['check', '.'])
const build = await run('scripts/build.mjs', [])
const tests = build.status === 0 ? totals(await run('node_modules/uvu/bin.js', ['dist/test', '\\.test\\.js$'])) : null

const passed = tests?.passed ?? 0
const failed = (tests?.failed ?? 0) + (lint.status === 0 ? 0 : 1) + (build.status === 0 ? 0 : 1)
const skipped = tests?.skipped ?? 0
if (lint.status !== 0) process.stdout.write('lint failed: see the top of this output, or run `npm run lint`\n')
if (build.status !== 0) process.stdout.write('build failed: no test was run\n')
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

/** Runs a Node program, passing its output on as it comes. Resolves with the exit status and the end of its stdout. */
function run(program, args) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    let tail = ''
    child.stdout.on('data', chunk => {
      process.stdout.write(chunk)
      tail = (tail + chunk).slice(-4096)
    })
    child.on('close', status => resolve({ status: status ?? 1, tail }))
  })
}

/** uvu's closing totals. Where it died before printing them, or failed with none counted, that is one failure. */
function totals({ status, tail }) {
  const found = /Total: +(\d+)\s+Passed: +(\d+)\s+Skipped: +(\d+)/.exec(stripVTControlCharacters(tail))
  if (found === null) return { passed: 0, failed: 1, skipped: 0 }
  const [total, passed, skipped] = found.slice(1).map(Number)
  return { passed, failed: Math.max(total - passed, status === 0 ? 0 : 1), skipped }
}
