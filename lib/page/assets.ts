/** The page itself: one HTML file, with its script and its style in it, that the build makes of client/. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Set by scripts/bundle.mjs. */
declare const TNP_BUNDLED: boolean | undefined

export interface PageHtml {
  readonly text: string
  /** Content-Security-Policy: this script, this style, and requests to where it came from. */
  readonly policy: string
}

/** Where the page's data stand in a file that is sent to colleagues. */
const DATA_PLACE = '<script type="application/json" id="page-data"></script>'

/** The page as the server gives it. folder: where the page asks it. */
export function pageHtml(folder = ''): PageHtml {
  const text = readFileSync(htmlPlace(), 'utf8').replace('<html ', `<html data-folder="${folder}" `)
  return { text, policy: policyOf(text, "'self'") }
}

/** The page with its data in it, which asks for nothing. data: base64 of gzipped JSON. */
export function staticHtml(data: string): string {
  const { text } = pageHtml()
  const policy = `<meta http-equiv="Content-Security-Policy" content="${policyOf(text, "'none'", true)}">`
  return text
    .replace('<meta charset="utf-8">', () => `<meta charset="utf-8">\n${policy}`)
    .replace(DATA_PLACE, () => DATA_PLACE.replace('><', () => `>${data}<`))
}

function htmlPlace(): URL {
  return new URL(typeof TNP_BUNDLED === 'undefined' ? './page.html' : '../lib/page/page.html', import.meta.url)
}

function policyOf(html: string, connect: string, inMeta = false): string {
  const hash = (element: string) => {
    const content = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(html)![1]!
    return `'sha256-${createHash('sha256').update(content).digest('base64')}'`
  }
  return [
    "default-src 'none'",
    `script-src ${hash('script')}`,
    `style-src ${hash('style')}`,
    'img-src data: blob:',
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    // Has no meaning in a meta element.
    ...(inMeta ? [] : ["frame-ancestors 'none'"]),
  ].join('; ')
}
