/** Scale factors as weights of simulation: a column Electron_sfWeight with which simulated probes have the efficiency of data.
 *  Electrons that pass count with the scale factor, those that fail with (1 - efficiency of data) / (1 - that of simulation).
 *  The fileset names the correction that `tnp-pipe scale-factors` wrote, in the metadata of the simulation:
 *
 *      "metadata": {"isMC": true, "scaleFactors": "sf/correction.json", "year": "2022", "workingPoint": "Tight"}
 *
 *  and the runner takes the column: "weight": "el_sfWeight" of a histogram method.
 *
 *      tnp-pipe run --stage examples/scale-factor-weights.ts --config runner.json --fileset fileset.json --output out
 *
 *  TypeScript as it is needs Node 22.18; for older ones compile it first. */
import { CorrectionSet, columnOf, defineStage, offsetsOf, withColumns } from 'tnp-pipe'

/** What passes. */
const TIGHT = 4
/** GeV: where the correction begins. Electrons below have the weight 1. */
const LOWEST_PT = 20

export default ({ metadata, isMC }: { metadata: Readonly<Record<string, unknown>>; isMC: boolean }) => {
  const { scaleFactors, year, workingPoint } = metadata
  const correction = isMC ? CorrectionSet.read(String(scaleFactors)).correction() : null
  return defineStage({
    name: 'scale-factor-weights',
    note: isMC ? `scale factors of ${String(scaleFactors)}` : 'data: weights of 1',
    reads: ['Electron_pt', 'Electron_superclusterEta', 'Electron_cutBased'],
    adds: { Electron_sfWeight: 'float64' },
    map: batch => {
      const column = (name: string) => columnOf(batch, name).values as ArrayLike<number>
      const pt = column('Electron_pt')
      const eta = column('Electron_superclusterEta') // before NanoAODv13: Electron_eta + Electron_deltaEtaSC
      const values = new Float64Array(pt.length).fill(1)
      const covered = Int32Array.from(values.keys()).filter(i => pt[i]! >= LOWEST_PT)
      if (correction !== null && covered.length > 0) {
        const coveredEta = Float64Array.from(covered, i => eta[i]!)
        const coveredPt = Float64Array.from(covered, i => pt[i]!)
        const of = (type: string) =>
          correction.evaluate([String(year), type, String(workingPoint), coveredEta, coveredPt])
        const [sf, data, mc] = [of('sf'), of('effdata'), of('effmc')]
        const cutBased = column('Electron_cutBased')
        for (const [k, i] of covered.entries()) {
          values[i] = cutBased[i]! >= TIGHT ? sf[k]! : (1 - data[k]!) / (1 - mc[k]!)
        }
      }
      const offsets = offsetsOf(batch, 'Electron_pt')
      return withColumns(batch, [['Electron_sfWeight', { dtype: 'float64', values, offsets }]])
    },
  })
}
