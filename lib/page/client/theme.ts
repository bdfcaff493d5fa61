/** Light or dark: as the system has it, until the user chooses. */
import { fill, h } from './dom.js'

const KEY = 'tnp-pipe-theme'
const THEMES = ['auto', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]
const NAMES: Readonly<Record<Theme, string>> = { auto: 'Auto', light: 'Light', dark: 'Dark' }

export function themeSwitch(): HTMLElement {
  let theme = stored()
  const button = h('button', { type: 'button', class: 'theme', title: 'Colours of the page', onclick: next })
  const show = () => {
    if (theme === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
    // On narrow screens the word is not there to be seen.
    button.setAttribute('aria-label', `Colours: ${NAMES[theme]}`)
    fill(button, h('span', { class: 'label' }, 'Colours: '), NAMES[theme])
  }
  function next() {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!
    try {
      localStorage.setItem(KEY, theme)
    } catch {
      // It holds until the page is closed, then.
    }
    show()
  }
  show()
  return button
}

function stored(): Theme {
  try {
    const theme = localStorage.getItem(KEY)
    return THEMES.find(one => one === theme) ?? 'auto'
  } catch {
    return 'auto'
  }
}
