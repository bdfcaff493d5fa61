/** What WebDAV servers tell of files and folders (RFC 4918 9.1, 14), read tolerantly: prefixes of names may be any, elements that are not
 *  known are passed over. */
import type { FileStatus } from '../sink.js'

export interface Resource extends FileStatus {
  /** Decoded, without its slash at the end. */
  readonly path: string
}

/** The resources in a Multi-Status document that were found; empty where it is none. */
export function readMultiStatus(xml: string): Resource[] {
  return elements(xml, 'response').flatMap(response => {
    const href = elements(response, 'href')[0]
    if (href === undefined) return []
    // One block for each status: properties that a resource does not have come under 404.
    const blocks = elements(response, 'propstat')
    const found = blocks.filter(block => / 2\d\d\b/.test(elements(block, 'status')[0] ?? ' 200'))
    const props = (blocks.length === 0 ? [response] : found).join('')
    if (props === '') return []
    const text = (name: string) => unescaped(elements(props, name)[0] ?? '').trim()
    const isFolder = hasElement(elements(props, 'resourcetype').join(''), 'collection') || text('iscollection') === '1'
    const modified = new Date(text('getlastmodified'))
    return [
      {
        path: pathOf(unescaped(href).trim()),
        size: isFolder ? 0 : Number(text('getcontentlength')) || 0,
        modified: Number.isNaN(modified.getTime()) ? null : modified,
        isFolder,
      },
    ]
  })
}

/** Contents of the elements of this name, whatever the prefix; nested ones of the same name do not occur in WebDAV. Behind the last end
 *  of one nothing is looked for: each beginning without an end would be a search of the whole rest. */
function elements(xml: string, name: string): string[] {
  const end = [...xml.matchAll(new RegExp(`</(?:[\\w.-]+:)?${name}\\s*>`, 'gi'))].at(-1)
  if (end === undefined) return []
  const element = new RegExp(`<(?:[\\w.-]+:)?${name}(?:\\s[^<>]*)?(?:/>|>(.*?)</(?:[\\w.-]+:)?${name}\\s*>)`, 'gis')
  return [...xml.slice(0, end.index + end[0].length).matchAll(element)].map(found => found[1] ?? '')
}

function hasElement(xml: string, name: string): boolean {
  return new RegExp(`<(?:[\\w.-]+:)?${name}[\\s/>]`, 'i').test(xml)
}

/** Of an href, which may be a whole URL. XrdHttp 5.5.3 does not percent-encode: a path with a character that no URL has is as it is. */
export function pathOf(href: string): string {
  const path = href.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').replace(/(?<=.)\/+$/, '')
  if (/[^\x21-\x7e]|[<>"{}^`\\]/.test(path)) return path
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
