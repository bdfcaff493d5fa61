/** `tnp-pipe merge-goldenjson A.json B.json ... [--output OUT.json]`: the union of certified luminosity sections. */
import { hideAccessIn } from '../bytes/address.js'
import { writeAtomic } from '../formats/index.js'
import { goldenJsonText, mergeGoldenJsons } from '../job/merge-goldenjson.js'

/** What the command prints: the merged document, or nothing where it goes to the file `output`. */
export async function mergeGoldenJsonCommand(
  paths: readonly string[],
  { output }: { readonly output?: string },
): Promise<string> {
  const warn = (message: string) => process.stderr.write(`warning: ${hideAccessIn(message)}\n`)
  const text = goldenJsonText(await mergeGoldenJsons(paths, warn))
  if (output === undefined) return text
  await writeAtomic(output, text)
  return ''
}
