/** Shapes, starts and limits of one bin: changed, fitted again, saved into the configuration. */
import type {
  BinChange,
  FitDetail,
  FitFileModel,
  FitRequestBody,
  FitSettingsModel,
  ParameterChange,
  SavedModel,
} from '../model.js'
import { settingsPath } from '../paths.js'
import { type Child, fill, h } from './dom.js'
import { FieldRow } from './fit-fields.js'
import { fixed } from './format.js'
import { select } from './select.js'
import { RequestFailure } from './source.js'
import type { PageContext } from './view.js'

export interface FormEvents {
  /** null: there is nothing new to show. */
  readonly onRefit: (detail: FitDetail | null) => void
  readonly onSaved: (detail: FitDetail) => void
}

export function fitForm(
  file: FitFileModel,
  index: number,
  stored: FitSettingsModel,
  page: PageContext,
  events: FormEvents,
): HTMLElement {
  let settings = stored
  let own = stored.own
  let shapes = stored.shapes
  let rows: FieldRow[] = []
  /** Settings that the new fit on the page was made with; null: there is none. */
  let fitted: string | null = null
  const shapesPlace = h('div', { class: 'choices' })
  const body = h('tbody', null)
  const message = h('div', { class: 'messages', role: 'alert' })
  const refitButton = h('button', { type: 'submit', class: 'main' }, 'Refit')
  const saveButton = h('button', { type: 'button', onclick: save }, 'Save')
  const undoButton = h('button', { type: 'button', onclick: undo }, 'Undo changes')
  const commonButton = h('button', { type: 'button', onclick: common }, 'As all other bins')

  function change(): BinChange {
    const parameters: Record<string, ParameterChange> = {}
    for (const row of rows) {
      const said = row.change()
      if (said !== null) parameters[row.name] = said
    }
    return { shapes: shapes === settings.commonShapes ? null : shapes, parameters }
  }

  function draw(): void {
    const signal = settings.signals.find(one => settings.backgrounds.includes(afterName(shapes, one)))
    const background = afterName(shapes, signal ?? '')
    const same = (text: string) => ({ value: text, text })
    fill(
      shapesPlace,
      signal !== undefined
        ? [
            select('Signal', settings.signals.map(same), signal, value => void choose(`${value}_${background}`)),
            select(
              'Background',
              settings.backgrounds.map(same),
              background,
              value => void choose(`${signal}_${value}`),
            ),
          ]
        : h('p', { class: 'quiet' }, `Shapes: ${shapes}`),
      h('div', { class: 'field-error', 'data-field': 'shapes' }),
    )
    rows = settings.parameters.map(one => new FieldRow(one, own.parameters[one.name] ?? {}, buttons))
    fill(body, ...rows.flatMap(row => row.elements))
    buttons()
  }

  function buttons(): void {
    const now = JSON.stringify(change())
    const isStored = now === JSON.stringify(ordered(stored.own))
    saveButton.disabled = fitted !== now || isStored
    undoButton.disabled = isStored && fitted === null
    commonButton.disabled = now === JSON.stringify({ shapes: null, parameters: {} })
    saveButton.title = saveButton.disabled ? 'Refit first: what is saved is what has been looked at' : ''
  }

  /** As the form gives it. */
  function ordered({ shapes, parameters }: BinChange): BinChange {
    const names = stored.parameters.map(one => one.name).filter(name => parameters[name] !== undefined)
    const inOrder = (one: ParameterChange) => {
      const { start, limits, fixed: held, ...others } = one
      return {
        ...(start === undefined ? {} : { start }),
        ...(limits === undefined ? {} : { limits }),
        ...(held === undefined ? {} : { fixed: held }),
        ...others,
      }
    }
    const chosen = shapes === stored.commonShapes ? null : shapes
    return { shapes: chosen, parameters: Object.fromEntries(names.map(name => [name, inOrder(parameters[name]!)])) }
  }

  async function choose(value: string): Promise<void> {
    const kept = change().parameters
    await during(async () => {
      settings = await page.source.get<FitSettingsModel>(settingsPath(file.id, index, value))
      shapes = value
      own = { ...own, parameters: kept }
      draw()
    })
  }

  async function refit(): Promise<void> {
    const asked = change()
    await during(async () => {
      page.say('Fitting …')
      const detail = await page.source.post<FitDetail>('/api/refit', bodyOf(asked))
      fitted = JSON.stringify(asked)
      events.onRefit(detail)
      page.say(detail.row.valid ? `New efficiency ${fixed(detail.row.efficiency, 4)}` : 'The new fit failed')
    })
  }

  async function save(): Promise<void> {
    await during(async () => {
      const saved = await page.source.post<SavedModel>('/api/save', { ...bodyOf(change()), version: stored.version })
      page.update(saved.file)
      stored = await page.source.get<FitSettingsModel>(settingsPath(file.id, index))
      reset()
      events.onSaved(saved.detail)
      page.say(`Saved: ${saved.written.join(', ')}`)
    })
  }

  function undo(): void {
    reset()
    events.onRefit(null)
    // The button that was pressed cannot be used now.
    refitButton.focus()
  }

  function reset(): void {
    settings = stored
    own = stored.own
    shapes = stored.shapes
    fitted = null
    fill(message)
    draw()
  }

  async function common(): Promise<void> {
    await during(async () => {
      settings = await page.source.get<FitSettingsModel>(settingsPath(file.id, index, stored.commonShapes))
      own = { shapes: null, parameters: {} }
      shapes = stored.commonShapes
      draw()
    })
  }

  function bodyOf(asked: BinChange): FitRequestBody {
    return { file: file.id, fit: index, change: asked }
  }

  /** No two requests at a time; what goes wrong stands at its field, else above the buttons. */
  async function during(work: () => Promise<void>): Promise<void> {
    fill(message)
    for (const row of rows) row.show([])
    fill(shapesPlace.querySelector('[data-field=shapes]')!)
    form.setAttribute('aria-busy', 'true')
    refitButton.disabled = true
    try {
      await work()
    } catch (error) {
      // Where the server has gone meanwhile, what has been told stands.
      await told(error).catch(() => {})
    } finally {
      form.removeAttribute('aria-busy')
      refitButton.disabled = false
      buttons()
    }
  }

  async function told(error: unknown): Promise<void> {
    const problems =
      error instanceof RequestFailure
        ? error.problems
        : [{ place: '', message: error instanceof Error ? error.message : String(error) }]
    const rest = problems.filter(({ place, message }) => {
      if (place === 'shapes') fill(shapesPlace.querySelector('[data-field=shapes]')!, message)
      const row = rows.find(({ name }) => place === `parameters/${name}` || place.startsWith(`parameters/${name}/`))
      return row === undefined && place !== 'shapes'
    })
    for (const row of rows) {
      const own = `parameters/${row.name}`
      row.show(problems.filter(({ place }) => place === own || place.startsWith(`${own}/`)))
    }
    fill(message, ...rest.map(one => h('p', { class: 'problem' }, one.message)))
    page.say('')
    // The configuration has been read again: its settings are those to compare with.
    if (problems.some(({ place }) => place === 'config')) {
      stored = await page.source.get<FitSettingsModel>(settingsPath(file.id, index))
    }
    form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }

  const head = ['parameter', 'start', 'lower limit', 'upper limit', 'hold at'].map(title =>
    h('th', { scope: 'col', class: title === 'parameter' ? 'text' : null }, title),
  )
  const form = h(
    'form',
    {
      class: 'settings',
      'aria-label': 'Settings of this bin',
      onsubmit: (event: Event) => {
        event.preventDefault()
        void refit()
      },
    },
    h('h2', null, 'Fit again'),
    h('p', { class: 'quiet' }, intro(file)),
    shapesPlace,
    h('div', { class: 'scroll' }, h('table', { class: 'fields' }, h('thead', null, h('tr', null, ...head)), body)),
    message,
    h('div', { class: 'buttons' }, refitButton, saveButton, undoButton, commonButton),
  )
  draw()
  return form
}

/** "cms" of "dcb_cms" after "dcb"; '' where it does not begin so. */
function afterName(shapes: string, signal: string): string {
  return shapes.startsWith(`${signal}_`) ? shapes.slice(signal.length + 1) : ''
}

function intro({ config, path }: FitFileModel): Child {
  const where = path === null ? '' : ` and the new fit into ${path}`
  return [
    'An empty field is as for all other bins, whose numbers stand in it in grey. ',
    `Save writes the settings of this bin into ${config.path}${where}.`,
  ]
}
