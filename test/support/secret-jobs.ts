/** Jobs on files behind CGI. */
import type { AddressInfo } from 'node:net'
import { fail, redirect } from './mock-faults.js'
import { frame } from './mock-frames.js'
import { cgi, SECRETS } from './secret-forms.js'
import { dir, mock, server, web } from './secret-servers.js'

export function url(path: string, secret: string = SECRETS.read): string {
  return `${server.url}/${path}${cgi(secret)}`
}

export function document(name: string, content: unknown): string {
  return dir.json(`documents/${name}.json`, content)
}

export const steps = (entries: number) => Array.from({ length: entries / 10 }, (_, i) => [i * 10, i * 10 + 10])

export function fileset(name: string, files: Readonly<Record<string, unknown>>): string {
  const goldenJSON = url('fixtures/root/golden.json', SECRETS.golden)
  return document(name, { Data: { files, metadata: { isMC: false, goldenJSON, contact: `see ${goldenJSON}` } } })
}

export function runner(allow: boolean): string {
  const uproot_options = { allow_read_errors_with_report: allow }
  return document(`runner-${allow}`, {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { tight: 'cutBased >= 4' } },
    methods: [
      { name: 'get_tnp_arrays', args: { vars: ['el_pt', 'el_eta'], flat: true, uproot_options } },
      { name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_pt'], uproot_options } },
    ],
  })
}

/** --debug logs to stderr; --log-file to a file, and --debug --log-file all to it. */
export const LOGS = [['--debug'], ['--debug', '--log-file', 'LOG'], ['--log-file', 'LOG']]

export function logs(k: number): string[] {
  return LOGS[k % LOGS.length]!.map(word => (word === 'LOG' ? dir.path(`out/log-${k}`) : word))
}

export const GOOD = () => ({
  [url('fixtures/root/nano-data.root')]: { object_path: 'Events', steps: steps(240) },
  [`root://user:${SECRETS.password}@${server.url.slice('root://'.length)}/fixtures/root/nano-data-2.root${cgi(SECRETS.read)}`]:
    {
      object_path: 'Events',
      steps: steps(100),
    },
})

/** Files that cannot be had, each for another reason; the mock's words repeat what it was asked. */
export function badFiles(): Record<string, string> {
  const mocked = (name: string) => `${mock.url}/${name}${cgi(SECRETS.read)}`
  const said = `Unable to open /x.root${cgi(SECRETS.read)}; authz=${SECRETS.read} refused`
  mock.fault({
    at: 'open',
    times: Number.POSITIVE_INFINITY,
    do: exchange => {
      const { path } = exchange.seen
      if (path.endsWith('refused.root')) return fail(3010, said)(exchange)
      if (path.endsWith('broken.root')) return fail(3012, said)(exchange)
      const target = `127.0.0.1?authz=${SECRETS.redirected}&x=1?${SECRETS.login}`
      if (path.endsWith('moved.root')) return redirect(mock.port, target)(exchange)
      if (path.endsWith('away.root')) return redirect(1, target)(exchange)
      const whole = `root://127.0.0.1:${mock.port}//none.root?authz=${SECRETS.redirected}`
      if (path.endsWith('whole.root')) return redirect(-1, whole)(exchange)
      return exchange.send(frame(exchange.seen.stream, exchange.answer()))
    },
  })
  const names = ['refused', 'broken', 'moved', 'away', 'whole', 'none'].map(name => mocked(`${name}.root`))
  const { port } = web.address() as AddressInfo
  const urls = [
    ...names,
    url('missing.root'),
    url('truncated.root'),
    `root://localhost:1//down.root${cgi(SECRETS.read)}`,
    `https://localhost:${port}/refused.root${cgi(SECRETS.read)}`,
    `root://user:${SECRETS.password}@localhost:1//down.root`,
    `simplecache::${url('missing.root')}`,
  ]
  return Object.fromEntries(urls.map(one => [one, 'Events']))
}

/** Fewer attempts: there is nothing to wait for. */
export const IMPATIENT = ['--retries', '1', '--timeout', '5']
