/** Tables of the shared cases as RNTuples and TTrees: uproot reads the values and types that awkward reads from the Parquet files. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { filesBelow, runAnalysis, scratch } from '../support/cli.js'
import { pythonPath, sharedDir, testIf } from '../support/tools.js'
import { differencesInUproot } from '../support/uproot-tables.js'

const CASES = [
  '01-cli-example',
  '02-electron-nanoaod-mc-weights',
  '03-electron-nanoaod-data-golden',
  '04-electron-nanoaod-old-chunks',
  '05-electron-nanoaod-expressions',
  '06-photon-nanoaod-diphotons-mc',
  '07-photon-nanoaod-electron-photon',
  '08-electron-miniaod-ntuples',
  '09-photon-miniaod-ntuples',
  '10-electron-nanoaod-ntuples',
  '11-photon-nanoaod-ntuples',
  '12-scale-and-smearing',
]
const METHODS = ['get_tnp_arrays', 'get_passing_and_failing_probes', 'get_ntuples']

testIf(
  test,
  sharedDir() !== null && pythonPath(),
  '../shared, uproot',
)('uproot reads from RNTuples and TTrees what awkward reads from Parquet', async () => {
  const dir = scratch()
  const pairs: [string, string][] = []
  try {
    for (const name of CASES) {
      const folder = join(sharedDir()!, 'cases', name)
      const runner = JSON.parse(readFileSync(join(folder, 'runner.json'), 'utf8'))
      runner.methods = runner.methods.filter((method: { name: string }) => METHODS.includes(method.name))
      const settings = join(folder, 'settings.json')
      const job = ['--config', dir.json(`${name}.json`, runner), '--fileset', join(folder, 'fileset.json')]
      if (existsSync(settings)) job.push('--settings', settings)
      for (const format of ['parquet', 'rntuple', 'ttree']) {
        const out = dir.path(`${name}-${format}`)
        const args = [...job, '--output', out, '--ntuple-format', format]
        const { status, stderr } = await runAnalysis([...args, '--no-progress', '--no-summary', '--executor', 'sync'], {
          cwd: join(sharedDir()!, 'data'),
        })
        is(status, 0, `${name}: ${stderr}`)
      }
      const tables = [...filesBelow(dir.path(`${name}-parquet`)).keys()].filter(path => path.endsWith('.parquet'))
      ok(tables.length > 0, name)
      for (const format of ['rntuple', 'ttree']) {
        const other = (path: string) => path.replace(/parquet$/, 'root')
        for (const table of tables) {
          pairs.push([dir.path(`${name}-parquet/${table}`), dir.path(`${name}-${format}/${other(table)}`)])
        }
      }
    }
    const { differences, columns } = differencesInUproot(pairs)
    equal(differences, [])
    ok(columns > 2000, `${columns} columns were compared`)
  } finally {
    dir.remove()
  }
})

test.run()
