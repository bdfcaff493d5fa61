// Joins the compiled modules into a few files in dist/bin: the programs start in a fraction of the time, since Node looks up and
// reads some two hundred modules one by one otherwise. What the programs' workers load is joined in the same way.
import { createHash } from 'node:crypto'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { writeBuildFacts } from './build-facts.mjs'
import { bundleLibraries, WITH_REQUIRE } from './bundle-libraries.mjs'
import { bundlePage } from './bundle-page.mjs'
import { buildNoted as build, writeLicences } from './licences.mjs'

const OUT = 'dist/bin'

/** Left as packages: what is loaded rarely, or finds its WebAssembly by its own place. */
const PACKAGES = ['@foxglove/wasm-zstd', 'zstandard-wasm', 'xz-decompress', 'xxhash-wasm', 'lz4-wasm-nodejs']

/** Commander asks for node:child_process at once and uses it for commands that are programs of their own, which there are none
 *  of here. Loading it takes 6 ms. */
const lazyChildProcess = {
  name: 'lazy-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?child_process$/ }, ({ importer, kind }) =>
      kind === 'require-call' && /[\\/]commander[\\/]/.test(importer)
        ? { path: 'child_process', namespace: 'lazy' }
        : null,
    )
    onLoad({ filter: /.*/, namespace: 'lazy' }, () => ({
      contents: "module.exports = new Proxy({}, { get: (_, name) => require('node:child_process')[name] })",
    }))
  },
}

/** What few commands need is a file of its own, which the programs load when it is asked for: they must not grow by it. */
const OWN_FILES = [
  { filter: /\/page\/index\.js$/, file: 'page' },
  { filter: /\/page\/live\/index\.js$/, file: 'page-live' },
  { filter: /^pino$/, file: 'pino' },
]
/** The same for the commands alone: workers, whose modules share their parts, have them as such modules. */
const TABLE_FORMATS = [
  { filter: /\.\/rntuple\/index\.js$/, file: 'rntuple' },
  { filter: /\.\/ttree\/index\.js$/, file: 'ttree' },
]

function ownFiles(files) {
  return {
    name: 'own-files',
    setup({ onResolve }) {
      for (const { filter, file } of files) {
        onResolve({ filter }, ({ kind }) =>
          kind === 'dynamic-import' ? { path: `./${file}.js`, external: true } : null,
        )
      }
    },
  }
}

const COMMON = {
  outdir: OUT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: PACKAGES,
  legalComments: 'eof',
  plugins: [lazyChildProcess, ownFiles(OWN_FILES)],
  logLevel: 'warning',
}

export async function bundle() {
  rmSync(OUT, { recursive: true, force: true })
  for (const folder of ['dist/lib/cluster', OUT]) cpSync('lib/cluster/bridge', `${folder}/bridge`, { recursive: true })
  const programs = await bundlePrograms()
  await build({
    ...COMMON,
    entryPoints: {
      'tnp-pipe': 'dist/lib/cli/launch-tnp-pipe.js',
      'run-analysis': 'dist/lib/cli/launch-run-analysis.js',
      'fetch-datasets': 'dist/lib/cli/launch-fetch-datasets.js',
      'prepare-histograms': 'dist/lib/cli/launch-prepare-histograms.js',
      'merge-parquet': 'dist/lib/cli/launch-merge-parquet.js',
      'get-unprocessed-partitions': 'dist/lib/cli/launch-get-unprocessed-partitions.js',
      'run-fitter': 'dist/lib/cli/launch-run-fitter.js',
      worker: 'dist/lib/run/worker.js',
      'fit-worker': 'dist/lib/fitter/worker.js',
      'cluster-worker': 'dist/lib/cluster/node-worker.js',
      'batch-worker': 'dist/lib/batch/worker.js',
      pipelines: 'dist/pipelines/index.js',
    },
    splitting: true,
    format: 'esm',
    // CommonJS packages that are joined in ask for Node's modules by `require`, which ES modules lack.
    banner: WITH_REQUIRE,
    define: { TNP_BUNDLED: 'true', TNP_PROGRAMS: JSON.stringify(programs) },
  })
  await bundleOwnFiles()
  await bundleLibraries()
  await bundlePage()
  writeBuildFacts()
  writeLicences('dist/THIRD-PARTY-LICENSES.txt', 'dist/bundled-packages.json')
}

/** One file each: parts shared with workers would make those slower to load. */
async function bundleOwnFiles() {
  await build({
    ...COMMON,
    entryPoints: {
      page: 'dist/lib/page/index.js',
      'page-live': 'dist/lib/page/live/index.js',
      rntuple: 'dist/lib/formats/rntuple/index.js',
      ttree: 'dist/lib/formats/ttree/index.js',
    },
    format: 'esm',
    banner: WITH_REQUIRE,
    define: { TNP_BUNDLED: 'true' },
  })
  // For workers of clusters, to which this folder is sent: what a user's module imports as "tnp-pipe".
  await build({
    ...COMMON,
    entryPoints: { package: 'dist/lib/index.js' },
    format: 'esm',
    banner: WITH_REQUIRE,
    define: { TNP_BUNDLED: 'true' },
    minifyWhitespace: true,
    minifySyntax: true,
  })
}

/** All commands in one script, as V8's code cache wants it (lib/cli/launch.ts). Gives its name. */
async function bundlePrograms() {
  await build({
    ...COMMON,
    entryPoints: { programs: 'dist/lib/cli/program.js' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    plugins: [lazyChildProcess, ownFiles([...OWN_FILES, ...TABLE_FORMATS])],
    charset: 'ascii',
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
    define: { TNP_BUNDLED: 'true', 'import.meta.url': 'moduleUrl' },
  })
  const body = withGivenImport(readFileSync(`${OUT}/programs.cjs`, 'utf8'))
  const script = `(function (exports, require, module, __filename, importModule) {${body}\n})`
  const hash = createHash('sha256').update(script).digest('hex')
  const name = `programs-${hash.slice(0, 12)}.cjs`
  writeFileSync(`${OUT}/${name}`, script)
  rmSync(`${OUT}/programs.cjs`)
  return name
}

/** A script out of V8's cache cannot import, so it gets a function for that from the one who starts it. */
function withGivenImport(script) {
  if (/\bimportModule\b/.test(script)) throw new Error('bundle: a module has the name of that function, importModule')
  const calls = script.match(/.*(?<!typeof )\bimport\(/g) ?? []
  const strange = calls.filter(line => !/(await |\[|, )import\($/.test(line))
  if (strange.length > 0) throw new Error(`bundle: is this an import? ${strange.join('\n')}`)
  return script.replaceAll(/(?<!typeof )\bimport\(/g, 'importModule(')
}
