/** Histogram lines of one or more `fill`s -> one line each, added up. */
import { histLine, mergedHistLines } from './hist-lines.js'
import { type Pipe, writeLine } from './pipe.js'

export async function merge({ input, output }: Pipe): Promise<void> {
  const lines = await mergedHistLines(input)
  for (const { identity, tree } of lines) await output.write(Buffer.from(histLine(identity, tree)))
  await writeLine(output, { end: { histograms: lines.length } })
}
