/** Arrow streams of pairs -> histograms, one JSON line for each dataset and filter, when the events have ended. */
import { UsageError } from '../core/errors.js'
import type { Context, FoldStage } from '../core/types.js'
import { arrowStreams } from '../formats/arrow/index.js'
import type { HistTree } from '../formats/index.js'
import type { GraphNode } from '../graph/index.js'
import { onlyMethod, type StageOptions, stageJob } from './documents.js'
import { factsOf } from './facts.js'
import { histLine } from './hist-lines.js'
import { checkPaired } from './paired.js'
import type { Pipe } from './pipe.js'
import { runNodes } from './run-nodes.js'
import { checkStretch, nestedOf, stretchOf } from './stretch.js'
import { checkFiltered, checkItem, checkWindow, emptyItem, itemsOf, withMethod } from './transform.js'

export interface FillOptions extends StageOptions {
  /** Of the method's filters, those to fill; all where absent. */
  readonly filters?: readonly string[]
}

export async function fill(options: FillOptions, pipe: Pipe, ctx: Context): Promise<void> {
  let lines = 0
  let pending: string[] = []
  const write = async (texts: readonly string[]) => {
    for (const text of texts) await pipe.output.write(Buffer.from(text))
    lines += texts.length
  }
  for await (const { schema, batches } of arrowStreams(pipe.input)) {
    // Those of the dataset before are whole, now that this one has come.
    await write(pending)
    const facts = factsOf(schema.metadata)
    checkItem('fill', 'pairs', facts)
    checkWindow('fill', facts)
    const job = stageJob(withMethod(options, facts), facts.documents)
    checkPaired('fill', job.job, facts)
    const method = onlyMethod(job)
    checkFiltered(method, facts)
    const stretch = await stretchOf('fill', job, facts, schema)
    const folds = chosen(stretch.nodes, options.filters, method.id)
    checkFilters(
      folds.map(fold => filterOf(fold.id, method.id)),
      facts.filters,
    )
    checkStretch(stretch, folds, schema)
    await runNodes(folds, emptyItem(facts, schema), ctx, 'stdin')
    const states = folds.map(fold => ({
      fold,
      stage: fold.stage as FoldStage<unknown, HistTree>,
      state: undefined as unknown,
    }))
    for (const s of states) s.state = s.stage.init()
    for await (const batch of batches) {
      ctx.signal.throwIfAborted()
      for (const item of itemsOf(schema, batch, facts, nestedOf(stretch))) {
        if (!('batch' in item)) continue
        const { chunk } = item.batch
        const partials = await runNodes(folds, item, ctx, chunk.file)
        for (const { fold, stage, state } of states) stage.merge(state, partials.get(fold), chunk)
      }
    }
    const { name, dir } = facts.dataset
    pending = states.map(({ fold, stage, state }) =>
      histLine(
        { dataset: name, folder: dir, method: method.id, filter: filterOf(fold.id, method.id) },
        stage.done(state),
      ),
    )
  }
  await write(pending)
  await pipe.output.write(Buffer.from(`${JSON.stringify({ end: { histograms: lines } })}\n`))
}

/** `<method>/<filter>/fill`; a filter's name may have slashes. */
function filterOf(id: string, method: string): string {
  return id.slice(method.length + 1, -'/fill'.length)
}

function chosen(nodes: readonly GraphNode[], filters: readonly string[] | undefined, method: string) {
  if (nodes.length === 0) {
    const message = `${method} fills no histogram. Take one of the histogram methods, with a filter.`
    throw new UsageError([{ place: '--method', message }])
  }
  if (filters === undefined) return nodes
  const known = nodes.map(node => filterOf(node.id, method))
  const unknown = filters.filter(f => !known.includes(f))
  if (unknown.length > 0) {
    const message = `${method} does not fill ${unknown.join(', ')}. It fills: ${known.join(', ')}.`
    throw new UsageError([{ place: '--filter', message }])
  }
  return nodes.filter(node => filters.includes(filterOf(node.id, method)))
}

function checkFilters(wanted: readonly string[], evaluated: readonly string[]): void {
  const missing = wanted.filter(name => !evaluated.includes(name))
  if (missing.length === 0) return
  const message = `no decisions of ${missing.join(', ')} in the pairs: \`filter\` has evaluated ${evaluated.join(', ') || 'none'}.`
  throw new UsageError([{ place: 'fill', message }])
}
