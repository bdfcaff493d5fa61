/** The stages of the shell cover the graphs of all workflows, each node once, in the order of the pipe. */
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { isTagAndProbe, WORKFLOWS } from '../../lib/config/index.js'
import type { GraphNode } from '../../lib/graph/index.js'
import { loadJob, prepareDataset } from '../../lib/job/index.js'
import type { DatasetPlan } from '../../lib/plan/dataset-plan.js'
import { STAGES, stageOf } from '../../lib/shell/groups.js'
import { closeTrees } from '../../lib/stages/index.js'
import { buildGraph } from '../../pipelines/index.js'

const JOBS = [
  'electron-nanoaod',
  'photon-nanoaod',
  'electron-mini-ntuples',
  'photon-mini-ntuples',
  'electron-nano-ntuples',
  'photon-nano-ntuples',
  'scale-smearing',
]

function order(node: GraphNode, workflow: never): number {
  const stage = stageOf(node.id, workflow)
  ok(stage, `no stage runs "${node.id}"`)
  return STAGES.indexOf(stage)
}

const covered = new Set<string>()

/** With every option that adds a node. */
async function graphs(name: string) {
  const dir = `fixtures/config/workflows/${name}`
  const { job } = loadJob({ config: `${dir}/runner.json`, fileset: `${dir}/fileset.json`, output: 'out' })
  covered.add(job.workflow)
  const out = []
  for (const dataset of job.datasets) {
    const plan = { ...(await prepareDataset(job, dataset)), lateBranches: [] }
    const extra = { extraFilter: { path: 'filter.js', name: 'keep', args: {} } }
    const full = { ...job, options: { ...job.options, ...extra } } as typeof job
    const variants: DatasetPlan[] = [
      plan,
      { ...plan, isMC: true, lumi: null },
      { ...plan, isMC: false, lumi: new Map() },
    ]
    for (const variant of plan.isMC ? variants : [variants[0]!, variants[2]!]) {
      out.push({ workflow: job.workflow, graph: buildGraph({ job: full, plan: variant }), job: full })
    }
  }
  await closeTrees()
  return out
}

for (const name of JOBS) {
  test(`every node of ${name} belongs to a stage, and stages follow one another as in a pipe`, async () => {
    for (const { workflow, graph, job } of await graphs(name)) {
      const stages = new Set<string>()
      for (const node of graph.nodes) {
        const at = order(node, workflow as never)
        stages.add(STAGES[at]!)
        if (node.input === null) equal(at, 0, node.id)
        else ok(order(node.input, workflow as never) <= at, `${node.input.id} -> ${node.id}`)
      }
      for (const stage of ['chunks', 'decode', 'pair', 'filter', 'sink']) ok(stages.has(stage), stage)
      if (isTagAndProbe(job)) ok(stages.has('fill') || stages.has('select'))
    }
  })
}

test('every workflow has been looked at', () => {
  equal([...covered].sort(), Object.keys(WORKFLOWS).sort())
})

test.run()
