/** Makes the folders of all outputs before anything is read, so that a path that cannot be written costs no run. */
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Problem, UsageError } from '../core/errors.js'
import { makeLocalFolder } from '../core/make-folder.js'
import type { Sink } from '../core/types.js'
import type { GraphDeclaration } from '../graph/index.js'

/** Throws UsageError with every folder that cannot be made or written, and every file in whose place a folder stands. */
export async function makeOutputFolders(graphs: readonly GraphDeclaration[]): Promise<void> {
  const files = graphs.flatMap(g => g.nodes.flatMap(n => (n.stage as Sink<never>).writes ?? []))
  const problems: Problem[] = []
  for (const folder of new Set(files.map(f => dirname(f)))) {
    const fault = await folderFault(folder)
    if (fault !== null) problems.push({ place: folder, message: `the output folder ${fault}` })
  }
  if (problems.length === 0) {
    for (const file of new Set(files)) {
      if (await isFolder(file)) problems.push({ place: file, message: 'a folder has the name of an output file' })
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
}

async function folderFault(folder: string): Promise<string | null> {
  try {
    await makeLocalFolder(folder)
  } catch (error) {
    return `cannot be made (${(error as Error).message}). Choose another --output.`
  }
  try {
    await access(folder, constants.W_OK)
    return null
  } catch {
    return 'is not writable. Choose another --output.'
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}
