/** Several runs at once in one thread: settings of servers, files behind CGI, open files. */
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { accessible, remoteSettings, setRemoteSettings } from '../../lib/bytes/settings.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { hideUrls } from '../../lib/job/remote.js'
import { beginRun } from '../../lib/job/runs.js'
import { scratch } from '../support/cli.js'

test('settings of runs that overlap: the last one decides, all know their files, and what was before comes back', () => {
  setRemoteSettings({ timeoutMs: 1000, retries: 1 })
  const before = remoteSettings()
  const first = beginRun()
  first.set({ timeoutMs: 2000, access: { a: 'root://h//a?t=1' } })
  const second = beginRun()
  second.set({ retries: 7, access: { b: 'root://h//b?t=2' } })
  equal([remoteSettings().timeoutMs, remoteSettings().retries], [1000, 7])
  equal([accessible('a'), accessible('b')], ['root://h//a?t=1', 'root://h//b?t=2'])

  equal(first.end(), false)
  equal([accessible('a'), accessible('b')], ['a', 'root://h//b?t=2'])
  equal(remoteSettings().retries, 7)
  equal(second.end(), true)
  equal(remoteSettings(), before)
  setRemoteSettings({})
})

test('a file that two runs know by other CGI goes by two names', () => {
  const [url, name] = ['root://h//a.root', 'root://h//a.root?...']
  const job = { datasets: [{ files: [{ path: `${url}?t=2` }] }] } as unknown as Parameters<typeof hideUrls>[0]
  const { job: hidden, access } = hideUrls(job, { [name]: `${url}?t=1` })
  equal(hidden.datasets[0]!.files[0]!.path, `${name}2`)
  equal(access, { [name]: `${url}?t=1`, [`${name}2`]: `${url}?t=2` })
})

test('timeouts that timers do not know are long ones', () => {
  setRemoteSettings({ timeoutMs: 1e12, deadlineMs: 5e12 })
  equal([remoteSettings().timeoutMs, remoteSettings().deadlineMs], [2 ** 30, 2 ** 30])
  setRemoteSettings({})
})

test('a short run that ends does not close the files of a long one', async () => {
  const out = scratch()
  const run = (name: string, copies: number) => {
    const files = Object.fromEntries(
      Array.from({ length: copies }, (_, k) => [`fixtures/root/nano-data${k % 2 === 0 ? '' : '-2'}.root`, 'Events']),
    )
    const { job } = loadJob({
      config: {
        workflow: 'ElectronTagNProbeFromNanoAOD',
        workflow_args: { filters: { tight: 'cutBased >= 4' } },
        methods: [{ name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_pt', 'el_eta'] } }],
      },
      fileset: { Data: { files, metadata: { isMC: false } } },
      settings: null,
      binning: null,
      output: out.path(name),
    })
    return runJob(job, { executor: 'sync', maxChunkEvents: 10 })
  }
  const events = (await Promise.all([run('short', 1), run('long', 2), run('short-2', 1)])).map(({ datasets }) =>
    datasets.reduce((sum, { events }) => sum + events, 0),
  )
  equal(events[0], events[2])
  equal(events[1]! > events[0]!, true)
  out.remove()
})

test.run()
