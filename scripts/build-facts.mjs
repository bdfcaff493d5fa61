// What the build knows and the program tells: the commit. A build in what is no clone, or without git, knows none.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

/** Twelve digits of the commit; "+" behind them where files differ from it; null: not known. */
export function commitHere() {
  const git = args => spawnSync('git', args, { encoding: 'utf8' })
  const head = git(['rev-parse', '--short=12', 'HEAD'])
  // The clone must be this project's, not one that it lies in.
  if (head.error !== undefined || head.status !== 0 || git(['rev-parse', '--show-prefix']).stdout.trim() !== '')
    return null
  const changed = git(['status', '--porcelain', '--untracked-files=no']).stdout.trim() !== ''
  return `${head.stdout.trim()}${changed ? '+' : ''}`
}

export function writeBuildFacts() {
  writeFileSync('dist/build.json', `${JSON.stringify({ commit: commitHere() })}\n`)
}
