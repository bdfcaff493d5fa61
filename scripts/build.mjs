// Compiles everything (lib, pipelines, test, fixtures, bench) into dist/, installing the packages first where they are missing.
import { spawnSync } from 'node:child_process'
import { ensureInstalled } from './install.mjs'
import { removeStale } from './stale.mjs'

ensureInstalled()
removeStale('dist')
for (const project of ['.', 'lib/page/client']) {
  const run = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { stdio: 'inherit' })
  if (run.status !== 0) process.exit(run.status ?? 1)
}
const { bundle } = await import('./bundle.mjs')
await bundle()
