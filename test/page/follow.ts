/** Runs with a page, and pages without a browser, for tests. */
import { rmSync } from 'node:fs'
import { get } from 'node:http'
import { applyChanges, type Change, type LiveEnd, type LiveState } from '../../lib/page/live/state.js'
import { type Outcome, runAnalysis, type Scratch } from '../support/cli.js'

/** Takes a while for each chunk, and goes no further than the entry that a file says, where it says one. */
function stageText(milliseconds: number, limit: string): string {
  return `import { readFileSync } from 'node:fs'
const sleep = ms => new Promise(done => setTimeout(done, ms))
const limit = () => {
  try {
    return Number(readFileSync(${JSON.stringify(limit)}, 'utf8') || 0)
  } catch {
    return Infinity
  }
}
export default {
  kind: 'map', on: 'events', name: 'own', reads: [], adds: [], addedTypes: {},
  async map(batch, { signal }) {
    ${milliseconds === 0 ? '' : `await sleep(${milliseconds})`}
    while (batch.chunk.start >= limit() && !signal.aborted) await sleep(10)
    return batch
  },
}
`
}

/** Lets the run of `slowJob` go on up to this entry of its files; null: to the end. */
export function goOnTo(files: Scratch, entry: number | null): void {
  if (entry === null) rmSync(files.path('limit'), { force: true })
  else files.json('limit', String(entry))
}

/** Two datasets in chunks of ten events, of which each takes so many milliseconds; one file is not there. */
export function slowJob(files: Scratch, milliseconds: number): string[] {
  const uproot_options = { allow_read_errors_with_report: true }
  const runner = {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { tight: 'cutBased >= 4', loose: 'cutBased >= 2' } },
    methods: [
      {
        name: 'get_nd_tnp_histograms',
        args: { filter: ['tight', 'loose'], vars: ['el_pt', 'el_eta'], cut_and_count: false, uproot_options },
      },
      { name: 'get_tnp_arrays', args: { vars: ['el_pt'], flat: true, uproot_options } },
    ],
  }
  const steps = (n: number) => Array.from({ length: n }, (_, k) => [10 * k, 10 * k + 10])
  const file = (n: number) => ({ object_path: 'Events', steps: steps(n) })
  const fileset = {
    Data: { files: { 'fixtures/root/nano-data.root': file(24), 'gone.root': 'Events' }, metadata: { isMC: false } },
    MC: { files: { 'fixtures/root/nano-mc.root': file(30) }, metadata: { isMC: true } },
  }
  const stage = files.json('stage.mjs', stageText(milliseconds, files.path('limit')))
  const documents = ['--config', files.json('runner.json', runner), '--fileset', files.json('fileset.json', fileset)]
  return [...documents, '--stage', stage, '--no-progress']
}

export interface Following {
  readonly url: string
  readonly kill: (signal: NodeJS.Signals) => void
  /** Milliseconds (performance.now) at which the run ended. */
  readonly endedAt: () => number | null
}

/** Runs, and calls `use` when the page's address has been said. What `use` throws ends the run. */
export async function withRun(args: readonly string[], use: (run: Following) => Promise<void>): Promise<Outcome> {
  let used: Promise<void> | null = null
  let endedAt: number | null = null
  let failure: unknown = null
  const outcome = await runAnalysis(args, {
    onStderr: (text, kill) => {
      const url = /^page of the run: (\S+)\n/m.exec(text)?.[1]
      if (url === undefined || used !== null) return
      used = use({ url, kill, endedAt: () => endedAt }).catch(error => {
        failure = error
        kill('SIGKILL')
      })
    },
  })
  endedAt = performance.now()
  if (used === null) throw new Error(`no address was said: ${outcome.stderr}`)
  await used
  if (failure !== null) throw failure
  return outcome
}

export interface Told {
  readonly at: number
  readonly event: string
  readonly data: unknown
}

export interface Listening {
  readonly told: Told[]
  /** null: nothing yet. */
  readonly state: () => LiveState | null
  readonly end: () => LiveEnd | null
  /** The server has ended it, or `stop`. */
  readonly closed: Promise<void>
  readonly stop: () => void
}

/** As a page does. */
export function listenTo(url: string): Listening {
  const { origin, searchParams } = new URL(url)
  const told: Told[] = []
  let state: LiveState | null = null
  let end: LiveEnd | null = null
  let stop = () => {}
  const closed = new Promise<void>((resolve, reject) => {
    const asked = get(`${origin}/api/events?token=${searchParams.get('token')}`, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        const messages = (text + part).split('\n\n')
        text = messages.pop()!
        for (const message of messages) take(message)
      })
      answer.on('close', resolve)
      answer.on('error', () => {})
    })
    asked.on('error', reject)
    stop = () => asked.destroy()
  })
  function take(message: string): void {
    const [, event, json] = /^event: (\w+)\ndata: (.*)$/s.exec(message) ?? []
    if (event === undefined) return
    const data = JSON.parse(json!) as unknown
    told.push({ at: performance.now(), event, data })
    if (event === 'state') state = data as LiveState
    else if (event === 'changes') state = applyChanges(state!, data as Change[])
    else if (event === 'end') end = data as LiveEnd
  }
  return { told, state: () => state, end: () => end, closed, stop: () => stop() }
}

/** Status and JSON of an answer. token: null, none; undefined: that of the address. */
export async function askFor(url: string, path: string, token?: string | null): Promise<[number, unknown]> {
  const { origin, searchParams } = new URL(url)
  const given = token === undefined ? searchParams.get('token') : token
  const headers = given === null ? {} : { authorization: `Bearer ${given}` }
  const answer = await fetch(`${origin}${path}`, { headers })
  const text = await answer.text()
  return [answer.status, text.startsWith('{') || text === 'null' ? JSON.parse(text) : text]
}
