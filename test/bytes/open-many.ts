/** A program for a test: opens a file many times at once, and prints how long that took and by how much its memory grew. */
import { openRootFile } from '../../lib/root/index.js'

const [, , url = '', count = '1'] = process.argv
const warm = await openRootFile(url)
await warm.tree('Events')
await warm.close()
const before = process.memoryUsage().rss
const began = performance.now()
const files = await Promise.all(
  Array.from({ length: Number(count) }, async () => {
    const file = await openRootFile(url)
    await file.tree('Events')
    return file
  }),
)
process.stdout.write(
  `${JSON.stringify({ ms: performance.now() - began, bytes: process.memoryUsage().rss - before })}\n`,
)
for (const file of files) await file.close()
