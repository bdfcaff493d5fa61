/** Deciding a filter for every pair: matching probes to trigger objects, or a compiled expression. */
import type { Columns, Layout, Pairs } from '../../lib/core/types.js'
import { compilePairExpression, evaluateFilters, pairsWithin, type ReadyFilter } from '../../lib/stages/index.js'
import { ctx } from '../../test/support/batches.js'
import { firstAndAgain, type Times } from './times.js'
import { toyBatch } from './toy-batch.js'

interface Input {
  readonly events: number
  readonly repeats: number
  /** null: the HLT match. */
  readonly expression: string | null
}

export async function run({ events, repeats, expression }: Input): Promise<Times> {
  const batch = toyBatch(events)
  const pairs = (await pairsWithin('Electron').map(batch, ctx)) as Pairs
  const stage = evaluateFilters([
    expression === null ? hltFilter() : expressionFilter(expression, layoutOf(batch.columns)),
  ])
  return { ...(await firstAndAgain(repeats, () => stage.map(pairs, ctx))) }
}

function hltFilter(): ReadyFilter {
  const path = 'HLT_Ele32_WPTight_Gsf'
  return { kind: 'hlt', name: path, match: { id: 11, pt: 32, bit: 2 }, path }
}

function expressionFilter(text: string, layout: Layout): ReadyFilter {
  const space = { layout, tags: 'Electron', probes: 'Electron', probePrefix: 'el_', added: new Map() }
  return { kind: 'expression', name: text, expression: compilePairExpression(text, space, 'benchmark') }
}

function layoutOf(columns: Columns): Layout {
  return {
    names: [...columns.keys()],
    has: name => columns.has(name),
    branch: name => {
      const column = columns.get(name)
      if (column === undefined) return undefined
      const counter = column.offsets === undefined ? null : `n${name.slice(0, name.indexOf('_'))}`
      return { name, dtype: column.dtype, counter, width: 1, totalBytes: 0, zipBytes: 0 }
    },
  }
}
