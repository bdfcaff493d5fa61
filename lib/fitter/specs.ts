/** From the shapes that a configuration chooses to those of one bin: with its templates, and what its pt makes of them. */

import type { Template } from '../fit/index.js'
import { noted, type OpenedInput, sourceOptions } from './bin-spectra.js'
import type { FitterConfig } from './config.js'
import type { NamedBin } from './config-bins.js'
import type { ShapePair } from './config-models.js'
import type { ShapeChoice } from './config-shapes.js'
import { type ModelSpec, pairModel, type ShapeSpec } from './model.js'
import { TEMPLATES } from './shape-starts.js'
import { isRootFile, openSpectra, type Spectrum } from './spectra.js'

/** null, with problems noted, where a template or a module is not to be had. */
export async function modelSpec(
  shapes: ShapePair,
  bin: NamedBin,
  config: FitterConfig,
  opened: readonly OpenedInput[],
): Promise<ModelSpec | null> {
  const of = (choice: ShapeChoice, side: 'pass' | 'fail') => shapeSpec(choice, side, bin, config, opened)
  const [signalPass, signalFail, backgroundPass, backgroundFail] = [
    await of(shapes.signal.pass, 'pass'),
    await of(shapes.signal.fail, 'fail'),
    await of(shapes.background.pass, 'pass'),
    await of(shapes.background.fail, 'fail'),
  ]
  if (signalPass === null || signalFail === null || backgroundPass === null || backgroundFail === null) return null
  const spec: ModelSpec = {
    name: shapes.name,
    signal: { pass: signalPass, fail: signalFail },
    background: { pass: backgroundPass, fail: backgroundFail },
    shared: shapes.shared ?? [],
  }
  if (shapes.shared !== null) return spec
  const pair = await noted(shapes.signal.pass.place, () => pairModel(spec))
  if (pair === null) return null
  const { pass, fail } = pair.signal
  return pass.parameters.join() === fail.parameters.join() ? { ...spec, shared: pass.parameters } : spec
}

async function shapeSpec(
  choice: ShapeChoice,
  side: 'pass' | 'fail',
  bin: NamedBin,
  config: FitterConfig,
  opened: readonly OpenedInput[],
): Promise<ShapeSpec | null> {
  const { shape } = choice
  const own = config.userShapes.get(shape)
  if (own !== undefined) return own.place.isWrong ? null : { shape, module: own.module }
  const tail = ptOf(bin) >= choice.tailRightAbovePt ? 'right' : choice.tail
  // A template that is wrong is told where it is chosen.
  if (choice.template === null) return TEMPLATES.includes(shape) ? null : { shape, tail }
  const template = await templateOf(choice, side, bin, config, opened)
  return template === null ? null : { shape, tail, template }
}

/** Where the bin begins in pt (or the variable that is one): thresholds of configurations are bins' edges. */
function ptOf({ ranges }: NamedBin): number {
  const axis = Object.keys(ranges).find(name => /(?:^|_)(?:pt|et)$/i.test(name))
  return axis === undefined ? -Infinity : ranges[axis]![0] + 1e-9
}

async function templateOf(
  choice: ShapeChoice,
  side: 'pass' | 'fail',
  bin: NamedBin,
  config: FitterConfig,
  opened: readonly OpenedInput[],
): Promise<Template | null> {
  const { place, template } = choice
  if (template === null || template.kind === 'breit-wigner') return template === null ? null : LINE
  const own = side === 'fail' && ptOf(bin) >= choice.failingFromPassingAbovePt ? 'pass' : side
  const histogram = own === 'pass' ? bin.passName : bin.failName
  let spectrum: Spectrum | null
  let where: string
  if (template.kind === 'simulation') {
    const input = opened.find(one => one.input.sample === 'MC' && one.input.label === template.label)
    // Why it could not be opened is told.
    if (input === undefined || input.source === null) return null
    where = `${template.label} > ${histogram}`
    spectrum = await noted(place, () => input.source!.read(histogram))
  } else if (bin.name === '') return null
  else {
    const { file, name } = template
    const isRoot = isRootFile(file)
    where = `${file} > ${isRoot && name !== null ? name : histogram}`
    spectrum = await noted(place, async () => {
      const source = await openSpectra(file, { ...sourceOptions(config), name: isRoot ? null : name })
      return await source.read(isRoot && name !== null ? name : histogram).finally(() => source.close())
    })
  }
  if (spectrum === null) return null
  if (!spectrum.values.some(value => value > 0)) {
    place.problem(
      `${where}: is empty, which is no template. Merge bins, or take passing probes (failing_from_passing_above_pt).`,
    )
    return null
  }
  return { edges: spectrum.edges, values: spectrum.values }
}

/** The line of the Z, 1/((m² - M²)² + M²Γ²)·m²: the relativistic Breit-Wigner of the PDG, M 91.1876, Γ 2.4952 GeV; bins of 0.25 GeV
 *  from 50 to 130. */
const LINE: Template = lineOfZ()

function lineOfZ(): Template {
  const edges = Float64Array.from({ length: 321 }, (_, i) => 50 + i / 4)
  const [mass, width] = [91.1876, 2.4952]
  const values = Float64Array.from({ length: 320 }, (_, i) => {
    const m = 50.125 + i / 4
    return (m * m) / ((m * m - mass * mass) ** 2 + (mass * width) ** 2)
  })
  return { edges, values }
}
