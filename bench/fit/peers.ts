/** `npm run bench:fits -- peers [--toys N]`: the same toys fitted here, by iminuit with the same model in numpy, and by RooFit with the
 *  standard tool's nominal, each with the interval of the efficiency and on one thread. TNP_FIT_PYTHON is a Python with numpy, scipy
 *  and iminuit, and with ROOT for the last (`pip install --pre root`). */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fitPair, type PairHistograms } from '../../lib/fit/index.js'
import { WORK } from '../inputs.js'
import { median } from '../summary.js'
import { dcbCms, lineTemplate, type ToyModel, templateCms } from './models.js'
import { randomNumbers, toyMaker } from './toys.js'

interface Fitted {
  readonly seconds: number
  /** Null where the peer minimises something else. */
  readonly q: number | null
  readonly eff: number
  readonly error: number
  readonly valid: boolean
}

/** Fits that are not timed: V8 compiles in them, as the peers load and compile in one. */
const WARM_UP = 30

const PEERS = [
  { program: 'iminuit', modules: 'numpy, scipy, iminuit', toyModel: dcbCms(8000, 0.85), target: 20 },
  { program: 'roofit', modules: 'numpy, ROOT', toyModel: templateCms(20000, 0.9), target: 100 },
] as const

/** Lines of text, one for each peer. */
export function comparePeers(toys: number): string[] {
  const python = process.env.TNP_FIT_PYTHON ?? 'python3'
  return PEERS.map(({ program, modules, toyModel, target }) => {
    if (spawnSync(python, ['-c', `import ${modules}`]).status !== 0) {
      return `${program}: not compared, ${python} cannot import ${modules}; set TNP_FIT_PYTHON`
    }
    const make = toyMaker(toyModel.edges, toyModel.model, toyModel.truth)
    const random = randomNumbers(7)
    const histograms = Array.from({ length: toys }, () => make(random))
    for (const pair of Array.from({ length: WARM_UP }, () => make(random))) fitHere(pair, toyModel)
    const own = histograms.map(pair => fitHere(pair, toyModel))
    const once = histograms.map(pair => fitHere(pair, toyModel, 0))
    const peer = fitThere(python, program, histograms, toyModel)
    const each = (fits: readonly Fitted[]) => fits.reduce((sum, { seconds }) => sum + seconds, 0) / fits.length
    const apart = peer.map(({ eff }, k) => Math.abs(eff - own[k]!.eff) / own[k]!.error)
    const lower = peer.filter(({ q }, k) => q !== null && q < own[k]!.q! - 0.1).length
    const higher = peer.filter(({ q }, k) => q !== null && q > own[k]!.q! + 0.1).length
    const minima = peer[0]!.q === null ? '' : `, minima of ${program} lower in ${lower}, higher in ${higher}`
    const times = `${(1000 * each(own)).toFixed(1)} ms a fit here, ${each(peer).toFixed(2)} s there`
    const ratio = (each(peer) / each(own)).toFixed(1)
    const likeForLike = `from one start, as there, ${(each(peer) / each(once)).toFixed(0)} times (target ${target}, ${(1000 * each(once)).toFixed(1)} ms)`
    const valid = peer.filter(fit => fit.valid).length
    return `${program}, ${toyModel.name}, ${toys} toys: ${times}: ${ratio} times as fast; ${likeForLike}; ${valid} valid there${minima}; efficiencies differ by ${median(apart).toFixed(3)} of the uncertainty (median), ${Math.max(...apart).toFixed(3)} at most`
  })
}

function fitHere(pair: PairHistograms, { model, options }: ToyModel, moreStarts?: number): Fitted {
  const begin = performance.now()
  const { q, parameters, valid } = fitPair(pair, model, {
    ...options,
    intervals: ['eff'],
    ...(moreStarts === undefined ? {} : { moreStarts }),
  })
  const { value, error } = parameters.find(({ name }) => name === 'eff')!
  return { seconds: (performance.now() - begin) / 1000, q, eff: value, error, valid }
}

function fitThere(python: string, program: string, histograms: readonly PairHistograms[], toyModel: ToyModel) {
  mkdirSync(WORK, { recursive: true })
  const file = join(WORK, `fit-toys-${program}.json`)
  const toys = histograms.map(({ pass, fail }) => ({ pass: Array.from(pass.values), fail: Array.from(fail.values) }))
  const { edges, options } = toyModel
  writeFileSync(
    file,
    JSON.stringify({ edges, toys, start: options.start, limits: options.limits, template: lineTemplate() }),
  )
  // one thread, as here: numpy's and ROOT's own threads would be compared with nothing
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }
  const { status, stdout, stderr } = spawnSync(python, ['bench/fit/peers.py', program, file], {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`${program}: ${stderr.trim().split('\n').slice(-3).join('\n')}`)
  const lines = stdout.split('\n').filter(line => line.startsWith('{'))
  return lines.slice(1).map(line => JSON.parse(line) as Fitted)
}
