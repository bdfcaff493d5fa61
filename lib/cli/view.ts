/** `tnp-pipe view OUT...`: a page of results, served to this machine's browser until Ctrl-C, or written as one file. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { type Problem, UsageError } from '../core/errors.js'
import { writeAtomic } from '../formats/index.js'
import type * as Page from '../page/index.js'
import { describeFailure, EXIT } from './exit.js'
import { onInterrupt } from './interrupts.js'

export interface ViewFlags {
  readonly fit?: string
  readonly port?: number
  readonly open: boolean
  /** Write the page there instead. */
  readonly static?: string
}

export interface ViewOptions {
  /** Results that need not be read. */
  readonly fits?: readonly Page.FitFileSource[]
  /** stdout is another's: the address goes to stderr. */
  readonly isPipe?: boolean
}

/** Returns the exit status when the page has ended. */
export async function viewCommand(
  places: readonly string[],
  flags: ViewFlags,
  { fits = [], isPipe = false }: ViewOptions = {},
): Promise<number> {
  try {
    if (places.length + fits.length === 0 && flags.fit === undefined) {
      const message = 'name a folder of outputs, results of fits, or scale factors; or --fit CONFIG.json.'
      throw new UsageError([{ place: 'view', message }])
    }
    const page = await import('../page/index.js')
    const say = (text: string) => process.stderr.write(`${text}\n`)
    const results = await page.openResults({ places, fits, config: flags.fit, say })
    for (const warning of results.model().results?.warnings ?? []) process.stderr.write(`warning: ${warning}\n`)
    if (flags.static === undefined) return await serve(page, results, flags, isPipe ? process.stderr : process.stdout)
    await writeAtomic(flags.static, await page.staticPage(results))
    process.stderr.write(`page in ${resolve(flags.static)}\n`)
    return EXIT.done
  } catch (error) {
    const { text, status } = describeFailure(error)
    process.stderr.write(`${text}\n`)
    return status
  }
}

async function serve(
  page: typeof Page,
  results: Page.PageResults,
  flags: ViewFlags,
  out: NodeJS.WriteStream,
): Promise<number> {
  const server = await listening(page, results, flags.port ?? 0)
  const ended = new Promise<void>(end => onInterrupt(() => end()))
  out.write(`${server.url}\n`)
  const forward = `ssh -L ${server.port}:127.0.0.1:${server.port} ...`
  process.stderr.write(
    `The page is served until Ctrl-C. From another machine: ${forward}, then open the address there.\n`,
  )
  if (flags.open) openBrowser(server.url)
  await ended
  await server.close()
  return EXIT.done
}

async function listening(page: typeof Page, results: Page.PageResults, port: number): Promise<Page.PageServer> {
  try {
    return await page.servePage({ routes: results.routes, port })
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(error.problems.map(({ message }): Problem => ({ place: `--port ${port}`, message })))
  }
}

/** Where there is a screen. A browser that cannot be started is no failure: the address is printed. */
function openBrowser(url: string): void {
  const { platform, env } = process
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return
  const [program, ...args] =
    platform === 'darwin' ? ['open'] : platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
  spawn(program!, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}
