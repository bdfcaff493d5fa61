/** `npm run bench:fits [-- speed|pulls|starts|peers] [--toys N]`: time of 1,000 fits on two threads, pulls and coverage over toys of
 *  three models, fits from bad starts; times beside those of iminuit and RooFit. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { fitPair } from '../../lib/fit/index.js'
import { dcbCms, gExp, type ToyModel, templateCms } from './models.js'
import { comparePeers } from './peers.js'
import { badStarts, joinPulls, type Pulls, pulls } from './pulls.js'
import { randomNumbers, toyMaker } from './toys.js'

const MODELS: Readonly<Record<string, () => ToyModel>> = {
  'dcb + cms': () => dcbCms(8000, 0.85),
  'template + cms': () => templateCms(20000, 0.9),
  'g + exp': () => gExp(3000, 0.9),
}

interface Task {
  readonly what: 'speed' | 'pulls' | 'starts'
  readonly model: string
  readonly toys: number
  readonly seed: number
}

if (isMainThread) await main()
else parentPort!.postMessage(run(workerData as Task))

async function main(): Promise<void> {
  const words = process.argv.slice(2)
  const at = words.indexOf('--toys')
  const comparesPeers = words.includes('peers')
  const toys = at < 0 ? (comparesPeers ? 10 : 1000) : Number(words[at + 1])
  const chosen = words.filter(word => ['speed', 'pulls', 'starts'].includes(word))
  const wanted = chosen.length > 0 ? chosen : ['speed', 'pulls', 'starts']
  if (!(toys >= 2)) throw new Error(`--toys ${words[at + 1]}: want a number of at least 2`)
  if (comparesPeers) {
    for (const line of comparePeers(toys)) process.stdout.write(`${line}\n`)
    return
  }
  for (const what of wanted as Task['what'][]) {
    for (const model of Object.keys(MODELS)) {
      const begin = performance.now()
      const halves = await Promise.all([1, 2].map(seed => onThread({ what, model, toys: Math.ceil(toys / 2), seed })))
      const seconds = (performance.now() - begin) / 1000
      const memory = (process.resourceUsage().maxRSS / 1024).toFixed(0)
      const samples = halves.flatMap(half => (typeof half === 'string' ? [] : [half]))
      const texts = samples.length > 0 ? [pullsText(joinPulls(samples))] : halves
      for (const text of texts) process.stdout.write(`${what}  ${model}: ${text}\n`)
      process.stdout.write(`${what}  ${model}: ${toys} toys in ${seconds.toFixed(1)} s on two threads, ${memory} MB\n`)
    }
  }
}

function onThread(task: Task): Promise<string | Pulls> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task })
    worker.on('message', resolve)
    worker.on('error', reject)
  })
}

function pullsText({ mean, width, coverage, invalid }: Pulls): string {
  return `mean ${mean.toFixed(3)}, width ${width.toFixed(3)}, coverage ${(100 * coverage).toFixed(1)} %, ${invalid} not valid`
}

function run({ what, model: name, toys, seed }: Task): string | Pulls {
  const toyModel = MODELS[name]!()
  if (what === 'pulls') return pulls(toyModel, toys, seed)
  if (what === 'starts') {
    const full = badStarts(toyModel, toys, seed)
    const cut = badStarts(toyModel, Math.ceil(toys / 4), seed, { maxIterations: 4 })
    return `${full.valid} of ${full.fits} valid, of these ${full.wrong} more than 1 above; cut off after 4 iterations: ${cut.valid} of ${cut.fits} valid, ${cut.wrong} above`
  }
  const make = toyMaker(toyModel.edges, toyModel.model, toyModel.truth)
  const random = randomNumbers(seed)
  const { user } = process.cpuUsage()
  let invalid = 0
  for (let i = 0; i < toys; i++) {
    if (!fitPair(make(random), toyModel.model, { ...toyModel.options, intervals: ['eff'] }).valid) invalid++
  }
  const each = (process.cpuUsage().user - user) / 1000 / toys
  return `${each.toFixed(1)} ms of processor time of both threads for each fit with its interval, ${invalid} not valid`
}
