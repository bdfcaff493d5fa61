// `npm run fuzz`: builds, then runs the campaign (test/fuzz) with the arguments.
import { spawnSync } from 'node:child_process'

for (const args of [['scripts/build.mjs'], ['dist/test/fuzz/main.js', ...process.argv.slice(2)]]) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
