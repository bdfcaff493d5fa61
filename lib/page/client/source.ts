/** Where the page's data come from: the server, or the file itself. */
import type { Failure, PageModel } from '../model.js'

/** Of the server: what lies in it is asked with the cookie. */
export const folder = document.documentElement.dataset.folder ?? ''

/** What the server says is wrong. */
export class RequestFailure extends Error {
  readonly problems: Failure['problems']
  constructor(problems: Failure['problems']) {
    super(problems.map(p => (p.place === '' ? p.message : `${p.place}: ${p.message}`)).join('\n'))
    this.problems = problems
  }
}

export interface Source {
  /** A file, which cannot refit nor save. */
  readonly isStatic: boolean
  page(): Promise<PageModel>
  /** path: "/api/..." with its query. Throws RequestFailure. */
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
}

/** The page's data as a file has them: answers by path. */
type Held = Readonly<Record<string, unknown>>

export async function openSource(): Promise<Source> {
  const held = document.getElementById('page-data')?.textContent?.trim() ?? ''
  if (held !== '') return fileSource(await unpacked(held))
  return {
    isStatic: false,
    page: () => request('/api/page'),
    get: path => request(path),
    post: (path, body) =>
      request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  }
}

function fileSource(held: Held): Source {
  const get = async <T>(path: string): Promise<T> => {
    if (Object.hasOwn(held, path)) return held[path] as T
    throw new RequestFailure([{ place: '', message: 'is not in this file. Open the results with tnp-pipe view.' }])
  }
  return { isStatic: true, page: () => get('/api/page'), get, post: path => get(path) }
}

/** base64 of gzipped JSON. */
async function unpacked(text: string): Promise<Held> {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return JSON.parse(await new Response(stream).text()) as Held
}

async function request<T>(path: string, options: RequestInit = {}): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(folder + path, { ...options, cache: 'no-store' })
  } catch {
    const message = 'The server does not answer. Has tnp-pipe ended? Start it again and open its new address.'
    throw new RequestFailure([{ place: '', message }])
  }
  const content = (await answer.json()) as T & Partial<Failure>
  if (!answer.ok) throw new RequestFailure(content.problems ?? [{ place: '', message: `status ${answer.status}` }])
  return content
}
