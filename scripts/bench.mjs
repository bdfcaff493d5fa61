// `npm run bench`, `bench:compare`, `bench:peers`, `soak`: builds, then runs bench/NAME.ts (the first argument); others are passed on.
import { spawnSync } from 'node:child_process'

const [name, ...rest] = process.argv.slice(2)
for (const args of [['scripts/build.mjs'], [`dist/bench/${name}.js`, ...rest]]) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
