// What is needed beside the modules: the fonts of figures, and the libraries of which few commands need some part, each joined into
// one file. As packages they would be thirty, some of them compiled at installation.
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildNoted, noteBundled } from './licences.mjs'

const PLOT = 'dist/lib/plot'
const ROOT = 'dist/lib/root'

/** What CommonJS packages want, joined into an ES module. */
export const WITH_REQUIRE = {
  js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
}

export async function bundleLibraries() {
  for (const folder of [PLOT, ROOT]) rmSync(`${folder}/libraries`, { recursive: true, force: true })
  cpSync('lib/plot/fonts', `${PLOT}/fonts`, { recursive: true })
  await bundleLibrary("export { default } from 'pdfkit'", `${PLOT}/libraries/pdfkit.mjs`)
  copyResvg()
  // Beside the programs, which alone write logs.
  await bundleLibrary("export { pino } from 'pino'", 'dist/bin/pino.js')
  await bundleLibrary(
    "export { FileProxy, openFile } from 'jsroot/io'\nexport { internals } from 'jsroot/core'",
    `${ROOT}/libraries/jsroot.mjs`,
    // For files at servers, windows in browsers, and Zstandard: our own sources and codecs stand in for these.
    [without(/^(xhr2|tmp|@oneidentity\/zstd-js)$|\/zstd\.mjs$/), boundedArrays],
  )
}

/** jsroot makes room for as many elements as a file claims, and notices only then that there are not so many bytes; its own inflation builds
 *  tables without end out of damaged ones. Either takes gigabytes. An element has one byte at least, and Node inflates: histogram.ts. */
const BOUNDS = [
  [
    'readFastArray(n, array_type) {',
    "readFastArray(n, array_type) { if (n > this.remain()) throw new RangeError('an array passes the end');",
  ],
  // Members have five dimensions at most.
  [
    'const indx = new Array(ndim).fill(0)',
    "if (!(ndim <= 5)) throw new RangeError('an array of many dimensions'); const indx = new Array(ndim).fill(0)",
  ],
  [': ZIP_inflate(uint8arr, tgt8arr);', ': internals._inflate(uint8arr, tgt8arr);'],
  // Lists of objects: an array of length -1 there cannot be.
  ['list.arr = new Array(nobjects)', 'list.arr = new Array(nobjects > buf.remain() ? -1 : nobjects)', 2],
  ['obj.arr = new Array(nobjects)', 'obj.arr = new Array(nobjects > buf.remain() ? -1 : nobjects)'],
  ['const n = buf.ntou4(), res = new Array(n)', 'const n = buf.ntou4(), res = new Array(n > buf.remain() ? -1 : n)'],
  ['const n = buf.ntoi4(), res = new Array(n)', 'const n = buf.ntoi4(), res = new Array(n > buf.remain() ? -1 : n)'],
]
const boundedArrays = {
  name: 'bounded-arrays',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]jsroot[\\/]modules[\\/]io\.mjs$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8')
      for (const [from, to, times = 1] of BOUNDS) {
        if (contents.split(from).length !== times + 1) throw new Error(`${path}: where does it say ${from} now?`)
        contents = contents.replaceAll(from, to)
      }
      return { contents, loader: 'js' }
    })
  },
}

/** Gives the packages that are neither reached nor installed as empty modules. */
function without(filter) {
  return {
    name: 'without',
    setup({ onResolve, onLoad }) {
      onResolve({ filter }, ({ path }) => ({ path, namespace: 'without' }))
      onLoad({ filter: /.*/, namespace: 'without' }, ({ path }) => ({
        contents: `throw new Error(${JSON.stringify(`${path} is not in this bundle`)})`,
      }))
    },
  }
}

async function bundleLibrary(contents, outfile, plugins = []) {
  await buildNoted({
    stdin: { contents, resolveDir: '.' },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
    banner: WITH_REQUIRE,
    plugins,
  })
}

function copyResvg() {
  const resvg = dirname(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm')))
  const libraries = `${PLOT}/libraries`
  mkdirSync(libraries, { recursive: true })
  copyFileSync(join(resvg, 'index.mjs'), `${libraries}/resvg.mjs`)
  copyFileSync(join(resvg, 'index_bg.wasm'), `${libraries}/resvg.wasm`)
  noteBundled('@resvg/resvg-wasm')
}
