/** What a job needs of the machine, and which of it is missing. */
import type { Credentials } from '../credentials/index.js'
import type { Machine } from './machine.js'
import { PROGRAMS, type ProgramName, PYTHON_PACKAGES, type Python, type PythonPackage } from './programs.js'

export interface Needs {
  /** As --executor has it. */
  readonly executor: string
  /** "extra_filter" in Python. */
  readonly hasPythonFilter: boolean
  /** Places at servers that the job reads or writes. */
  readonly remote: readonly string[]
  readonly byXrdcp: boolean
}

export interface Survey {
  readonly machine: Machine
  readonly python: Python
  readonly programs: Readonly<Record<ProgramName, string | null>>
  readonly credentials: Credentials
}

/** missing: what the job needs; warning: what may become a trouble. */
export interface Finding {
  readonly level: 'missing' | 'warning'
  readonly part: string
  /** What is wrong, and what to do. */
  readonly message: string
}

/** Fewer open files at a time than this end many-file jobs. */
const FEW_FILES = 256
/** Room for the copies and pieces of outputs that a job makes. */
const LITTLE_ROOM = 1e9
/** What one worker and the main thread take at most (docs/benchmarks.md). */
const LITTLE_MEMORY = 512e6

const EXECUTOR_PACKAGES: readonly (readonly [RegExp, readonly PythonPackage[]])[] = [
  [/^dask\/(slurm|condor)$/, ['distributed', 'dask_jobqueue']],
  [/^dask\/lxplus$/, ['distributed', 'dask_lxplus']],
  [/^dask\/lpc$/, ['distributed', 'lpcjobqueue']],
  [/^dask\/casa$/, ['distributed', 'coffea_casa']],
  [/^(distributed$|tcp:|tls:|python:)/, ['distributed']],
]
const EXECUTOR_PROGRAMS: readonly (readonly [RegExp, ProgramName])[] = [
  [/^(batch|dask)\/slurm$/, 'sbatch'],
  [/^(batch\/condor|dask\/(condor|lxplus|lpc|casa))$/, 'condor_submit'],
]

/** In the order in which they matter: what the job lacks, then what may be in its way. */
export function findTrouble(survey: Survey, needs: Needs): readonly Finding[] {
  const found = [...missingPython(survey, needs), ...missingPrograms(survey, needs)]
  found.push(...credentialTrouble(survey, needs), ...machineTrouble(survey.machine))
  return found.sort((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'))
}

function missingPython({ python }: Survey, { executor, hasPythonFilter }: Needs): Finding[] {
  const wanted = new Map<PythonPackage, string>()
  const ofExecutor = EXECUTOR_PACKAGES.find(([pattern]) => pattern.test(executor))?.[1] ?? []
  for (const name of ofExecutor) wanted.set(name, `--executor ${executor}`)
  if (hasPythonFilter) wanted.set('coffea', 'extra_filter')
  if (wanted.size === 0) return []
  if (python.version === null) {
    const why = [...new Set(wanted.values())].join(' and ')
    const message = `${python.command} cannot be run (${python.reason}), and ${why} needs it. Name another one in TNP_PYTHON.`
    return [{ level: 'missing', part: 'Python', message }]
  }
  return [...wanted]
    .filter(([name]) => python.packages[name] === null)
    .map(([name, why]) => {
      const message = `${why} needs ${name}. Install it: ${python.path} -m pip install ${PYTHON_PACKAGES[name].pip}`
      return { level: 'missing', part: 'Python', message }
    })
}

function missingPrograms({ programs }: Survey, { executor, byXrdcp }: Needs): Finding[] {
  const wanted: (readonly [ProgramName, string])[] = EXECUTOR_PROGRAMS.filter(([pattern]) =>
    pattern.test(executor),
  ).map(([, name]) => [name, `--executor ${executor} needs it. Run this where jobs are submitted.`])
  if (byXrdcp) wanted.push(['xrdcp', `${PROGRAMS.xrdcp} needs it. Install XRootD's client, or leave the option out.`])
  return wanted
    .filter(([name]) => programs[name] === null)
    .map(([name, why]) => ({ level: 'missing', part: name, message: `is not on PATH, and ${why}` }))
}

/** Public servers ask for nothing, so that nothing to show is a warning; what the user named and cannot be used is missing. */
function credentialTrouble({ credentials }: Survey, { remote }: Needs): Finding[] {
  if (remote.length === 0) return []
  return credentials.findings.map(({ level, place, message }) => ({
    level: level === 'error' ? 'missing' : 'warning',
    part: 'credentials',
    message: `${place}: ${message}`,
  }))
}

function machineTrouble({ node, openFiles, temporary, memory }: Machine): Finding[] {
  const found: Finding[] = []
  const warn = (part: string, message: string) => found.push({ level: 'warning', part, message })
  if (!node.hasZstd) {
    warn(
      'Node',
      `${node.version} has no Zstandard of its own: files that use it are read more slowly. 22.15 and later have it.`,
    )
  }
  if (openFiles !== null && openFiles.soft < FEW_FILES) {
    const most = Math.min(openFiles.hard, 1024)
    warn('open files', `this shell allows ${openFiles.soft} at a time. Allow more: ulimit -n ${most}`)
  }
  const elsewhere = 'Name another folder in TMPDIR.'
  if (!temporary.isWritable) {
    found.push({
      level: 'missing',
      part: 'temporary space',
      message: `${temporary.folder} cannot be written to. ${elsewhere}`,
    })
  } else if (temporary.freeBytes !== null && temporary.freeBytes < LITTLE_ROOM) {
    warn('temporary space', `${temporary.folder} has ${(temporary.freeBytes / 1e6).toFixed(0)} MB left. ${elsewhere}`)
  }
  const limit = Math.min(memory.limit ?? Number.POSITIVE_INFINITY, memory.there)
  if (limit < LITTLE_MEMORY) {
    warn('memory', `this process may use ${(limit / 1e6).toFixed(0)} MB. A job on one worker takes 95 to 120 MB.`)
  }
  return found
}
