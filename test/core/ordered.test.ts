import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { parseDatasetList } from '../../lib/catalog/index.js'
import { filterTables } from '../../lib/cli/stage-flags.js'
import { BinningStore, loadConfiguration } from '../../lib/config/index.js'
import { parseJson, parseOrdered, readInOrder } from '../../lib/core/json-text.js'
import { inOrder, joined, ordered, placeOf, plain } from '../../lib/core/ordered.js'
import { scratch } from '../support/cli.js'

/** A number below n from a fixed sequence. */
function sequence(seed: number): (n: number) => number {
  let state = seed
  return n => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % n
  }
}

const NAMES = [
  'a',
  'z',
  '0',
  '1',
  '2',
  '10',
  '01',
  '-1',
  '1.5',
  '1e3',
  '4294967294',
  '4294967295',
  '99999999999',
  '',
  '__proto__',
  'x y',
]

function randomText(below: (n: number) => number, depth: number): string {
  if (depth === 0 || below(4) === 0) return String(below(100))
  if (below(4) === 0) return `[${Array.from({ length: below(4) }, () => randomText(below, depth - 1))}]`
  const names = new Set(Array.from({ length: below(6) }, () => NAMES[below(NAMES.length)]!))
  return `{${[...names].map(name => `${JSON.stringify(name)}:${randomText(below, depth - 1)}`)}}`
}

test('any document is written as it was read, by both readers', () => {
  const below = sequence(14)
  let moved = 0
  for (let i = 0; i < 2000; i++) {
    const text = randomText(below, 5)
    is(JSON.stringify(parseOrdered(text)), text)
    const parsed = parseJson(text)
    is(JSON.stringify('value' in parsed ? parsed.value : parsed.message), text)
    if (JSON.stringify(JSON.parse(text)) !== text) moved++
  }
  is(moved > 300, true, `${moved} texts that JSON.parse changes`)
})

test('names with escapes are names of digits too', () => {
  equal(Object.keys(parseOrdered('{"b": 1, "\\u0031\\u0030": 2, "2" : 3}') as object), ['b', '10', '2'])
})

test('of a key that is there twice the last value counts, at the place of the first', () => {
  const text = '{"b": {"z": 1, "1": 2}, "2": {"z": 1, "1": 2}, "b": 5, "2": {"y": 1, "0": {"x": 1, "3": 2}}}'
  const wanted = '{"b":5,"2":{"y":1,"0":{"x":1,"3":2}}}'
  is(JSON.stringify(parseOrdered(text)), wanted)
  const parsed = parseJson(text)
  is(JSON.stringify('value' in parsed && parsed.value), wanted)
})

test('an object in order may be changed, copied and sent to another thread', () => {
  const object = ordered<unknown>([
    ['b', 1],
    ['2', 2],
    ['b', 3],
  ])
  is(JSON.stringify(object), '{"b":3,"2":2}')
  object['1'] = 4
  is(JSON.stringify(object), '{"b":3,"2":2,"1":4}')
  delete object.b
  equal(Object.entries(object), [
    ['2', 2],
    ['1', 4],
  ])
  is(JSON.stringify(joined<unknown>({ z: 0 }, object, { z: 1 })), '{"z":1,"2":2,"1":4}')
  const nested = { deep: [object] }
  const { value, text } = plain(nested)
  equal(structuredClone(value), { deep: [{ 1: 4, 2: 2 }] })
  is(JSON.stringify(readInOrder(value, text)), '{"deep":[{"2":2,"1":4}]}')
})

test('objects that JavaScript has in the right order are plain ones', () => {
  const same = { '2': 0, '10': 0, b: 0, a: 0 }
  is(inOrder(same, ['2', '10', 'b', 'a']), same)
  is(plain(same).value, same)
  is(plain(same).text, undefined)
  equal(
    ['0', '7', '4294967294', '4294967295', '01', '-1', '1.0', ''].map(placeOf),
    [0, 7, 4294967294, -1, -1, -1, -1, -1],
  )
})

test('the job: filters, datasets, files, regions, collections, triggers of the command line, lists of datasets, binnings', () => {
  const dir = scratch()
  try {
    const of = (config: string, fileset: string) =>
      loadConfiguration({ config: dir.json('runner.json', config), fileset: dir.json('fileset.json', fileset) }).job
    const ntuples = of(
      `{"workflow": "ElectronTagNProbeFromMiniNTuples", "workflow_args": {"filters": {"b": "b", "10": "x", "2": "y"}}, "methods": [
        {"name": "get_1d_pt_eta_phi_tnp_histograms", "args": {"filter": ["b", "10"], "phi_regions_eta": {"z": [0, 1], "0": [1, 2]}}}]}`,
      '{"z": {"files": {"b": null, "10": null, "2": "t"}}, "7": {"files": {"c": null}, "metadata": {"k": {"z": 1, "1": 2}}}}',
    )
    const { datasets, methods, options } = ntuples as never as {
      datasets: { name: string; files: { path: string }[] }[]
      methods: { regions: { eta: { name: string }[] } }[]
      options: { filters: { name: string }[] }
    }
    equal(
      datasets.map(d => [d.name, ...d.files.map(file => file.path)]),
      [
        ['z', 'b', '10', '2'],
        ['7', 'c'],
      ],
    )
    equal(
      options.filters.map(f => f.name),
      ['b', '10', '2'],
    )
    equal(
      methods[0]!.regions.eta.map(r => r.name),
      ['z', '0'],
    )
    structuredClone(ntuples)
    const sas = of(
      `{"workflow": "ScaleAndSmearingNTuplesFromNanoAOD", "workflow_args": {}, "methods": [
        {"name": "get_ntuples", "args": {"vars": {"Electron": ["pt"], "Photon": ["pt"], "Jet": ["pt"], "2": ["x"]}}}]}`,
      '{"D": {"files": {"f.root": "Events"}}}',
    )
    equal(
      (sas.methods[0] as never as { collections: { name: string }[] }).collections.map(c => c.name),
      ['Jet', '2'],
    )
  } finally {
    dir.remove()
  }
  equal(Object.keys(filterTables(['b', '10', '2']).filters as object), ['b', '10', '2'])
  const list = parseDatasetList('datasets:\n- {name: A, dataset: a, metadata: {z: 1, 3: {y: 1, 1: 2}}}\n', 'l.yaml')
  is(JSON.stringify(list.entries[0]!.metadata), '{"z":1,"3":{"y":1,"1":2}}')
  const store = new BinningStore()
  store.set('2', [0, 1])
  is(Object.keys(store.toDocument()).at(-1), '2')
})

test.run()
