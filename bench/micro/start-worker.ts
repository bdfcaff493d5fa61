/** From `new Worker` to its first answer: the program's worker, with the workflows loaded. */

import { Worker } from 'node:worker_threads'
import { remoteSettings } from '../../lib/bytes/settings.js'
import type { Request } from '../../lib/run/messages.js'
import { chunk } from '../../test/support/batches.js'
import type { Times } from './times.js'

export async function run({ bin }: { readonly bin: string }): Promise<Times> {
  const start = performance.now()
  const worker = new Worker(new URL('worker.js', bin))
  const answer = new Promise(resolve => worker.once('message', resolve))
  // A graph that does not exist: the worker loads everything, then answers with an error.
  const spec = { key: 'none', module: new URL('pipelines.js', bin).href, build: 'noSuchGraph', args: null }
  const requests: Request[] = [
    { kind: 'spec', spec, measure: false, ahead: undefined, remote: remoteSettings() },
    { kind: 'chunk', id: 0, key: 'none', chunk },
  ]
  for (const request of requests) worker.postMessage(request)
  await answer
  const ready = performance.now() - start
  await worker.terminate()
  return { ready }
}
