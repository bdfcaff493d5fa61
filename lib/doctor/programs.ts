/** Programs and Python packages that executors and options need. */
import { spawnSync } from 'node:child_process'
import { onPath } from '../core/on-path.js'

/** What each is for. */
export const PROGRAMS = {
  sbatch: 'batch/slurm and dask/slurm',
  condor_submit: 'batch/condor, dask/condor, dask/lxplus, dask/lpc and dask/casa',
  xrdcp: '--transport xrdcp',
  'voms-proxy-init': 'making grid proxies',
  klist: 'reading Kerberos tickets',
  dasgoclient: 'fetch-datasets, beside DBS',
} as const
export type ProgramName = keyof typeof PROGRAMS

/** Module -> what it is for, and what pip calls it. */
export const PYTHON_PACKAGES = {
  distributed: { use: 'the executors of Dask', pip: 'distributed' },
  dask_jobqueue: { use: 'dask/slurm and dask/condor', pip: 'dask-jobqueue' },
  dask_lxplus: { use: 'dask/lxplus', pip: 'dask-lxplus' },
  lpcjobqueue: { use: 'dask/lpc', pip: 'git+https://github.com/CoffeaTeam/lpcjobqueue.git' },
  coffea_casa: { use: 'dask/casa', pip: 'coffea-casa' },
  coffea: { use: 'extra_filter in Python', pip: 'coffea' },
} as const
export type PythonPackage = keyof typeof PYTHON_PACKAGES

export interface Python {
  readonly command: string
  /** Null: it cannot be started; `reason` says why. */
  readonly version: string | null
  readonly path: string | null
  readonly reason: string | null
  /** Module -> its version, null where it is not there. */
  readonly packages: Readonly<Record<PythonPackage, string | null>>
}

/** Paths of the programs on PATH; null where there is none. */
export function findPrograms(path = process.env.PATH ?? ''): Record<ProgramName, string | null> {
  const names = Object.keys(PROGRAMS) as ProgramName[]
  return Object.fromEntries(names.map(name => [name, onPath(name, path)])) as Record<ProgramName, string | null>
}

/** Finds packages without importing them, which takes seconds. */
const SCRIPT = `
import importlib.metadata, importlib.util, json, platform, sys
def version(name):
    if importlib.util.find_spec(name) is None:
        return None
    for distribution in importlib.metadata.packages_distributions().get(name, [name]) if sys.version_info >= (3, 10) else [name, name.replace("_", "-")]:
        try:
            return importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            pass
    return "of unknown version"
print(json.dumps({"version": platform.python_version(), "path": sys.executable, "packages": {name: version(name) for name in sys.argv[1:]}}))
`
const LIMIT_MS = 30_000

export function surveyPython(command: string): Python {
  const names = Object.keys(PYTHON_PACKAGES) as PythonPackage[]
  const none = Object.fromEntries(names.map(name => [name, null])) as Record<PythonPackage, null>
  const missing = (reason: string): Python => ({ command, version: null, path: null, reason, packages: none })
  const { error, status, stdout, stderr } = spawnSync(command, ['-c', SCRIPT, ...names], {
    encoding: 'utf8',
    timeout: LIMIT_MS,
  })
  if (error !== undefined) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return missing('there is no such program')
    return missing(code === 'ETIMEDOUT' ? `no answer within ${LIMIT_MS / 1000} s` : error.message)
  }
  if (status !== 0) return missing(stderr.trim().split('\n').at(-1) || `it ended with status ${status}`)
  try {
    const told = JSON.parse(stdout) as Pick<Python, 'version' | 'path' | 'packages'>
    return { command, reason: null, ...told, packages: { ...none, ...told.packages } }
  } catch {
    return missing('it says something else than a Python does')
  }
}
