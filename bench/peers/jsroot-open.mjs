// Times jsroot opening a file and its tree, the first time in the process: prints milliseconds as JSON.
import { openFile } from 'jsroot'

const start = performance.now()
const file = await openFile(process.argv[2])
await file.readObject('Events')
process.stdout.write(JSON.stringify({ openFirst: performance.now() - start }))
process.exit(0)
