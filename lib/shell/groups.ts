/** Which nodes of a job's graph each stage of the shell runs. A node's id is looked up without what stands in brackets (the
 *  mass window); of nodes of a method, the last part of the id counts. */
import { type Family, WORKFLOWS, type WorkflowName } from '../config/index.js'
import type { GraphDeclaration, GraphNode } from '../graph/index.js'

export const STAGES = ['chunks', 'decode', 'weight', 'golden', 'pair', 'filter', 'select', 'fill', 'sink'] as const
export type StageName = (typeof STAGES)[number]

const HEAD: Readonly<Record<string, StageName>> = {
  fileset: 'chunks',
  chunk: 'chunks',
  decode: 'decode',
  'extra-filter': 'decode',
  reads: 'decode',
  golden: 'golden',
}

const NANO_PAIRS = ['hlt', 'electron-angles', 'angles', 'photon-angles', 'pair', 'id', 'mask', 'tag', 'probe']
const NODES: Readonly<Record<Family, Readonly<Record<string, StageName>>>> = {
  nano: {
    ...HEAD,
    weight: 'weight',
    ...all([...NANO_PAIRS, 'tag-electron', 'tag-trigger', 'gen', 'pair-kinematics'], 'pair'),
    ...all(['mass[]', 'filters[]', 'counts[]'], 'filter'),
  },
  sas: {
    ...HEAD,
    ...all([...NANO_PAIRS, 'pair-kinematics'], 'pair'),
    ...all(['choice[]', 'weight[]', 'counts[]'], 'filter'),
  },
  'mini-ntuples': ntuples(),
  'nano-ntuples': ntuples(),
}

function ntuples(): Readonly<Record<string, StageName>> {
  return {
    ...HEAD,
    ...all(['rows', 'tag', 'probe', 'charge', 'mask', 'id', 'weight'], 'pair'),
    ...all(['mass[]', 'filters[]', 'counts[]'], 'filter'),
  }
}

/** Of a method's nodes: the last part of the id. */
const METHOD_NODES: Readonly<Record<string, StageName>> = {
  passing: 'select',
  failing: 'select',
  select: 'select',
  encode: 'sink',
  parquet: 'sink',
  rntuple: 'sink',
  ttree: 'sink',
  fill: 'fill',
  hists: 'sink',
}

function all(ids: readonly string[], stage: StageName): Readonly<Record<string, StageName>> {
  return Object.fromEntries(ids.map(id => [id, stage]))
}

/** undefined: no stage runs it. */
export function stageOf(id: string, workflow: WorkflowName): StageName | undefined {
  if (/\[.*\]$/.test(id)) return NODES[WORKFLOWS[workflow].family][id.replace(/\[.*\]$/, '[]')]
  if (id.endsWith('report.json')) return 'sink'
  if (id.includes('/')) return METHOD_NODES[id.slice(id.lastIndexOf('/') + 1)]
  return NODES[WORKFLOWS[workflow].family][id]
}

/** The nodes of a stage in graph order. */
export function nodesOf(graph: GraphDeclaration, stage: StageName, workflow: WorkflowName): GraphNode[] {
  return graph.nodes.filter(node => stageOf(node.id, workflow) === stage)
}
