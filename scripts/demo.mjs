// Installs, builds and runs the main job on the fixtures, then says what it did and where the outputs lie.
import { spawnSync } from 'node:child_process'

run(['scripts/build.mjs'])
run([
  'dist/bin/run-analysis.js',
  ...['--config', 'fixtures/config/runner.json', '--settings', 'fixtures/config/settings.json'],
  ...['--fileset', 'fixtures/config/fileset.json', '--binning', 'fixtures/config/binning.json'],
  ...['--output', 'out/demo', '--executor', 'threads'],
])

function run(args) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
