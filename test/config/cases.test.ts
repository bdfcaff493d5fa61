import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { loadConfiguration, partitionCount } from '../../lib/config/index.js'
import { sharedDir, testIf } from '../support/tools.js'
import { smallest } from './samples.js'

const shared = sharedDir()
const withShared = testIf(test, shared, 'the shared reference cases')
const document = (dir: string, name: string) => {
  const path = join(dir, `${name}.json`)
  return existsSync(path) ? path : null
}

test('the committed sample configuration loads without a warning', () => {
  const { job, warnings } = loadConfiguration({
    config: 'fixtures/config/runner.json',
    fileset: 'fixtures/config/fileset.json',
    settings: 'fixtures/config/settings.json',
    binning: 'fixtures/config/binning.json',
  })
  equal(warnings, [])
  ok(job.methods.length > 2)
})

withShared('the configurations of the reference cases load; only settings of other workflows are warned of', () => {
  const workflows = new Set<string>()
  const cases = join(shared!, 'cases')
  for (const name of readdirSync(cases).filter(name => existsSync(join(cases, name, 'runner.json')))) {
    const dir = join(cases, name)
    const { job, warnings } = loadConfiguration({
      config: join(dir, 'runner.json'),
      fileset: join(dir, 'fileset.json'),
      settings: document(dir, 'settings'),
      binning: document(dir, 'binning'),
    })
    workflows.add(job.workflow)
    for (const { message } of warnings)
      ok(/^ignored: \w+ has no option "start_from_diphotons"/.test(message), `${name}: ${message}`)
    equal(JSON.parse(JSON.stringify(job)), job)
  }
  is(workflows.size, 7)
})

withShared('the filesets that preprocess makes load without a warning', () => {
  const counts: Record<string, number[]> = {}
  for (const name of readdirSync(join(shared!, 'cases', 'preprocess'))) {
    for (const which of ['available', 'updated']) {
      const fileset = join(shared!, 'cases', 'preprocess', name, `${which}.json`)
      const { job, warnings } = loadConfiguration({ ...smallest('ElectronTagNProbeFromNanoAOD'), fileset })
      equal(warnings, [])
      counts[`${name}/${which}`] = job.datasets.map(partitionCount)
    }
  }
  equal(counts['step400-aligned/available']![0], 8)
  equal(counts['step400/available']![0], 62)
})

test.run()
