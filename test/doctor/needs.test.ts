/** What jobs need, and what of it is missing. */
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import type { Credentials } from '../../lib/credentials/index.js'
import { type Finding, findTrouble, type Machine, type Needs, type Survey } from '../../lib/doctor/index.js'

const MACHINE: Machine = {
  node: { version: 'v24.0.0', path: '/usr/bin/node', hasZstd: true },
  platform: 'linux-x64',
  glibc: '2.34',
  cores: { there: 8, usable: 8, limit: null },
  memory: { there: 16e9, free: 8e9, limit: null },
  openFiles: { soft: 1024, hard: 4096 },
  temporary: { folder: '/tmp', freeBytes: 1e11, isWritable: true },
}
const PACKAGES = {
  distributed: '2025.1',
  dask_jobqueue: null,
  dask_lxplus: null,
  lpcjobqueue: null,
  coffea_casa: null,
  coffea: null,
}
const NO_CREDENTIALS: Credentials = { proxy: null, token: null, ticket: null, authorities: null, findings: [] }
const SURVEY: Survey = {
  machine: MACHINE,
  python: { command: 'python3', version: '3.12.1', path: '/usr/bin/python3', reason: null, packages: PACKAGES },
  programs: {
    sbatch: null,
    condor_submit: '/usr/bin/condor_submit',
    xrdcp: null,
    'voms-proxy-init': null,
    klist: null,
    dasgoclient: null,
  },
  credentials: NO_CREDENTIALS,
}
const PLAIN: Needs = { executor: 'threads', hasPythonFilter: false, remote: [], byXrdcp: false }

function trouble(needs: Partial<Needs>, survey: Partial<Survey> = {}): readonly Finding[] {
  return findTrouble({ ...SURVEY, ...survey }, { ...PLAIN, ...needs })
}

function missing(part: string, message: string): Finding {
  return { level: 'missing', part, message }
}

test('a job on this machine needs nothing more', () => {
  equal(trouble({}), [])
  equal(trouble({ executor: 'distributed' }), [])
  equal(trouble({ executor: 'tcp://host:8786' }), [])
  equal(trouble({ executor: 'batch/condor' }), [])
})

test('executors need packages of Python and programs of the batch system', () => {
  const install = 'Install it: /usr/bin/python3 -m pip install'
  equal(trouble({ executor: 'dask/slurm' }), [
    missing('Python', `--executor dask/slurm needs dask_jobqueue. ${install} dask-jobqueue`),
    missing('sbatch', 'is not on PATH, and --executor dask/slurm needs it. Run this where jobs are submitted.'),
  ])
  equal(trouble({ executor: 'dask/lxplus' }), [
    missing('Python', `--executor dask/lxplus needs dask_lxplus. ${install} dask-lxplus`),
  ])
  equal(
    trouble({ executor: 'batch/slurm' }).map(({ part }) => part),
    ['sbatch'],
  )
})

test('filters in Python need coffea, and a Python', () => {
  equal(
    trouble({ hasPythonFilter: true }).map(({ message }) => message),
    ['extra_filter needs coffea. Install it: /usr/bin/python3 -m pip install coffea'],
  )
  const python = { ...SURVEY.python, version: null, reason: 'there is no such program' }
  equal(trouble({ hasPythonFilter: true, executor: 'distributed' }, { python }), [
    missing(
      'Python',
      'python3 cannot be run (there is no such program), and --executor distributed and extra_filter needs it. ' +
        'Name another one in TNP_PYTHON.',
    ),
  ])
  equal(trouble({}, { python }), [])
})

test('the stock client, where it is asked for', () => {
  equal(trouble({ byXrdcp: true }), [
    missing(
      'xrdcp',
      "is not on PATH, and --transport xrdcp needs it. Install XRootD's client, or leave the option out.",
    ),
  ])
})

test('credentials count where files are at servers', () => {
  const credentials: Credentials = {
    ...NO_CREDENTIALS,
    findings: [
      { level: 'warning', place: 'X509_CERT_DIR', message: 'not set.' },
      { level: 'error', place: 'X509_USER_PROXY', message: 'has expired.' },
    ],
  }
  equal(trouble({}, { credentials }), [])
  equal(trouble({ remote: ['root://host//file'] }, { credentials }), [
    missing('credentials', 'X509_USER_PROXY: has expired.'),
    { level: 'warning', part: 'credentials', message: 'X509_CERT_DIR: not set.' },
  ])
})

test('a small machine', () => {
  const machine: Machine = {
    ...MACHINE,
    node: { ...MACHINE.node, version: 'v20.1.0', hasZstd: false },
    openFiles: { soft: 64, hard: 512 },
    memory: { ...MACHINE.memory, limit: 2e8 },
    temporary: { folder: '/tmp', freeBytes: 3e6, isWritable: true },
  }
  equal(
    trouble({}, { machine }).map(({ level, part, message }) => `${level} ${part}: ${message}`),
    [
      'warning Node: v20.1.0 has no Zstandard of its own: files that use it are read more slowly. 22.15 and later have it.',
      'warning open files: this shell allows 64 at a time. Allow more: ulimit -n 512',
      'warning temporary space: /tmp has 3 MB left. Name another folder in TMPDIR.',
      'warning memory: this process may use 200 MB. A job on one worker takes 95 to 120 MB.',
    ],
  )
  const full = { ...MACHINE, temporary: { folder: '/tmp', freeBytes: null, isWritable: false } }
  equal(trouble({}, { machine: full }), [
    missing('temporary space', '/tmp cannot be written to. Name another folder in TMPDIR.'),
  ])
})

test.run()
