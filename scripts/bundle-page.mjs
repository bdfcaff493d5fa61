// The page of `tnp-pipe view`: its script and its style, joined and put into one HTML file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { buildNoted as build } from './licences.mjs'

const FROM = 'lib/page/client'
const OUT = 'dist/lib/page'

export async function bundlePage() {
  const made = await build({
    entryPoints: { main: `${FROM}/main.ts`, style: `${FROM}/style.css` },
    outdir: 'unused',
    write: false,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    format: 'iife',
    charset: 'utf8',
    logLevel: 'warning',
  })
  const textOf = end => made.outputFiles.find(({ path }) => path.endsWith(end)).text.trim()
  const script = textOf('main.js')
  if (/<\/script|<!--/i.test(script)) throw new Error('bundle-page: the script would end the element that it stands in')
  const html = readFileSync(`${FROM}/page.html`, 'utf8')
    .replace('/* style.css */', () => textOf('style.css'))
    .replace('/* main.ts */', () => script)
  mkdirSync(OUT, { recursive: true })
  writeFileSync(`${OUT}/page.html`, html)
}
