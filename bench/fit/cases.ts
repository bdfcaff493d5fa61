/** `npm run fit-cases -- DIR`: fits every case (JSON file) of a folder and compares with its answer. One line a case: name,
 *  efficiency got and wanted, difference in units of its tolerance, verdict. Ends with `N passed, N failed`; exit 1 on failures. HESSE uncertainties of a case
 *  that second differences of the likelihood contradict are noted; `--strict` counts them as failures. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type FitCase, runCase } from './case.js'

const strict = process.argv.includes('--strict')
const [folder] = process.argv.slice(2).filter(argument => argument !== '--strict')
if (folder === undefined) {
  process.stderr.write('usage: npm run fit-cases -- [--strict] DIR\n')
  process.exit(2)
}
const path = resolve(process.env.INIT_CWD ?? '.', folder)
let files: string[] = []
try {
  files = readdirSync(path)
    .filter(name => name.endsWith('.json'))
    .sort()
} catch {
  process.stderr.write(`${folder}: not a folder that can be read. Give one with fit cases as JSON files.\n`)
  process.exit(2)
}
let passed = 0
for (const file of files) {
  let line: string
  try {
    const fitCase = JSON.parse(readFileSync(join(path, file), 'utf8')) as FitCase
    const { result, milliseconds, misses, notes } = runCase(fitCase, strict)
    const got = result.parameters.find(p => p.name === 'eff')!.value
    const want = fitCase.expected.values.eff
    const tolerance = fitCase.tolerance.eff
    const difference = want === undefined || tolerance === undefined ? NaN : (got - want) / tolerance
    if (misses.length === 0) passed++
    line = [
      fitCase.name.padEnd(28),
      `got ${got.toFixed(6)}`,
      `want ${want?.toFixed(6) ?? '(fixed)'}`,
      (Number.isNaN(difference) ? '' : `${difference.toFixed(2)} of tolerance`).padStart(20),
      `${milliseconds.toFixed(0)} ms`.padStart(8),
      misses.length === 0 ? 'ok' : 'FAILED',
      [...misses, ...notes].join('; '),
    ].join('  ')
  } catch (error) {
    line = `${file}  FAILED  ${error instanceof Error ? error.message : error}`
  }
  process.stdout.write(`${line.trimEnd()}\n`)
}
process.stdout.write(`${passed} passed, ${files.length - passed} failed\n`)
process.exitCode = passed === files.length && files.length > 0 ? 0 : 1
