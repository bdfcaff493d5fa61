/** The page: its frame, and the view that its address names. */
import type { FitFileModel, PageModel } from '../model.js'
import { fill, h } from './dom.js'
import { folder, openSource, type Source } from './source.js'
import { themeSwitch } from './theme.js'
import { addressOf, type PageContext, placeIn, type View } from './view.js'
import { views } from './views.js'

void start()

async function start(): Promise<void> {
  const app = document.getElementById('app')!
  // The cookie has the token: it need not stand where shoulders are looked over.
  if (folder !== '') history.replaceState(null, '', `${folder}/${location.hash}`)
  try {
    const source = await openSource()
    showFrame(app, await source.page(), source)
  } catch (error) {
    fill(app, h('main', { class: 'alone' }, h('h1', null, 'tnp-pipe'), problem(error)))
  }
}

function showFrame(app: HTMLElement, first: PageModel, source: Source): void {
  let model = first
  const shown = views.filter(view => view.isThere(model))
  const status = h('div', { class: 'status', role: 'status', 'aria-live': 'polite' })
  const nav = h('nav', { 'aria-label': 'Parts of the page' })
  const main = h('main', { id: 'main', tabindex: -1 })
  let quiet = 0
  const page: PageContext = {
    get model() {
      return model
    },
    source,
    update(file) {
      model = withFits(model, file)
    },
    go(id, ...place) {
      location.hash = addressOf(id, ...place)
    },
    say(message) {
      fill(status, message)
      clearTimeout(quiet)
      quiet = setTimeout(() => fill(status), 6000)
    },
  }
  document.title = `${model.title} · tnp-pipe`
  fill(
    app,
    h('a', { class: 'skip', href: '#main', onclick: (event: Event) => toMain(event, main) }, 'Skip to content'),
    h(
      'header',
      null,
      h('span', { class: 'mark', 'aria-hidden': 'true' }, 'tnp-pipe'),
      h('span', { class: 'what', title: model.title }, model.title),
      themeSwitch(),
    ),
    nav,
    main,
    status,
  )
  let before = ''
  const show = async () => {
    const [id = '', ...place] = placeIn(location.hash)
    const view = shown.find(one => one.id === id) ?? shown[0]
    fill(nav, h('ul', null, ...shown.map(one => h('li', null, entry(one, one === view)))))
    if (view === undefined) return fill(main, h('p', null, 'There is nothing to show.'))
    const asked = location.hash
    const content = await rendered(view, view.id === id ? place : [], page)
    if (location.hash !== asked) return
    const focused = main.contains(document.activeElement) ? document.activeElement : null
    fill(main, content)
    if (focused !== null && !main.contains(document.activeElement)) focusLike(focused, main)
    const at = `${view.id}/${place.length > 1 ? place[0] : ''}/${place[1] ?? ''}`
    if (at !== before && view.keepsPlace !== true) scrollTo(0, 0)
    before = at
  }
  addEventListener('hashchange', () => void show())
  addEventListener('keydown', event => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    const [id = '', ...place] = placeIn(location.hash)
    const up = shown.find(view => view.id === id)?.up?.(place) ?? null
    if (up !== null) page.go(id, ...up)
  })
  void show()
}

function withFits(model: PageModel, file: FitFileModel): PageModel {
  const { results } = model
  if (results === undefined) return model
  const fits = results.fits.map(one => (one.id === file.id ? file : one))
  return { ...model, results: { ...results, fits } }
}

function entry(view: View, isCurrent: boolean): HTMLElement {
  return h('a', { href: addressOf(view.id), 'aria-current': isCurrent ? 'page' : null }, view.title)
}

async function rendered(view: View, place: readonly string[], page: PageContext): Promise<HTMLElement> {
  try {
    return await view.render(place, page)
  } catch (error) {
    return problem(error)
  }
}

/** The control of the same name; where there is none, who reads on begins with what has come. */
function focusLike(before: Element, main: HTMLElement): void {
  const name = before.getAttribute('aria-label')
  const same = [...main.querySelectorAll<HTMLElement>('select, input, button')].find(
    one => name !== null && one.getAttribute('aria-label') === name,
  )
  ;(same ?? main).focus({ preventScroll: true })
}

function toMain(event: Event, main: HTMLElement): void {
  event.preventDefault()
  main.focus()
}

function problem(error: unknown): HTMLElement {
  return h('p', { class: 'problem', role: 'alert' }, error instanceof Error ? error.message : String(error))
}
