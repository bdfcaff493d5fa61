import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import type { Pairs } from '../../lib/core/types.js'
import { matchTagElectronTrigger, pairElectronPhoton, pairsWithin, requireTagElectron } from '../../lib/stages/index.js'
import { crossPairs } from '../../lib/stages/pair-electron-photon.js'
import { batchOf, ctx, flat, lists, pairsOf } from '../support/batches.js'
import { sameValues } from '../support/columns.js'

test('photons pair as electrons do: ordered, tag outer', () => {
  const batch = batchOf(3, { Photon_pt: lists('float32', [[1, 2], [], [3, 4, 5]]) })
  const pairs = pairsWithin('Photon').map(batch, ctx) as Pairs
  equal([pairs.tags, pairs.probes], ['Photon', 'Photon'])
  sameValues(pairs.event, [0, 0, 2, 2, 2, 2, 2, 2])
  sameValues(pairs.tag, [0, 1, 2, 2, 3, 3, 4, 4])
  sameValues(pairs.probe, [1, 0, 3, 4, 2, 4, 2, 3])
})

test('every element of one list meets every one of the other, in the events that are still in', () => {
  const tags = Int32Array.of(0, 2, 3, 3, 4)
  const probes = Int32Array.of(0, 1, 3, 4, 6)
  const all = crossPairs(tags, probes, null, 4)
  sameValues(all.event, [0, 0, 1, 1, 3, 3])
  sameValues(all.tag, [0, 1, 2, 2, 3, 3])
  sameValues(all.probe, [0, 0, 1, 2, 4, 5])
  const some = crossPairs(tags, probes, Int32Array.of(0, 3), 4)
  sameValues(some.event, [0, 0, 3, 3])
  is(crossPairs(tags, probes, new Int32Array(0), 4).event.length, 0)
})

test('an electron does not meet its own photon, by link within the event or by distance', () => {
  const batch = batchOf(2, {
    Electron_eta: lists('float32', [[1], [0, 1]]),
    Electron_phi: lists('float32', [[0], [0, 0]]),
    Photon_eta: lists('float32', [[2], [0.0625, 2, -1]]),
    Photon_phi: lists('float32', [[0], [0, 0, 0]]),
    Photon_electronIdx: lists('int16', [[1], [-1, 1, 0]]),
  })
  const pairs = pairElectronPhoton().map(batch, ctx) as Pairs
  equal([pairs.tags, pairs.probes], ['Electron', 'Photon'])
  sameValues(pairs.event, [0, 1, 1, 1])
  sameValues(pairs.tag, [0, 1, 2, 2])
  sameValues(pairs.probe, [0, 2, 1, 3])
})

const linked = batchOf(2, {
  Photon_electronIdx: lists('int16', [
    [0, -1],
    [1, 7],
  ]),
  Photon_pixelSeed: lists('bool', [
    [1, 1],
    [1, 0],
  ]),
  Electron_eta_to_use: lists('float32', [[1.5], [0, 1.5]]),
  Electron_phi_to_use: lists('float32', [[0], [0, 0]]),
  TrigObj_pt: lists('float32', [[40], [40]]),
  TrigObj_eta: lists('float32', [[0], [1.5]]),
  TrigObj_phi: lists('float32', [[0], [0]]),
  TrigObj_id: lists('uint16', [[11], [11]]),
  TrigObj_filterBits: lists('uint32', [[2], [2]]),
})
const everyTag = { batch: linked, event: [0, 0, 1, 1], tag: [0, 1, 2, 3], probe: [1, 0, 3, 2] }

test('a tag needs an electron and a pixel seed', () => {
  const pairs = requireTagElectron().map(pairsOf(everyTag), ctx) as Pairs
  sameValues(pairs.tag, [0, 2])
})

test('the electron of the tag is matched, where the link points to one of its event', () => {
  const columns = { kept: flat('int32', [10, 11, 12, 13]) }
  const stage = matchTagElectronTrigger({ id: 11, pt: 30, bit: 1 })
  const pairs = stage.map(pairsOf({ ...everyTag, columns }), ctx) as Pairs
  sameValues(pairs.tag, [2])
  sameValues(pairs.columns.get('kept')!.values, [12])
})

test.run()
