// `npm run bench`: builds, then runs bench/main.ts; arguments are passed on.
import { spawnSync } from 'node:child_process'
import { ensureInstalled } from './install.mjs'

ensureInstalled()
for (const [program, ...args] of [
  ['node_modules/typescript/bin/tsc', '-p', '.'],
  ['dist/bench/main.js', ...process.argv.slice(2)],
]) {
  const run = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' })
  if (run.status !== 0) process.exit(run.status ?? 1)
}
