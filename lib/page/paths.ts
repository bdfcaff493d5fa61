/** The addresses of what the server answers: made in one place, since a page in a file looks its answers up by them. */
import { MASS_AXIS } from '../hist/mass-regions.js'

export function histogramPath(method: string, filter: string): string {
  return `/api/histogram?${new URLSearchParams({ method, filter })}`
}

export interface EfficiencyQuery {
  readonly method: string
  readonly filter: string
  readonly pair: string
  readonly axes: readonly string[]
  readonly sets: readonly string[]
}

export function efficiencyPath({ method, filter, pair, axes, sets }: EfficiencyQuery): string {
  return `/api/efficiency?${new URLSearchParams({ method, filter, pair, axes: axes.join(','), sets: JSON.stringify(sets) })}`
}

/** The same of numbers of probes. */
export function probesPath(query: EfficiencyQuery): string {
  return efficiencyPath(query).replace('/api/efficiency', '/api/probes')
}

/** The mass of the probes in one bin of the axes. */
export function spectrumPath(query: EfficiencyQuery, bin: number): string {
  return `${efficiencyPath(query).replace('/api/efficiency', '/api/spectrum')}&bin=${bin}`
}

export function fitPath(file: string, fit: number): string {
  return `/api/fit?${new URLSearchParams({ file, fit: String(fit) })}`
}

export function settingsPath(file: string, fit: number, shapes?: string): string {
  const query = { file, fit: String(fit), ...(shapes === undefined ? {} : { shapes }) }
  return `/api/settings?${new URLSearchParams(query)}`
}

export function factorsPath(factors: string): string {
  return `/api/factors?${new URLSearchParams({ factors })}`
}

/** The axes that are shown at first: pairs of pt and eta where there are both, else the first; the mass never. */
export function defaultAxes(names: readonly string[]): readonly string[] {
  const shown = names.filter(name => name !== MASS_AXIS)
  return shown.slice(0, 1)
}

/** Of numbers of probes: the mass too. */
export function probeAxes(names: readonly string[]): readonly (readonly string[])[] {
  return [...axesChoices(names), ...(names.includes(MASS_AXIS) ? [[MASS_AXIS]] : [])]
}

/** Every choice of axes that the page offers: each alone, and each pair. */
export function axesChoices(names: readonly string[]): readonly (readonly string[])[] {
  const shown = names.filter(name => name !== MASS_AXIS)
  return [...shown.map(name => [name]), ...shown.flatMap((a, i) => shown.slice(i + 1).map(b => [a, b]))]
}

/** Datasets that are looked at together: all with the same bins, and, where there are several runs, the same dataset of each. ids: "0/Data". */
export function setChoices(groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const ofRuns = groups.flatMap(ids => {
    const names = [...new Set(ids.map(datasetOf))]
    const same = names.map(name => ids.filter(id => datasetOf(id) === name))
    return same.filter(some => some.length > 1 && some.length < ids.length)
  })
  return [...groups, ...ofRuns]
}

function datasetOf(id: string): string {
  return id.replace(/^\d+\//, '')
}
