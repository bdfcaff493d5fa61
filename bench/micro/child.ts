/** The process of one micro-benchmark: `child.js NAME INPUT` runs micro/NAME.js, the only one that it loads, on the JSON INPUT
 *  and prints its times as JSON. */
import type { Times } from './times.js'

const [name, input] = process.argv.slice(2)
const { run } = (await import(`./${name}.js`)) as { run: (input: unknown) => Promise<Times> }
process.stdout.write(JSON.stringify(await run(JSON.parse(input!))))
