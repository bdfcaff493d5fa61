/** What a run could not read, as a fileset to run again: from the reports that it wrote. As coffea's
 *  get_failed_steps_for_fileset. */

import { hideAccess } from '../bytes/address.js'
import { isObject } from '../core/is-object.js'
import { joined, ordered } from '../core/ordered.js'
import { parsePythonString } from '../formats/python-text.js'
import {
  datasetsOf,
  type FileSpec,
  type FilesetJson,
  filesOf,
  requireSteps,
  usage,
  withSteps,
} from './fileset-tools.js'
import type { Step } from './steps.js'

/** A report as it is read from JSON: one entry a partition. */
export type ReportJson = readonly unknown[]

/** The files and steps whose entry in the dataset's report has an exception; datasets without failures are left out. Throws
 *  UsageError where a dataset has no report, where a partition is no step, where a file has no steps, and for a file that is
 *  not in the fileset. */
export function failedSteps(fileset: FilesetJson, reports: Readonly<Record<string, ReportJson>>): FilesetJson {
  const out: [string, unknown][] = []
  for (const [name, dataset] of datasetsOf(fileset)) {
    const report = Object.hasOwn(reports, name) ? reports[name] : undefined
    if (report === undefined) throw usage(`dataset "${name}"`, 'has no report. Give one for each dataset.')
    if (!Array.isArray(report)) throw usage(`report of dataset "${name}"`, 'is no list. Is the file a report of a run?')
    const files = failedFiles(name, filesOf(name, dataset), report)
    if (files.size > 0) out.push([name, joined<unknown>(dataset as Record<string, unknown>, { files: ordered(files) })])
  }
  return ordered(out)
}

function failedFiles(
  name: string,
  files: Readonly<Record<string, FileSpec>>,
  report: ReportJson,
): Map<string, FileSpec> {
  for (const [path, file] of Object.entries(files)) requireSteps(file, name, path)
  const failed = new Map<string, Step[]>()
  report.forEach((entry, i) => {
    const { path: reported, step, hasFailed } = readEntry(entry, `report of dataset "${name}" > entry ${i}`)
    if (!hasFailed) return
    const path = named(reported, files)
    if (path === undefined) {
      throw usage(
        `report of dataset "${name}"`,
        `file ${reported} is not in the fileset. Is it the report of another run?`,
      )
    }
    failed.set(path, [...(failed.get(path) ?? []), step])
  })
  return new Map([...failed].map(([path, steps]) => [path, withSteps(files[path]!, steps)]))
}

/** The file of the fileset that a report means. Reports have URLs without what grants access, and with numbers where they differ in
 *  that alone: `root://host//file?...2`. */
function named(reported: string, files: Readonly<Record<string, FileSpec>>): string | undefined {
  if (Object.hasOwn(files, reported)) return reported
  const [, plain, number] = /^(.*\?\.\.\.)(\d*)$/s.exec(reported) ?? []
  const alike = Object.keys(files).filter(path => hideAccess(path) === plain)
  return alike[number === undefined || number === '' ? 0 : Number(number) - 1]
}

interface Entry {
  readonly path: string
  readonly step: Step
  readonly hasFailed: boolean
}

/** args: Python's repr of path, tree, start, stop and whether start and stop are entries. */
function readEntry(entry: unknown, place: string): Entry {
  const args = isObject(entry) ? entry.args : undefined
  if (!Array.isArray(args) || args.length < 5) throw usage(place, 'has no five "args". Is the file a report of a run?')
  const [file, , start, stop, isStep] = args as string[]
  if (isStep !== 'True') {
    throw usage(place, 'is a whole file, not a step: failed steps can be told only where the fileset had steps.')
  }
  const path = parsePythonString(file!)
  if (path === null) throw usage(place, `${file} is no file name as Python writes it.`)
  return { path, step: [Number(start), Number(stop)], hasFailed: (entry as { exception?: unknown }).exception != null }
}
