/** A page without a browser: gets the page's address on stdin, reads all that the run tells, and asks for a histogram once a second.
 *  Says "ready" at the beginning, and at the end what came. */
import { createInterface } from 'node:readline'
import { applyChanges, type Change, type LiveState } from '../../lib/page/live/state.js'

const lines = createInterface({ input: process.stdin })
// What a browser has loaded already: it would be counted as the page's otherwise.
for await (const _ of (await fetch('data:,')).body!.pipeThrough(new TextDecoderStream()));
process.stdout.write('ready\n')
const { value: address } = (await lines[Symbol.asyncIterator]().next()) as { value: string }
lines.close()
process.stdin.destroy()
const { origin, searchParams } = new URL(address)
const headers = { authorization: `Bearer ${searchParams.get('token')}` }
const known: { state: LiveState | null } = { state: null }
const count = { messages: 0, bytes: 0, histograms: 0, hasEnded: false }

const answer = await fetch(`${origin}/api/events`, { headers })
const asking = setInterval(() => void ask(), 1000)
let text = ''
for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
  count.bytes += part.length
  text += part
  const messages = text.split('\n\n')
  text = messages.pop()!
  for (const message of messages) take(message)
}
clearInterval(asking)
process.stdout.write(
  `${JSON.stringify({ ...count, events: known.state?.rate.events ?? null, phase: known.state?.status.phase })}\n`,
)

function take(message: string): void {
  const [, event, data] = /^event: (\w+)\ndata: (.*)$/s.exec(message) ?? []
  if (event === undefined) return
  count.messages++
  if (event === 'state') known.state = JSON.parse(data!) as LiveState
  else if (event === 'changes') known.state = applyChanges(known.state!, JSON.parse(data!) as Change[])
  else if (event === 'end') count.hasEnded = true
}

async function ask(): Promise<void> {
  const k = known.state?.menus.findLastIndex(menus => menus.length > 0) ?? -1
  const menu = known.state?.menus[k]?.[0]
  if (menu === undefined) return
  const { method, filter, names } = menu
  const query = new URLSearchParams({ dataset: known.state!.datasets[k]!.name, method, filter, name: names[0]! })
  try {
    const histogram: unknown = await (await fetch(`${origin}/api/histogram?${query}`, { headers })).json()
    if (histogram !== null) count.histograms++
  } catch {
    // The run has ended meanwhile.
  }
}
