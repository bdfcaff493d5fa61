/** `tnp-pipe locate URL ...`: which servers have files, for finding out why one cannot be read. */
import { hideAccess, parseAddress } from '../bytes/address.js'
import { DataError, UsageError } from '../core/errors.js'
import { type CommandReport, EXIT } from './exit.js'
import { checkedCredentials } from './remote-options.js'

/** A line a file and server; what failed goes to stderr, with status 1. Throws UsageError for what is no root:// URL. */
export async function locateCommand(urls: readonly string[]): Promise<CommandReport> {
  const problems = urls.flatMap(url => problemOf(url))
  if (problems.length > 0) throw new UsageError(problems)
  const { locate } = await import('../bytes/xrootd/locate.js')
  let stderr = (await checkedCredentials(urls)).map(text => `warning: ${text}\n`).join('')
  let stdout = ''
  let status: number = EXIT.done
  for (const url of urls) {
    try {
      for (const { server, isManager, isOnline, isWritable } of await locate(url)) {
        const facts = [
          isManager ? 'redirector' : 'server',
          isOnline ? 'online' : 'not online',
          isWritable ? 'writable' : 'readable',
        ]
        stdout += `${hideAccess(url)}  ${server}  ${facts.join(', ')}\n`
      }
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      stderr += `error: ${error.message} (${error.exception})\n`
      status = EXIT.incomplete
    }
  }
  return { stdout, stderr, status }
}

function problemOf(url: string) {
  try {
    if (parseAddress(url).kind === 'xrootd') return []
    return [{ place: hideAccess(url), message: 'is no root:// URL: only XRootD servers tell who has a file.' }]
  } catch (error) {
    if (error instanceof DataError) return [{ place: hideAccess(url), message: error.message }]
    throw error
  }
}
