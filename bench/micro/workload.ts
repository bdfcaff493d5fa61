/** What a job's events cost a worker of a cluster: processor time, with that of packing and encoding, bytes read and bytes sent. In the
 *  second pass of the process, as in a worker that has been there for a while. */

import { encodeResult, loadEncoder, packResult } from '../../lib/cluster/results.js'
import type { Chunk, Context } from '../../lib/core/types.js'
import { cutGraph } from '../../lib/graph/cut.js'
import { runSegment } from '../../lib/graph/segment.js'
import { loadJob } from '../../lib/index.js'
import { entriesOf } from '../../lib/job/passes.js'
import { prepareAll } from '../../lib/job/prepare-all.js'
import { collectYoung } from '../../lib/run/collect.js'
import { buildGraph } from '../../pipelines/index.js'
import type { Times } from './times.js'

interface Input {
  readonly config: string
  readonly settings: string
  readonly fileset: string
  readonly output: string
}

export async function run(documents: Input): Promise<Times> {
  const { job } = loadJob(documents)
  const plan = (await prepareAll(job))[0]!
  const cut = cutGraph(buildGraph({ job, plan }, entriesOf(plan)))
  const ctx: Context = { signal: new AbortController().signal, log: { debug() {}, info() {}, warn() {} } }
  await loadEncoder()
  let total = { cpu: 0, events: 0, chunks: 0, read: 0, sent: 0 }
  for (let pass = 0; pass < 2; pass++) {
    total = { cpu: 0, events: 0, chunks: 0, read: 0, sent: 0 }
    const before = process.cpuUsage()
    let chunks = cut.source.open(ctx) as AsyncIterable<Chunk>
    for (const flow of cut.flows) chunks = flow.flow(chunks, ctx)
    for await (const chunk of chunks) {
      const result = await runSegment(cut, chunk, ctx)
      if (result.read === null) throw new Error(`${chunk.file}: ${result.failure?.message}`)
      total.sent += encodeResult(packResult(cut, result)).reduce((sum, part) => sum + part.length, 0)
      total.read += result.read.bytes
      total.events += result.read.stop - result.read.start
      total.chunks++
      collectYoung()
    }
    const { user, system } = process.cpuUsage(before)
    total.cpu = (user + system) / 1e6
  }
  const { cpu, events, chunks, read, sent } = total
  const each = { inputBytes: read / events, resultBytes: sent / events, chunkEvents: events / chunks }
  return { eventsPerSecond: events / cpu, ...each }
}
