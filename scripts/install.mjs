// Makes `npm test` and `npm run demo` work alone on a fresh clone: installs from the lock file when node_modules is missing
// or older than the lock file. Install scripts stay off (.npmrc), so nothing is compiled or downloaded besides packages.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))

export function ensureInstalled() {
  const stamp = 'node_modules/.package-lock.json'
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync('package-lock.json').mtimeMs) return
  process.stderr.write('installing packages ...\n')
  const run = spawnSync('npm', ['ci', '--no-progress'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (run.status !== 0) {
    process.stderr.write('npm ci failed: see above\n')
    process.exit(1)
  }
}
