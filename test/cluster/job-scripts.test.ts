/** The job scripts that facilities' own classes make of our options, against golden files. TNP_GOLDEN=write makes them anew. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, throws } from 'uvu/assert'
import { Bridge } from '../../lib/cluster/bridge.js'
import type { ClusterFlags } from '../../lib/cluster/flags.js'
import { clusterOptions } from '../../lib/cluster/options.js'
import { programFiles } from '../../lib/cluster/program-files.js'
import { bytesOf, slurmSeconds } from '../../lib/cluster/sizes.js'
import { havePools, POOLS_NEED } from '../support/batch-pools.js'
import { scratch } from '../support/cli.js'
import { testIf } from '../support/tools.js'

const GOLDEN = 'test/cluster/golden'

/** The script, without what differs from place to place. */
async function jobScript(name: string, flags: ClusterFlags): Promise<string> {
  const files = scratch()
  const python = `${process.env.TNP_CLUSTERS}/python/bin/python`
  const options = clusterOptions(name, { ...flags, python }, files.dir)
  const bridge = new Bridge(python)
  try {
    await bridge.expect('ready')
    const made = bridge.expect('cluster')
    const node = { node: process.execPath, program: '', digest: '', env: {}, files: {}, memory: null, cwd: '/' }
    bridge.send({ op: 'cluster', kind: options.kind, args: options.args, node, program: programFiles() })
    const { script, scheduler } = await made
    return String(script)
      .replaceAll(String(scheduler), 'SCHEDULER')
      .replaceAll(python, 'PYTHON')
      .replaceAll(files.dir, 'LOGS')
      .replace(/(tcp|tls):\/\/[\d.]+:\d+/g, '$1://SCHEDULER')
      .replace(/(worker\.(?:key|cert)|ca_file)\.\w+/g, '$1.RANDOM')
      .replace(/(DaskSchedulerAddress = ")tcp:\/\/[^:]+/, '$1tcp://HOST')
      .replace(/(use_x509userproxy = ).*/, '$1EITHER')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID')
      .replace(/(\+CoffeaCasaClusterId = ).*/, '$1ID')
      .replace(/\/[^ ,"]*dask-worker-logs/g, 'HOME/dask-worker-logs')
  } finally {
    await bridge.close()
    files.remove()
  }
}

const SCRIPTS: Readonly<Record<string, readonly [string, ClusterFlags]>> = {
  slurm: [
    'dask/slurm',
    {
      queue: 'long',
      walltime: '02:00:00',
      cores: 2,
      memory: '6GB',
      schedulerHost: '127.0.0.1',
      dashboardAddress: ':0',
    },
  ],
  'slurm-defaults': ['dask/slurm', { schedulerHost: '127.0.0.1', dashboardAddress: ':0' }],
  condor: ['dask/condor', { disk: '10GB', schedulerHost: '127.0.0.1', dashboardAddress: ':0' }],
  lxplus: ['dask/lxplus', { jobflavour: 'longlunch', port: 28790, schedulerHost: '127.0.0.1', dashboardAddress: ':0' }],
  casa: ['dask/casa', { port: 28786, schedulerHost: '127.0.0.1', dashboardAddress: ':0' }],
}

for (const [golden, [name, flags]] of Object.entries(SCRIPTS)) {
  testIf(
    test,
    havePools(),
    POOLS_NEED,
  )(`${name}: the job script of ${golden} is the golden one`, async () => {
    const script = await jobScript(name, flags)
    const path = `${GOLDEN}/${golden}.txt`
    if (process.env.TNP_GOLDEN === 'write') {
      mkdirSync(GOLDEN, { recursive: true })
      writeFileSync(path, script)
    }
    equal(existsSync(path), true, path)
    equal(script, readFileSync(path, 'utf8'))
  })
}

test('options that are wrong are told with what is wanted', () => {
  throws(
    () => clusterOptions('dask/slurm', { walltime: 'long' }),
    /--walltime: "long" is no time\. Wanted for instance 02:00:00/,
  )
  throws(
    () => clusterOptions('dask/lxplus', { jobflavour: 'brunch' }),
    /--jobflavour: there is no "brunch"\. All: espresso, /,
  )
  throws(() => clusterOptions('dask/slurm', { memory: 'much' }), /--memory: "much" is no size/)
  throws(() => clusterOptions('dask/lpc', { tls: true }), /--tls: dask\/lpc has its own way to encrypt/)
  throws(() => clusterOptions('python:site.py', {}), /--executor: "python:site\.py" names no function/)
})

test("times of Slurm's in seconds", () => {
  const known = {
    '30': 1800,
    '30:15': 1815,
    '02:00:00': 7200,
    '1-12': 129_600,
    '1-12:30': 131_400,
    '2-00:00:01': 172_801,
  }
  for (const [text, seconds] of Object.entries(known)) equal(slurmSeconds(text), seconds, text)
})

test('sizes in bytes', () => {
  for (const [text, bytes] of Object.entries({ '4GB': 4e9, '2 GiB': 2 ** 31, '900MB': 9e8, '512': 512 }))
    equal(bytesOf(text), bytes)
})

test('adaptive by default, up to a hundred workers, as the reference', () => {
  const { adapt, scale, args } = clusterOptions('dask/condor', {})
  equal([adapt, scale], [{ minimum: 0, maximum: 100 }, null])
  equal([args.cores, args.memory, args.disk], [1, '4GB', '4GB'])
  equal(clusterOptions('dask/condor', { adaptive: false, scaleout: 7 }).scale, 7)
  match(String(clusterOptions('python:site.py:make', {}).kind), /^python:\/.*\/site\.py:make$/)
})

test.run()
