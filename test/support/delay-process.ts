/** The process of `startDelayProcess`: options as JSON in its argument, orders over IPC. Ends when its parent does. */
import { type DelayCommand, type DelayOptions, startDelayProxy } from './delay-proxy.js'

const proxy = await startDelayProxy(JSON.parse(process.argv[2]!) as DelayOptions)
process.on('message', async (command: DelayCommand) => {
  process.send?.((await proxy[command]()) ?? null)
})
process.on('disconnect', () => process.exit())
process.send?.(proxy.port)
