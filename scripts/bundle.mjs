// Joins the compiled modules into a few files in dist/bin: the programs start in a fraction of the time, since Node looks up and
// reads some two hundred modules one by one otherwise. What the programs' workers load is joined in the same way.
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

export async function bundle() {
  rmSync('dist/bin', { recursive: true, force: true })
  await build({
    entryPoints: {
      'tnp-pipe': 'dist/lib/cli/main.js',
      'run-analysis': 'dist/lib/cli/run-analysis.js',
      'fetch-datasets': 'dist/lib/cli/fetch-datasets.js',
      'prepare-histograms': 'dist/lib/cli/prepare-histograms.js',
      'merge-parquet': 'dist/lib/cli/merge-parquet.js',
      'get-unprocessed-partitions': 'dist/lib/cli/get-unprocessed-partitions.js',
      worker: 'dist/lib/run/worker.js',
      pipelines: 'dist/pipelines/index.js',
    },
    outdir: 'dist/bin',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Left as packages: what is loaded rarely, or finds its WebAssembly by its own place.
    external: ['jsroot', 'jsroot/*', 'pino', '@foxglove/wasm-zstd', 'zstandard-wasm', 'xz-decompress'],
    // CommonJS packages that are joined in ask for Node's modules by `require`, which ES modules lack.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    legalComments: 'eof',
    define: { TNP_BUNDLED: 'true' },
    plugins: [lazyChildProcess],
    logLevel: 'warning',
  })
}

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
