/** Keeps the pairs whose leptons come from the same Z boson at generator level (simulation only). */
import { keepPairs } from '../columns/index.js'
import type { MapStage, Pairs } from '../core/types.js'
import { fromSameZ, type GenSide } from '../physics/gen-match.js'
import { columnOf, offsetsOf } from './batch.js'

/** flavours: the genPartFlav asked of tag and probe (1 prompt electron; 11 photon that is a prompt electron). */
export function matchGen(
  tags: string,
  probes: string,
  flavours: { readonly tag: number; readonly probe: number },
): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'matchGen',
    reads: [
      'GenPart_pdgId',
      'GenPart_genPartIdxMother',
      ...[...new Set([tags, probes])].flatMap(c => [`${c}_genPartIdx`, `${c}_genPartFlav`]),
    ],
    note: 'tag and probe from the same Z',
    map: pairs => {
      const { batch } = pairs
      const side = (lepton: Int32Array, collection: string, flavour: number): GenSide => ({
        lepton,
        flavour,
        genPartIdx: columnOf(batch, `${collection}_genPartIdx`),
        genPartFlav: columnOf(batch, `${collection}_genPartFlav`),
      })
      const gen = {
        offsets: offsetsOf(batch, 'GenPart_pdgId'),
        pdgId: columnOf(batch, 'GenPart_pdgId'),
        mother: columnOf(batch, 'GenPart_genPartIdxMother'),
      }
      const tag = side(pairs.tag, tags, flavours.tag)
      const probe = side(pairs.probe, probes, flavours.probe)
      return keepPairs(pairs, fromSameZ(pairs.event, gen, tag, probe))
    },
  }
}
