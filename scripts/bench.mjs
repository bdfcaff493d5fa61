// `npm run bench`: builds, then runs bench/main.ts; arguments are passed on.
import { spawnSync } from 'node:child_process'

for (const args of [['scripts/build.mjs'], ['dist/bench/main.js', ...process.argv.slice(2)]]) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
