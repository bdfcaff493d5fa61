/** A Node with libzstd of its own (22.15 and later), beside the one that runs the benchmarks. */
import { spawnSync } from 'node:child_process'
import { hasNodeZstd } from '../../lib/codecs/zstd.js'

/** Path of the binary: this one where it has libzstd, TNP_NEWER_NODE, or the one that CI uses; null where there is none. */
export function findNewerNode(): string | null {
  if (hasNodeZstd()) return process.execPath
  const given = process.env.TNP_NEWER_NODE
  if (given !== undefined) return given
  const found = spawnSync('bash', ['scripts/newer-node.sh'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  if (found.status === 0) return found.stdout.trim()
  process.stderr.write('skipped: what needs a Node with libzstd (scripts/newer-node.sh gave none)\n')
  return null
}
