// `npm run release -- [--tag v0.1.0] [--targets linux-x64,linux-arm64,darwin-arm64] [--output out/release] [--level 6]
// [--images plain,facility] [--base IMAGE] [--digest sha256:...] [--allow-changes] [--no-build]`: everything that is published of a
// version, in one folder: the npm package, the archives, the container images where buildah is there to make them, the bill of materials
// (CycloneDX) and SHA256SUMS. The folder gets its name when all is in it.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { run } from './archive/stage.mjs'
import { HOST, TARGETS } from './archive/targets.mjs'
import { hasBuildah, makeImages, VARIANTS } from './image.mjs'
import { checksumLine, makeArchive } from './package.mjs'
import { billOfMaterials } from './release/bill.mjs'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))

function release({ tag, targets, images, base, digest, output, level, ...flags }) {
  const { 'allow-changes': allowChanges, 'no-build': noBuild } = flags
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const wanted = targets.split(',')
  const variants = images === '' ? [] : images.split(',')
  if (!noBuild) run(process.execPath, ['scripts/build.mjs'])
  const { commit } = JSON.parse(readFileSync('dist/build.json', 'utf8'))
  refuse(problemsOf({ version, commit, tag, wanted, variants, output, allowChanges }))
  mkdirSync(dirname(resolve(output)), { recursive: true })
  const work = mkdtempSync(`${resolve(output)}.`)
  try {
    run('npm', ['pack', '--ignore-scripts', '--pack-destination', work])
    const archives = new Map(wanted.map(target => [target, makeArchive({ target, output: work, level })]))
    const missing = variants.length === 0 ? null : imagesLack(archives)
    if (missing !== null) process.stderr.write(`release: no container images: ${missing}\n`)
    else if (variants.length > 0) makeImages({ archive: archives.get(HOST), variants, base, digest, output: work })
    const nodes = Object.fromEntries(wanted.map(target => [target, TARGETS[target].package]))
    const bill = billOfMaterials({ version, commit, targets: nodes })
    writeFileSync(join(work, `tnp-pipe-${version}.cdx.json`), `${JSON.stringify(bill, null, 2)}\n`)
    const sums = readdirSync(work)
      .sort()
      .map(name => checksumLine(join(work, name)))
    writeFileSync(join(work, 'SHA256SUMS'), sums.join(''))
    chmodSync(work, 0o755)
    renameSync(work, output)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  process.stdout.write(`${readdirSync(output).join('\n')}\nin ${output}\n`)
}

/** Null, or why no images can be made. */
function imagesLack(archives) {
  if (!archives.has(HOST)) return `there is no archive of this machine among --targets (${HOST})`
  return hasBuildah() ? null : 'buildah is missing. Install it and run this again, or give --images ""'
}

/** All that is wrong, before anything is made. */
function problemsOf({ version, commit, tag, wanted, variants, output, allowChanges }) {
  const problems = []
  const all = Object.keys(TARGETS)
  for (const target of wanted.filter(name => !all.includes(name))) {
    problems.push(`--targets: got ${target}, wanted ${all.join(', ')}`)
  }
  for (const name of variants.filter(name => !VARIANTS.includes(name))) {
    problems.push(`--images: got ${name}, wanted ${VARIANTS.join(', ')}`)
  }
  if (tag !== undefined && tag !== `v${version}`) problems.push(`--tag: got ${tag}, and package.json has v${version}`)
  if (!new RegExp(`^## ${version.replaceAll('.', '\\.')}$`, 'm').test(readFileSync('CHANGELOG.md', 'utf8'))) {
    problems.push(`CHANGELOG.md: has no section "## ${version}"`)
  }
  if (!allowChanges && (commit === null || commit.endsWith('+'))) {
    problems.push('the work tree differs from its commit: commit, or say --allow-changes')
  }
  if (existsSync(output)) problems.push(`--output: ${output} is there already`)
  return problems
}

function refuse(problems) {
  if (problems.length > 0) throw new Error(problems.join('\nrelease: '))
}

try {
  const { values } = parseArgs({
    options: {
      tag: { type: 'string' },
      targets: { type: 'string', default: Object.keys(TARGETS).join(',') },
      images: { type: 'string', default: VARIANTS.join(',') },
      base: { type: 'string' },
      digest: { type: 'string' },
      output: { type: 'string', default: 'out/release' },
      level: { type: 'string', default: '6' },
      'allow-changes': { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
    },
  })
  release(values)
} catch (error) {
  process.stderr.write(`release: ${error.message}\n`)
  process.exitCode = 1
}
