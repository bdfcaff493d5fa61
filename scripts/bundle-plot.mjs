// What drawing needs beside its modules: fonts, and the two libraries that make PDF and PNG, each joined into one file with its
// licences. As packages they would be twenty, for a command that most runs do without.
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const OUT = 'dist/lib/plot'

export async function bundlePlot() {
  cpSync('lib/plot/fonts', `${OUT}/fonts`, { recursive: true })
  const libraries = `${OUT}/libraries`
  mkdirSync(libraries, { recursive: true })
  const { metafile } = await build({
    stdin: { contents: "export { default } from 'pdfkit'", resolveDir: '.' },
    outfile: `${libraries}/pdfkit.mjs`,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    metafile: true,
    logLevel: 'warning',
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  })
  const resvg = dirname(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm')))
  copyFileSync(join(resvg, 'index.mjs'), `${libraries}/resvg.mjs`)
  copyFileSync(join(resvg, 'index_bg.wasm'), `${libraries}/resvg.wasm`)
  const packages = new Set(['@resvg/resvg-wasm'])
  for (const path of Object.keys(metafile.inputs)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
    if (name !== undefined) packages.add(name)
  }
  writeFileSync(
    `${libraries}/LICENSES.txt`,
    [...packages]
      .sort()
      .map(licenceOf)
      .join(`\n${'-'.repeat(80)}\n\n`),
  )
}

/** The text of a package's licence; where it has none in its files, the name of the licence, and where the source is. */
function licenceOf(name) {
  const folder = join('node_modules', name)
  const { version, license, author, repository, homepage } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  const file = readdirSync(folder).find(path => /^(licen[cs]e|copying)/i.test(path))
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
  const by = typeof author === 'string' ? author : author?.name
  const source = repository?.url ?? repository ?? homepage
  return [
    `${name} ${version}\n`,
    license === undefined ? '' : `Licence: ${license}\n`,
    by === undefined ? '' : `Author: ${by}\n`,
    `Source: ${source ?? `https://www.npmjs.com/package/${name}`}\n`,
    text,
  ].join('')
}
