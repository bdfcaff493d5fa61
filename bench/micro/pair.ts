/** Ordered pairs of the electrons of each event. */
import { pairsWithin } from '../../lib/stages/index.js'
import { ctx } from '../../test/support/batches.js'
import { firstAndAgain, type Times } from './times.js'
import { toyBatch } from './toy-batch.js'

export async function run({ events, repeats }: { readonly events: number; readonly repeats: number }): Promise<Times> {
  const batch = toyBatch(events)
  const stage = pairsWithin('Electron')
  return { ...(await firstAndAgain(repeats, () => stage.map(batch, ctx))) }
}
