/** Pipes of the built stages in a real shell: `tnp-pipe` is on its PATH. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Outcome, PROGRAMS } from './cli.js'

const bin = mkdtempSync(join(tmpdir(), 'tnp-pipe-bin-'))
writeFileSync(join(bin, 'tnp-pipe'), `#!/bin/sh\nexec "${process.execPath}" "${PROGRAMS.tnpPipe}" "$@"\n`)
chmodSync(join(bin, 'tnp-pipe'), 0o755)

export interface BashOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Called once the shell runs, with a function that sends a signal to it and to all of its pipe. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void
}

/** Runs a script of bash, with pipefail. */
export function bash(script: string, args: readonly string[] = [], options: BashOptions = {}): Promise<Outcome> {
  return new Promise(done => {
    const child = spawn('bash', ['-o', 'pipefail', '-c', script, 'bash', ...args], {
      cwd: options.cwd,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env, PATH: `${bin}:${process.env.PATH}` },
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', chunk => (stdout += chunk))
    child.stderr.on('data', chunk => (stderr += chunk))
    child.on('close', status => done({ status, stdout, stderr }))
    options.onStart?.(signal => process.kill(-child.pid!, signal))
  })
}
