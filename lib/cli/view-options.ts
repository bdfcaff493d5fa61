/** Options of `tnp-pipe view`. */
import { type Command, InvalidArgumentError } from 'commander'
import type { ViewFlags } from './view.js'

export function addViewOptions(command: Command, setStatus: (status: number) => void): Command {
  return command
    .description('show results in the browser: runs, efficiencies, fits, scale factors; fit single bins again')
    .argument('[places...]', 'output folders of runs, results of fits, scale factors: folders or files')
    .option('--fit <file>', 'the configuration of the fits: bins can be fitted again, and saved into it')
    .option('--port <n>', 'of the page on this machine (default: one that is free)', port)
    .option('--no-open', 'start no browser, print the address only')
    .option('--static <file>', 'write the page as one HTML file to send to others, and end')
    .action(async (places: string[], flags: ViewFlags) => {
      const { viewCommand } = await import('./view.js')
      setStatus(await viewCommand(places, flags))
    })
}

export function port(text: string): number {
  const n = Number(text)
  if (/^\d+$/.test(text) && n <= 65535) return n
  throw new InvalidArgumentError('Wanted a whole number from 0 to 65535.')
}
