import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Deletes compiled files whose source is gone: uvu would go on running a test that was removed or renamed, and the npm package
 *  would have them. */
export function removeStale(dir) {
  if (!existsSync(dir)) return
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    const source = path.replace(/^dist[\\/]/, '').replace(/(\.d\.ts|\.js)$/, '')
    const compiled = entry.isFile() && /\.(js|d\.ts)$/.test(entry.name)
    if (compiled && !existsSync(`${source}.ts`) && !existsSync(`${source}.d.ts`)) rmSync(path)
  }
}
