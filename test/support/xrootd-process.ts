/** One process of a stock xrootd. It has no setting for the address that it binds, but takes sockets as systemd hands them over
 *  (sd_listen_fds(3)): ours are bound to 127.0.0.1. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { atExit, haveProgram, SYSTEM_PATH } from './xrootd-recipes.js'

export interface ServerProcess {
  readonly ports: readonly number[]
  /** SIGSTOP; when it returns every thread has stopped. */
  pause(): void
  resume(): void
  /** SIGKILL; resolves when it has ended. */
  kill(): Promise<void>
}

export interface ServerSetup {
  /** Absolute path of the configuration. */
  readonly config: string
  /** The server's own folder; holds `log` afterwards. */
  readonly folder: string
  /** 0: any free one. */
  readonly ports: readonly number[]
  readonly env: NodeJS.ProcessEnv
}

const READY = /xrootd test@.* initialization completed/

/** Runs `argv` in its own place. Node's sockets do not block, which makes xrootd's threads spin in accept() at 100 % of a core. */
const HAND_OVER = `
import os, sys
for fd in range(3, 3 + int(os.environ['LISTEN_FDS'])): os.set_blocking(fd, True)
os.environ['LISTEN_PID'] = str(os.getpid())
os.execvp(sys.argv[1], sys.argv[1:])`

/** Resolves when the server is ready, in about 100 ms; throws with its log when it ends before, or is not ready in 20 s. */
export async function startProcess({ config, folder, ports, env }: ServerSetup): Promise<ServerProcess> {
  const sockets = await Promise.all(ports.map(listen))
  const bound = sockets.map(socket => (socket.address() as AddressInfo).port)
  const logFile = join(folder, 'log')
  const log = openSync(logFile, 'a')
  const before = readFileSync(logFile).length
  // A test that is killed leaves no server: the kernel then kills it as well.
  const leash = haveProgram('setpriv') ? ['setpriv', '--pdeathsig', 'KILL'] : []
  const command = [...leash, 'xrootd', '-c', config, '-n', 'test']
  const child = spawn('python3', ['-I', '-S', '-c', HAND_OVER, ...command], {
    cwd: folder,
    ...(serverUser() ?? {}),
    env: {
      PATH: SYSTEM_PATH,
      HOME: folder,
      WORK: folder,
      PORT: String(bound[0]),
      HTTPPORT: String(bound.at(-1)),
      LISTEN_FDS: String(bound.length),
      ...env,
    },
    stdio: ['ignore', log, log, ...sockets.map(descriptor)],
  })
  closeSync(log)
  for (const socket of sockets) socket.close()
  const ended = once(child, 'exit')
  const forget = atExit(() => child.kill('SIGKILL'))
  // A test that forgets to stop its server ends all the same.
  child.unref()
  const kill = async () => {
    forget()
    child.ref()
    child.kill('SIGKILL')
    await ended
  }
  await untilReady(child, () => readFileSync(logFile).subarray(before).toString('latin1'), kill)
  return { ports: bound, pause: () => stopThreads(child), resume: () => void child.kill('SIGCONT'), kill }
}

/** A thread that runs goes on for a while after the signal, on a busy machine for some milliseconds: time enough to answer. */
function stopThreads(child: ChildProcess): void {
  child.kill('SIGSTOP')
  const limit = Date.now() + 5000
  while (!areStopped(child.pid!)) {
    if (Date.now() > limit) throw new Error('xrootd does not stop')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
  }
}

function areStopped(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every(thread => {
    const text = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1')
    return text[text.lastIndexOf(')') + 2] === 'T'
  })
}

/** xrootd refuses to run as root; the package makes a user for it. null: it runs as we do. */
function serverUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  ids ??= { uid: Number(execFileSync('id', ['-u', 'xrootd'])), gid: Number(execFileSync('id', ['-g', 'xrootd'])) }
  return ids
}

let ids: { uid: number; gid: number } | undefined

/** Gives a folder with all that is in it to the user that the server runs as. */
export function giveToServer(folder: string): void {
  const user = serverUser()
  if (user === null) return
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name))
  for (const path of [folder, ...paths]) chownSync(path, user.uid, user.gid)
}

async function untilReady(child: ChildProcess, log: () => string, kill: () => Promise<void>): Promise<void> {
  const limit = Date.now() + 20_000
  while (!READY.test(log())) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > limit) {
      await kill()
      throw new Error(`xrootd did not start:\n${log()}`)
    }
    await new Promise(done => setTimeout(done, 10))
  }
}

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** Node can hand a listening socket to its own children only; the descriptor is on an object that it does not document. */
function descriptor(server: Server): number {
  return (server as unknown as { _handle: { fd: number } })._handle.fd
}
