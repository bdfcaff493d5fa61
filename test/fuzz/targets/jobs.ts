/** Whole jobs on small files: documents damaged gently enough that many of them run. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadJob, runJob } from '../../../lib/job/index.js'
import { isObject, mutateJson, shrinkJson } from '../json-edits.js'
import { type Json, pick, type Target } from '../target.js'

const FOLDER = 'fixtures/config/workflows'

function readJson(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8')) as Json
}

type Documents = { readonly runner: Json; readonly fileset: Json }

/** One dataset each: a case is quick. */
function jobsOf(): Documents[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap(name => {
      const fileset = readJson(join(FOLDER, name, 'fileset.json')) as { readonly [key: string]: Json }
      const runner = readJson(join(FOLDER, name, 'runner.json'))
      return Object.entries(fileset).map(([dataset, one]) => ({ runner, fileset: { [dataset]: one } }))
    })
}

/** Outputs stay in the case's folder, whatever the documents name. */
function isOutside(documents: Documents): boolean {
  return /:\/\/|"\/|\.\.|::/.test(JSON.stringify(documents))
}

export async function jobs(): Promise<Target> {
  const all = jobsOf()
  const schemas = {
    runner: JSON.parse(readFileSync('schemas/runner.schema.json', 'utf8')),
    fileset: JSON.parse(readFileSync('schemas/fileset.schema.json', 'utf8')),
  }
  const target: Target<Documents> = {
    make: random => {
      const { runner, fileset } = pick(random, all)
      if (random.chance(0.3))
        return { runner, fileset: mutateJson(fileset, random, schemas.fileset, pick(random, all).fileset) }
      return { runner: mutateJson(runner, random, schemas.runner, pick(random, all).runner), fileset }
    },
    run: async (documents, scratch) => {
      if (isOutside(documents)) return 'left out'
      const { job } = loadJob({
        config: documents.runner as never,
        fileset: documents.fileset as never,
        output: join(scratch, 'out'),
      })
      const { datasets } = await runJob(job, { executor: 'sync' })
      return datasets.some(({ events }) => events > 0) ? 'events' : 'no events'
    },
    *shrink(documents) {
      for (const fewer of shrinkJson(documents)) {
        if (isObject(fewer) && 'runner' in fewer && 'fileset' in fewer) yield fewer as Documents
      }
    },
  }
  return target as Target
}
