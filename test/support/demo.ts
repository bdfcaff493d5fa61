/** What the demo writes below out/, by the programs of this repository. */
import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import { is } from 'uvu/assert'
import { filesBelow, scratch } from './cli.js'

let written: Map<string, Buffer> | undefined

/** Run once for all tests of a process. */
export function builtDemo(): Map<string, Buffer> {
  if (written !== undefined) return written
  const dir = scratch()
  try {
    symlinkSync(resolve('fixtures'), dir.path('fixtures'))
    const args = [resolve('scripts/demo.mjs'), '--built']
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: dir.dir, encoding: 'utf8' })
    is(status, 0, stderr)
    written = filesBelow(dir.path('out'))
    return written
  } finally {
    dir.remove()
  }
}
