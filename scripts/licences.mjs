// The licences of everything that is joined into dist/, in one file. Every bundle is built through `buildNoted`, so none is forgotten.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const packages = new Set()

/** esbuild's `build`; notes the packages that it joins. */
export async function buildNoted(options) {
  const made = await build({ ...options, metafile: true })
  for (const path of Object.keys(made.metafile.inputs)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
    if (name !== undefined) packages.add(name)
  }
  return made
}

export function noteBundled(name) {
  packages.add(name)
}

/** Writes the licences of all that has been joined, and the packages' names and versions beside them as JSON. */
export function writeLicences(path, listPath) {
  const names = [...packages].sort()
  writeFileSync(path, licencesOf(names))
  const list = names.map(name => {
    const { version, license } = manifestOf(name)
    return { name, version, license: license ?? null }
  })
  writeFileSync(listPath, `${JSON.stringify(list, null, 2)}\n`)
}

function manifestOf(name) {
  return JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8'))
}

/** The licences of packages, by name, in one text. */
export function licencesOf(names) {
  return names.map(licenceOf).join(`\n${'-'.repeat(80)}\n\n`)
}

/** The text of a package's licence; where it has none in its files, the name of the licence, and where the source is. */
function licenceOf(name) {
  const folder = join('node_modules', name)
  const { version, license, author, repository, homepage } = manifestOf(name)
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
