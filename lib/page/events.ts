/** Server-sent events: what the server tells pages by itself. */
import type { ServerResponse } from 'node:http'

/** A page that does not read is left behind, so that it never holds up who sends; its browser asks again. */
const MOST_WAITING_BYTES = 4 << 20
/** Some tunnels close connections on which nothing comes. */
const HEARTBEAT_MS = 15_000

/** One event: JSON under a name. */
export interface PageEvent {
  readonly event: string
  readonly data: unknown
}

/** All pages that listen. As a handler of a route it answers with the events from then on. */
export class EventFeed {
  readonly #pages = new Set<ServerResponse>()
  readonly #greet: () => readonly PageEvent[]
  #heartbeat: NodeJS.Timeout | undefined

  /** greet: what a page is told when it begins to listen (also again after a break): the state until now. */
  constructor(greet: () => readonly PageEvent[] = () => []) {
    this.#greet = greet
  }

  /** Number of pages that listen. */
  get size(): number {
    return this.#pages.size
  }

  send(event: string, data: unknown): void {
    if (this.#pages.size === 0) return
    const text = eventText({ event, data })
    for (const page of this.#pages) this.#write(page, text)
  }

  /** For the server: answers a request with the events from now on. */
  attach(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    this.#pages.add(response)
    response.on('close', () => this.#remove(response))
    response.on('error', () => this.#remove(response))
    // After a break, browsers ask again after so many milliseconds.
    this.#write(response, `retry: 1000\n\n${this.#greet().map(eventText).join('')}`)
    this.#heartbeat ??= setInterval(() => {
      for (const page of this.#pages) this.#write(page, ':\n\n')
    }, HEARTBEAT_MS).unref()
  }

  /** Ends all answers, and resolves when what they said has been handed on, or after so many milliseconds. */
  async end(withinMs: number): Promise<void> {
    const ended = [...this.#pages].map(page => new Promise<void>(resolve => page.end(resolve).once('close', resolve)))
    let late: NodeJS.Timeout | undefined
    await Promise.race([
      Promise.all(ended),
      new Promise(resolve => {
        late = setTimeout(resolve, withinMs)
      }),
    ])
    clearTimeout(late)
    this.close()
  }

  /** Ends all answers. */
  close(): void {
    for (const page of this.#pages) page.end()
    this.#pages.clear()
    clearInterval(this.#heartbeat)
    this.#heartbeat = undefined
  }

  #write(page: ServerResponse, text: string): void {
    if (page.writableLength > MOST_WAITING_BYTES) page.destroy()
    else page.write(text)
  }

  #remove(page: ServerResponse): void {
    this.#pages.delete(page)
    if (this.#pages.size > 0) return
    clearInterval(this.#heartbeat)
    this.#heartbeat = undefined
  }
}

function eventText({ event, data }: PageEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
