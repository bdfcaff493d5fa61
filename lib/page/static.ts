/** The page as one file, with the answers in it that its client would ask for. */
import { gzipSync } from 'node:zlib'
import type { Handler, Routes } from './answer.js'
import { staticHtml } from './assets.js'
import type { HistogramModel, PageModel } from './model.js'
import {
  axesChoices,
  efficiencyPath,
  factorsPath,
  fitPath,
  histogramPath,
  probeAxes,
  probesPath,
  setChoices,
} from './paths.js'
import type { PageResults } from './results.js'

/** Throws DataError where a file cannot be read. */
export async function staticPage({ model, prepare, routes }: PageResults): Promise<string> {
  await prepare()
  const page = model()
  const held: Record<string, unknown> = { '/api/page': page }
  const hold = async (path: string) => (held[path] = await answer(routes, path))
  for (const path of pathsOf(page)) await hold(path)
  for (const { method, filter } of histogramsOf(page)) {
    const found = (await hold(histogramPath(method, filter))) as HistogramModel
    for (const { name, axes, groups } of found.pairs) {
      const all = axes.map(axis => axis.name)
      for (const sets of setChoices(groups)) {
        const query = { method, filter, pair: name, sets }
        for (const choice of axesChoices(all)) await hold(efficiencyPath({ ...query, axes: choice }))
        for (const choice of probeAxes(all)) await hold(probesPath({ ...query, axes: choice }))
      }
    }
  }
  return staticHtml(gzipSync(JSON.stringify(held), { level: 9 }).toString('base64'))
}

function pathsOf({ results }: PageModel): string[] {
  return [
    ...(results?.fits ?? []).flatMap(({ id, fits }) => fits.map((_, k) => fitPath(id, k))),
    ...(results?.factors ?? []).map(({ id }) => factorsPath(id)),
  ]
}

function histogramsOf({ results }: PageModel): { readonly method: string; readonly filter: string }[] {
  const found = new Map<string, { readonly method: string; readonly filter: string }>()
  for (const { datasets } of results?.runs ?? []) {
    for (const { methods } of datasets) {
      for (const { name: method, filters } of methods) {
        for (const filter of filters) found.set(`${method}/${filter}`, { method, filter })
      }
    }
  }
  return [...found.values()]
}

async function answer(routes: Routes, path: string): Promise<unknown> {
  const [name, query] = path.split('?') as [string, string]
  const handler = routes[`GET ${name}`] as Handler
  return handler({ query: new URLSearchParams(query), body: undefined, signal: new AbortController().signal })
}
