/** Running the built command line as a user would, in a shell of its own. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The programs beside the compiled tests: as users get them, or unjoined where only the compiler has run. */
const BUILT = fileURLToPath(new URL('../../', import.meta.url))
export const PROGRAMS = existsSync(join(BUILT, 'bin/tnp-pipe.js'))
  ? { runAnalysis: join(BUILT, 'bin/run-analysis.js'), tnpPipe: join(BUILT, 'bin/tnp-pipe.js') }
  : { runAnalysis: join(BUILT, 'lib/cli/run-analysis.js'), tnpPipe: join(BUILT, 'lib/cli/main.js') }

/** The program tnp-pipe. */
export const TNP_PIPE = PROGRAMS.tnpPipe

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly cwd?: string
  /** Added to the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>
  /** Called once the program runs, with a function that sends it a signal. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void, pid: number) => unknown
  /** Called with what it says, as it comes. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => unknown
  /** Who runs it; default: who runs the tests. */
  readonly user?: { readonly uid: number; readonly gid: number }
  /** Folder of the programs, in place of those that have been built. */
  readonly program?: string
}

export function runAnalysis(args: readonly string[], options: CliOptions = {}): Promise<Outcome> {
  return run([programOf(PROGRAMS.runAnalysis, options), ...args], options)
}

export function tnpPipe(args: readonly string[], options: CliOptions = {}): Promise<Outcome> {
  return run([programOf(PROGRAMS.tnpPipe, options), ...args], options)
}

function programOf(path: string, { program }: CliOptions): string {
  return program === undefined ? path : join(program, basename(path))
}

function run(argv: readonly string[], { cwd, env = {}, onStart, onStderr, user }: CliOptions): Promise<Outcome> {
  return new Promise(done => {
    const child = spawn(process.execPath, argv, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...user,
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', chunk => (stdout += chunk))
    child.stderr.on('data', chunk => {
      stderr += chunk
      onStderr?.(stderr, signal => child.kill(signal))
    })
    child.on('close', status => done({ status, stdout, stderr }))
    onStart?.(signal => child.kill(signal), child.pid!)
  })
}

export interface Scratch {
  readonly dir: string
  path(name: string): string
  /** Writes a JSON document and returns its path. */
  json(name: string, content: unknown): string
  remove(): void
}

/** A folder of its own for a test. */
export function scratch(): Scratch {
  const dir = mkdtempSync(join(tmpdir(), 'tnp-pipe-test-'))
  return {
    dir,
    path: name => join(dir, name),
    json: (name, content) => {
      const path = join(dir, name)
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
      return path
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

/** Every file below a folder, by its path from there. */
export function filesBelow(dir: string): Map<string, Buffer> {
  const out = new Map<string, Buffer>()
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    out.set(relative(dir, path).replaceAll('\\', '/'), readFileSync(path))
  }
  return new Map([...out].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The options that name a job's four documents in one folder. */
export function jobOptions(dir: string): string[] {
  return ['runner', 'fileset', 'settings', 'binning'].flatMap(name => [
    name === 'runner' ? '--config' : `--${name}`,
    join(dir, `${name}.json`),
  ])
}
