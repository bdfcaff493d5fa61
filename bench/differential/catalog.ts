/** The files that configurations are made for, with their branches and some of their values. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openRootFile } from '../../lib/root/index.js'

export type Family = 'nano' | 'mini' | 'ntuple'

export interface Branch {
  readonly name: string
  readonly dtype: string
  readonly isList: boolean
  /** Numbers that occur in it. */
  readonly values: readonly number[]
}

export interface Source {
  readonly family: Family
  /** Kinds of probes that it has. */
  readonly probes: readonly ('el' | 'ph')[]
  readonly path: string
  readonly tree: string
  readonly entries: number
  readonly isMC: boolean
  readonly golden: string | null
  readonly pileup: readonly string[]
  /** Weight with which it is drawn. */
  readonly weight: number
  readonly branches: ReadonlyMap<string, Branch>
}

type Line = readonly [family: Family, probes: string, path: string, tree: string, kind: 'MC' | 'data', weight: number]

const ROOT = 'fixtures/root'
const DATA = '../shared/data'
/** Those in DATA are left out where that folder is not there. */
const FILES: readonly Line[] = [
  ['nano', 'el ph', `${ROOT}/nano-mc.root`, 'Events', 'MC', 5],
  ['nano', 'el ph', `${ROOT}/nano-data.root`, 'Events', 'data', 4],
  ['nano', 'el ph', `${ROOT}/nano-data-2.root`, 'Events', 'data', 3],
  ['nano', 'el ph', `${ROOT}/old-mc.root`, 'Events', 'MC', 4],
  ['nano', 'el ph', `${ROOT}/old-data.root`, 'Events', 'data', 3],
  ['nano', 'el ph', `${ROOT}/folders.root`, 'nano/v1/Events', 'data', 2],
  ['nano', 'el ph', `${DATA}/nano-mc.root`, 'Events', 'MC', 0.5],
  ['nano', 'el ph', `${DATA}/nano-data.root`, 'Events', 'data', 0.5],
  ['nano', 'el ph', `${DATA}/nano9-mc.root`, 'Events', 'MC', 0.5],
  ['nano', 'el ph', `${DATA}/nano9-data.root`, 'Events', 'data', 0.5],
  ['mini', 'el ph', `${ROOT}/mini.root`, 'fitter_tree', 'MC', 5],
  ['mini', 'el', `${DATA}/mini-el-mc.root`, 'fitter_tree', 'MC', 2],
  ['mini', 'el', `${DATA}/mini-el-data.root`, 'fitter_tree', 'data', 2],
  ['mini', 'ph', `${DATA}/mini-ph-mc.root`, 'fitter_tree', 'MC', 2],
  ['mini', 'ph', `${DATA}/mini-ph-data.root`, 'fitter_tree', 'data', 2],
  ['mini', 'el', `${DATA}/TnPNTuples_el.root`, 'fitter_tree', 'data', 1],
  ['mini', 'ph', `${DATA}/TnPNTuples_ph.root`, 'fitter_tree', 'data', 1],
  ['ntuple', 'el', `${ROOT}/ntuple.root`, 'Events', 'data', 5],
  ['ntuple', 'ph', `${ROOT}/photon-ntuple.root`, 'Events', 'data', 5],
  ['ntuple', 'el', `${DATA}/NanoNTuples_el.root`, 'Events', 'data', 2],
  ['ntuple', 'ph', `${DATA}/NanoNTuples_ph.root`, 'Events', 'data', 2],
]

/** Those that are there; `own`: those of the project alone. */
export async function catalog(own = false): Promise<Source[]> {
  const out: Source[] = []
  for (const [family, probes, path, tree, kind, weight] of FILES) {
    const isOurs = path.startsWith(ROOT)
    if (!existsSync(path) || (own && !isOurs)) continue
    const folder = isOurs ? ROOT : DATA
    const pileup = isOurs
      ? ['pileup.json', 'pileup-variations.json.gz']
      : ['pu1.json', 'pu3.json.gz', 'test_pu_correction.json']
    const { entries, branches } = await describe(path, tree)
    out.push({
      family,
      probes: probes.split(' ') as ('el' | 'ph')[],
      path,
      tree,
      entries,
      isMC: kind === 'MC',
      golden: join(folder, 'golden.json'),
      pileup: pileup.map(name => join(folder, name)),
      weight,
      branches,
    })
  }
  return out
}

async function describe(path: string, name: string): Promise<{ entries: number; branches: Map<string, Branch> }> {
  const file = await openRootFile(path)
  const tree = await file.tree(name)
  const branches = new Map<string, Branch>()
  const stop = Math.min(tree.entries, 60)
  for (const name of tree.names) {
    let info: ReturnType<typeof tree.branch>
    try {
      info = tree.branch(name)
    } catch {
      continue
    }
    if (info === undefined || info.width !== 1 || info.text) continue
    const column = (await tree.read([name], 0, stop)).get(name)!
    const numbers = [...column.values].map(Number).filter(Number.isFinite)
    const values = [...new Set(numbers)].slice(0, 40)
    branches.set(name, { name, dtype: info.dtype, isList: info.counter !== null, values })
  }
  const { entries } = tree
  await file.close()
  return { entries, branches }
}
