/** What is read of the machine, from files as Linux has them. */
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { surveyMachine } from '../../lib/doctor/index.js'

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units
Max cpu time              unlimited            unlimited            seconds
Max open files            1024                 524288               files
`

function reading(files: Readonly<Record<string, string>>) {
  return surveyMachine(path => files[path] ?? null)
}

test('limits of a control group of version 2, its own and those above it', () => {
  const { cores, memory, openFiles } = reading({
    '/proc/self/limits': LIMITS,
    '/proc/self/cgroup': '0::/user.slice/job_7',
    '/sys/fs/cgroup/user.slice/job_7/cpu.max': '150000 100000',
    '/sys/fs/cgroup/user.slice/job_7/memory.max': 'max',
    '/sys/fs/cgroup/user.slice/cpu.max': 'max 100000',
    '/sys/fs/cgroup/user.slice/memory.max': '4000000000',
    '/sys/fs/cgroup/memory.max': '8000000000',
  })
  is(cores.limit, 1.5)
  is(memory.limit, 4e9)
  equal(openFiles, { soft: 1024, hard: 524288 })
})

test('limits of control groups of version 1, where a number near 2^63 is none', () => {
  const { cores, memory } = reading({
    '/proc/self/cgroup': '4:memory:/slurm/job_9\n3:cpu,cpuacct:/slurm/job_9\n',
    '/sys/fs/cgroup/memory/slurm/job_9/memory.limit_in_bytes': '2000000000',
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712',
    '/sys/fs/cgroup/cpu,cpuacct/slurm/job_9/cpu.cfs_quota_us': '200000',
    '/sys/fs/cgroup/cpu,cpuacct/slurm/job_9/cpu.cfs_period_us': '100000',
  })
  is(cores.limit, 2)
  is(memory.limit, 2e9)
})

test('a machine that tells none of this', () => {
  const { cores, memory, openFiles, node } = reading({})
  is(cores.limit, null)
  is(memory.limit, null)
  is(openFiles, null)
  is(node.version, process.version)
  ok(cores.usable >= 1 && memory.there > 0)
})

test('a folder for temporary files that is not there', () => {
  equal(surveyMachine(() => null, '/nowhere/at/all').temporary, {
    folder: '/nowhere/at/all',
    freeBytes: null,
    isWritable: false,
  })
})

test.run()
