/** Every value of every document replaced by odd ones: the outcome is a job, or a UsageError with readable problems. */
import { test } from 'uvu'
import { ok } from 'uvu/assert'
import { loadConfiguration, WORKFLOWS, type WorkflowName } from '../../lib/config/index.js'
import { type Problem, UsageError } from '../../lib/core/errors.js'
import { type Documents, electronDocuments, smallest } from './samples.js'

const ODD: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  '',
  'x',
  '::',
  true,
  false,
  [],
  [1],
  ['x', 'x'],
  [[]],
  {},
  { x: 1 },
  { x: null },
]

test('odd values anywhere in a full configuration are accepted or refused in plain words', () => {
  ok(tryAll(fullDocuments()) > 1000)
})

for (const workflow of Object.keys(WORKFLOWS) as WorkflowName[]) {
  test(`odd values anywhere in the smallest job of ${workflow} are accepted or refused in plain words`, () => {
    ok(tryAll(smallest(workflow)) > 100)
  })
}

/** Documents that set nearly every key. */
function fullDocuments(): Documents {
  const documents = electronDocuments()
  const uproot_options = { allow_read_errors_with_report: ['OSError'], timeout: 10 }
  for (const { args } of documents.config.methods) Object.assign(args, { mass_range: [50, 130], uproot_options })
  Object.assign(documents.config.methods[2].args, {
    eta_regions_pt: { all: [0, 2.5] },
    vars: ['el_pt', 'el_eta', 'el_phi'],
  })
  documents.settings = {
    tags_pt_cut: 35,
    probes_pt_cut: 10,
    cutbased_id: 'cutBased >= 2',
    extra_filter: 'a.mjs::f',
    use_sc_eta: true,
  }
  documents.binning = { el_pt_bins: [10, 20, 50] }
  documents.fileset = {
    Data: {
      files: { 'a.root': { object_path: 'Events', steps: [[0, 5]], num_entries: 10 } },
      metadata: { isMC: false },
    },
    List: ['b.root:Events'],
  }
  return documents
}

/** Replaces each value by each odd one; returns how many were tried. */
function tryAll(documents: Documents): number {
  let count = 0
  for (const path of pathsOf(documents)) {
    for (const value of ODD) {
      const changed = JSON.parse(JSON.stringify(documents)) as Documents
      const parent = path.slice(0, -1).reduce((node, key) => (node as never)[key], changed as unknown)
      ;(parent as Record<string, unknown>)[path.at(-1)!] = value
      check(changed, `${path.join('/')} = ${JSON.stringify(value)}`)
      count++
    }
  }
  return count
}

function* pathsOf(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) yield* pathsOf(child, [...path, key])
}

function check(documents: Documents, what: string): void {
  try {
    const { job, warnings } = loadConfiguration(documents)
    ok(job !== null, `${what}: no job`)
    checkTexts(warnings, what)
  } catch (error) {
    ok(error instanceof UsageError, `${what}: ${String((error as Error).stack)}`)
    checkTexts(error.problems, what)
    ok(new Set(error.problems.map(p => p.place + p.message)).size === error.problems.length, `${what}: said twice`)
    // Everything else refers to the filters by name, so replacing them all is many mistakes.
    const most = /filters = \{"x":/.test(what) ? 12 : 5
    ok(error.problems.length <= most, `${what}: ${error.problems.length} problems\n${error.message}`)
  }
}

function checkTexts(problems: readonly Problem[], what: string): void {
  for (const { place, message } of problems) {
    ok(!/undefined|\[object|by the schema/.test(place + message), `${what}: ${place}: ${message}`)
  }
}

test.run()
