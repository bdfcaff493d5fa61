// Installs, builds and runs the main job on the fixtures; then, in bins wide enough for its few probes, efficiencies, fits and
// scale factors. Says where everything lies and how to look at it.
// --built: what is in dist/ is taken, in the current folder; --installed: the commands of PATH are.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const HOME = fileURLToPath(new URL('../', import.meta.url))
const OUT = 'out/demo-sf'
const CONFIG = 'fixtures/config/scale-factors'
const HISTOGRAMS = 'get_nd_tnp_histograms_1/tight_histos.pkl'

const isInstalled = process.argv.includes('--installed')
if (!isInstalled && !process.argv.includes('--built')) node('scripts/build.mjs', [])
run('run-analysis', [
  ...['--config', 'fixtures/config/runner.json', '--settings', 'fixtures/config/settings.json'],
  ...['--fileset', 'fixtures/config/fileset.json', '--binning', 'fixtures/config/binning.json'],
  ...['--output', 'out/demo', '--executor', 'threads'],
])

say('\nTight electrons in four wide bins: histograms with the mass,')
command([
  ...['run', '--config', `${CONFIG}/runner.json`, '--fileset', `${CONFIG}/fileset.json`],
  ...['--binning', `${CONFIG}/binning.json`, '--output', OUT, '--executor', 'threads'],
])
say('\nefficiencies by counting,')
command(['efficiency', ...['Data', 'MC'].map(name => `${OUT}/${name}/${HISTOGRAMS}`)])
say('\nby fits of passing and failing probes, with other shapes of signal and background,')
command(['fit', '--config', `${CONFIG}/fit.json`, '--output', `${OUT}/fits.json`, '--format', 'text'])
say('\nand scale factors:')
command(['scale-factors', '--config', `${CONFIG}/scale-factors.json`, '--output', `${OUT}/scale-factors`])
say(`\nLook at it:\n  npx tnp-pipe view out/demo ${OUT}`)

function command(args) {
  run('tnp-pipe', args)
}

function run(name, args) {
  if (isInstalled) start(name, args)
  else node(`dist/bin/${name}.js`, args)
}

function node(path, args) {
  start(process.execPath, [`${HOME}${path}`, ...args])
}

function start(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit' })
  if (error !== undefined) process.stderr.write(`demo: ${error.message}\n`)
  if (status !== 0) process.exit(status ?? 1)
}

function say(text) {
  process.stdout.write(`${text}\n`)
}
