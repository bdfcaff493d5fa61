/** Slurm and HTCondor on this machine, by the shared recipes: one node that a test has for itself, gone when it stops it. What they stand
 *  on is installed by scripts/clusters.sh, whose folder TNP_CLUSTERS names. HTCondor runs no jobs of root, so that its jobs, and the
 *  programs that submit them, are those of another user: `user`. */
import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { CliOptions } from './cli.js'
import { PROGRAMS } from './cli.js'
import { sharedDir } from './tools.js'
import { atExit, SYSTEM_PATH } from './xrootd-recipes.js'

export type PoolKind = 'slurm' | 'condor'

export interface BatchPool {
  readonly kind: PoolKind
  /** How programs are run that submit to it: environment and user. */
  readonly options: Pick<CliOptions, 'env' | 'user' | 'program'>
  /** A Python with Dask and the facilities' packages. */
  readonly python: string
  /** Where the pool's user may write and its jobs read. */
  readonly folder: string
  /** The shared data, readable for the jobs. */
  readonly data: string
  /** A new folder in `folder`. */
  makeFolder(name: string): string
  /** Runs one of the batch system's programs; gives its stdout. */
  run(program: string, args: readonly string[]): Promise<string>
  /** One line for each job in the queue: "id state". */
  jobs(): Promise<string[]>
  stop(): void
}

export const POOLS_NEED = '../shared, TNP_CLUSTERS (scripts/clusters.sh makes it) and root'

export function havePools(): boolean {
  const { TNP_CLUSTERS } = process.env
  return sharedDir() !== null && TNP_CLUSTERS !== undefined && existsSync(join(TNP_CLUSTERS, 'complete')) && isRoot()
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** Of `nobody`, on Debian. */
const NOBODY = { uid: 65534, gid: 65534 }

/** cpus: slots of the node; memory in MB. */
export async function startPool(
  kind: PoolKind,
  { cpus = 8, memory = 8000, extra = '' }: { cpus?: number; memory?: number; extra?: string } = {},
): Promise<BatchPool> {
  const root = process.env.TNP_CLUSTERS!
  const folder = mkdtempSync(join(root, `${kind}-`))
  chmodSync(folder, 0o755)
  const script = join(resolve('..'), 'shared', 'recipes', 'clusters', `${kind}.sh`)
  const ports = await freePorts(2)
  const env: Record<string, string> =
    kind === 'slurm'
      ? {
          SLURM_ROOT: join(folder, 'slurm'),
          SLURM_CI_CPUS: String(cpus),
          SLURM_CI_MEM: String(memory),
          SLURM_CTLD_PORT: String(ports[0]),
          SLURM_D_PORT: String(ports[1]),
        }
      : {
          CONDOR_ROOT: join(root, 'condor-root'),
          CONDOR_VAR: join(folder, 'condor'),
          CONDOR_PORT: String(ports[0]),
          CONDOR_CI_CPUS: String(cpus),
          CONDOR_CI_MEM: String(memory),
          CONDOR_EXTRA: extra,
        }
  const recipe = (action: string) =>
    spawnSync('bash', [script, action], {
      env: { ...process.env, PATH: SYSTEM_PATH, WORK: root, ...env },
      stdio: 'ignore',
    })
  if (recipe('start').status !== 0) throw new Error(`${script} start failed`)
  const shared = join(folder, 'shared')
  mkdirSync(shared)
  const user = kind === 'condor' ? NOBODY : undefined
  const bin = join(root, 'condor-root/usr/bin')
  const sbin = join(root, 'condor-root/usr/sbin')
  const submitting: Record<string, string> =
    kind === 'slurm'
      ? { SLURM_CONF: join(folder, 'slurm/slurm.conf'), PATH: SYSTEM_PATH }
      : {
          CONDOR_CONFIG: join(folder, 'condor/condor_config'),
          PATH: `${bin}:${sbin}:${SYSTEM_PATH}`,
          HOME: join(folder, 'condor/home'),
          USER: 'nobody',
          LOGNAME: 'nobody',
          TMPDIR: shared,
        }
  if (user !== undefined) chownSync(shared, user.uid, user.gid)
  const { program, data } =
    user === undefined ? { program: undefined, data: join(sharedDir()!, 'data') } : readable(root)
  const forget = atExit(() => stop())
  function stop() {
    forget()
    recipe('stop')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  let made = 0
  const pool: BatchPool = {
    kind,
    options: {
      env: submitting,
      ...(user === undefined ? {} : { user }),
      ...(program === undefined ? {} : { program }),
    },
    python: join(root, 'python/bin/python'),
    folder: shared,
    data,
    makeFolder(name) {
      const path = join(shared, `${name}-${made++}`)
      mkdirSync(path)
      if (user !== undefined) chownSync(path, user.uid, user.gid)
      return path
    },
    async run(command, args) {
      const options = { env: { ...process.env, ...submitting }, maxBuffer: 64e6, ...user }
      return (await promisify(execFile)(command, [...args], options)).stdout
    },
    async jobs() {
      const text =
        kind === 'slurm'
          ? await pool.run('squeue', ['-h', '-r', '-o', '%i %T'])
          : await pool.run('condor_q', ['-all', '-af:j', 'JobStatus'])
      return text.split('\n').filter(line => line !== '')
    },
    stop,
  }
  return pool
}

/** No job is left in the queue, within a time. */
export async function queueIsEmpty(pool: BatchPool, seconds = 20): Promise<void> {
  let jobs = await pool.jobs()
  for (const end = Date.now() + seconds * 1000; jobs.length > 0 && Date.now() < end; jobs = await pool.jobs()) {
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  if (jobs.length > 0) throw new Error(`jobs are left: ${jobs.join('; ')}`)
}

/** The programs and the data, under paths that the user of HTCondor's jobs can read: copies, where the checkout cannot be entered. */
function readable(root: string): { program: string | undefined; data: string } {
  const data = join(sharedDir()!, 'data')
  const canRead = (path: string) =>
    spawnSync(process.execPath, ['-e', `fs.accessSync(${JSON.stringify(path)})`], { ...NOBODY, stdio: 'ignore' })
      .status === 0
  if (canRead(PROGRAMS.runAnalysis) && canRead(join(data, 'DYto2E.root'))) return { program: undefined, data }
  const copy = join(root, 'readable')
  rmSync(copy, { recursive: true, force: true })
  for (const name of ['dist', 'node_modules', 'schemas', 'fixtures', 'package.json']) {
    cpSync(name, join(copy, 'main', name), { recursive: true })
  }
  for (const name of ['data', 'cases'])
    cpSync(join(sharedDir()!, name), join(copy, 'shared', name), { recursive: true })
  return { program: join(copy, 'main/dist/bin'), data: join(copy, 'shared/data') }
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
      return server
    }),
  )
  const ports = servers.map(server => (server.address() as { port: number }).port)
  await Promise.all(servers.map(server => new Promise(done => server.close(done))))
  return ports
}
