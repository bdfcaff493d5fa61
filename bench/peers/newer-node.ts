/** A Node with libzstd of its own (22.15 and later), beside the one that runs the benchmarks. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import zlib from 'node:zlib'
import { WORK } from '../inputs.js'

/** npm serves Node's binaries as packages, one a platform. */
const PLATFORM = `node-${process.platform}-${process.arch}`
const PACKAGE = `${PLATFORM}@24`

/** Path of the binary: this one where it has libzstd, TNP_NEWER_NODE, or one that npm brings into .work; null where there is none. */
export function findNewerNode(): string | null {
  if ('zstdDecompressSync' in zlib) return process.execPath
  const given = process.env.TNP_NEWER_NODE
  if (given !== undefined) return given
  const folder = resolve(WORK, 'node')
  const binary = join(folder, 'node_modules', PLATFORM, 'bin', 'node')
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true })
    spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, PACKAGE], { stdio: 'ignore' })
  }
  if (spawnSync(binary, ['-e', 'require("zlib").zstdDecompressSync']).status === 0) return binary
  process.stderr.write(`skipped: what needs a Node with libzstd (npm install ${PACKAGE} gave none)\n`)
  return null
}
