/** How the messages about the page of results in docs/errors.md are provoked. */
import { mkdirSync } from 'node:fs'
import type { Provoke } from './provocation.js'

const view =
  (...args: readonly string[]): Provoke =>
  () => ({ args: ['view', '--no-open', ...args] })

const RESULTS = JSON.stringify({ format: 'tnp-pipe fits', version: 1, config: null, fits: [], scale_factors: [] })

export const PAGE: Readonly<Record<string, Provoke>> = {
  'is not there. Nearest: …': view('fixtures/confg'),
  'has no results: no folders of datasets': dir => {
    mkdirSync(dir.path('empty'))
    return { args: ['view', '--no-open', dir.path('empty')] }
  },
  'is none of: results of fits, scale-factors.json, histograms of passing and failing probes.':
    view('fixtures/config/runner.json'),
  'is at a server. Copy it to this machine': view('root://host//out'),
  'no such file (the configuration of the fits).': dir => ({
    args: ['view', '--no-open', dir.json('fits.json', RESULTS), '--fit', dir.path('gone.json')],
  }),
}
