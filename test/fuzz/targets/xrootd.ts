/** Answers of an XRootD server: late, cut off, in parts, refused, redirected, with other bytes. */
import type { Random } from '../../../bench/random.js'
import { openSource } from '../../../lib/bytes/open.js'
import { setRemoteSettings } from '../../../lib/bytes/settings.js'
import { closeSessions } from '../../../lib/bytes/xrootd/sessions.js'
import {
  answerWith,
  cutOff,
  fail,
  hang,
  inParts,
  late,
  redirect,
  shortBy,
  unsolicited,
  wait,
  waitResponse,
  wrongElement,
  wrongLength,
  wrongStream,
} from '../../support/mock-faults.js'
import { frame } from '../../support/mock-frames.js'
import { type Action, type RequestName, startMock } from '../../support/mock-xrootd.js'
import { applyEdits, type Edit, randomEdits, shrinkEdits, shrinkList } from '../edits.js'
import { few, pick, type Target, Wrong } from '../target.js'

const PATH = '/store/f.root'
const CONTENT = Buffer.from(Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7 + (i >> 8)) % 256))
/** Far apart, so that none are joined. */
const RANGES = Array.from({ length: 8 }, (_, k) => ({ position: 12_000 * k, length: 300 + k }))

/** Name and numbers of an action. */
type Step = readonly [name: string, ...numbers: number[]]
interface Fault {
  readonly [key: string]: string | number | readonly (string | number)[] | readonly Edit[]
  readonly at: RequestName
  readonly skip: number
  readonly times: number
  readonly step: Step
  /** Of `mangle`: damage to the true answer's frame. */
  readonly edits: readonly Edit[]
}
type RemoteCase = { readonly faults: readonly Fault[]; readonly work: string }

const PLACES: readonly RequestName[] = ['protocol', 'login', 'open', 'stat', 'read', 'read', 'readv', 'readv', 'close']
const CODES = [3005, 3007, 3010, 3011, 3012, 3014, 3016, 3024, 3028, 3030, 3034, 3999, 0, -1]

function randomStep(random: Random): Step {
  switch (random.below(18)) {
    case 0:
      return ['hang']
    case 1:
      return ['late', pick(random, [1, 30, 120, 400])]
    case 2:
      return ['fail', pick(random, CODES)]
    case 3:
      return ['wait', pick(random, [0, 1, -1, 100_000, 0x7fffffff])]
    case 4:
      return ['waitResponse', pick(random, [1, 50]), pick(random, [3, 100, 1e9])]
    case 5:
      return ['inParts', pick(random, [1, 3, 16, 100, 1000])]
    case 6:
    case 7:
      return ['cutOff', pick(random, [0, 1, 7, 8, 9, 24, 100]), random.below(3)]
    case 8:
      return ['wrongLength', pick(random, [0, 1, -1, 7, 100, 0x7fffffff, -0x80000000])]
    case 9:
      return ['wrongElement', random.below(3)]
    case 10:
      return ['shortBy', pick(random, [1, 4, 16, 100, 1e6])]
    case 11:
      return ['wrongStream', pick(random, [0, 1, 2, 0xffff])]
    case 12:
      return ['unsolicited', pick(random, [5000, 5001, 5002, 5008, 0, -1])]
    case 13:
      return ['redirect', random.below(3)]
    case 14:
      return ['status', pick(random, [0, 4000, 4001, 4002, 4003, 4004, 4005, 4006, 4007, 65535]), random.below(40)]
    default:
      return ['mangle']
  }
}

function actionOf({ step: [name, a = 0, b = 0], edits }: Fault, port: number): Action {
  switch (name) {
    case 'late':
      return late(a)
    case 'fail':
      return fail(a)
    case 'wait':
      return wait(a)
    case 'waitResponse':
      return waitResponse(a, b)
    case 'inParts':
      return inParts(a)
    case 'cutOff':
      return cutOff(a, (['hang', 'end', 'reset'] as const)[b]!)
    case 'wrongLength':
      return wrongLength(a)
    case 'wrongElement':
      return wrongElement((['handle', 'length', 'position'] as const)[a]!)
    case 'shortBy':
      return shortBy(a)
    case 'wrongStream':
      return wrongStream(a)
    case 'unsolicited':
      return unsolicited(a)
    case 'redirect':
      // To itself, to where nobody listens, to nonsense.
      return [redirect(port), redirect(1), redirect(port, '127.0.0.1?&&=?tok')][a]!
    case 'status':
      return answerWith({ status: a, body: Buffer.alloc(b, 1) })
    case 'mangle':
      return ({ seen, answer, send }) => send(applyEdits(frame(seen.stream, answer()), edits))
    default:
      return hang
  }
}

/** Its bytes are lies that no client can tell. */
function isLie({ at, step: [name, a] }: Fault): boolean {
  if (name === 'wrongElement') return at !== 'readv'
  return name === 'mangle' || name === 'wrongStream' || (name === 'status' && (a === 0 || a === 4000))
}

async function run({ faults, work }: RemoteCase): Promise<string> {
  setRemoteSettings({ timeoutMs: 60, deadlineMs: 600, retries: 1 })
  const server = await startMock({ files: { [PATH]: CONTENT } })
  server.fault(...faults.map(fault => ({ ...fault, do: safely(actionOf(fault, server.port)) })))
  try {
    const source = await openSource(`${server.url}${PATH}`)
    try {
      const isLied = faults.some(isLie)
      const same = (position: number, bytes: Uint8Array, length: number) => {
        if (bytes.length !== length) throw new Wrong(`${bytes.length} bytes at ${position}, wanted ${length}`)
        if (!isLied && !CONTENT.subarray(position, position + length).equals(bytes))
          throw new Wrong(`other bytes at ${position}`)
      }
      const size = await source.size()
      if (!isLied && size !== CONTENT.length) throw new Wrong(`a size of ${size}`)
      if (work !== 'readv') same(1000, await source.readAt(1000, 3000), 3000)
      if (work !== 'read') {
        const parts = await source.readv(RANGES)
        for (const [k, { position, length }] of RANGES.entries()) same(position, parts[k]!, length)
      }
      if (work === 'all') same(0, await source.readAt(0, CONTENT.length), CONTENT.length)
    } finally {
      await source.close()
    }
    return 'right'
  } finally {
    closeSessions()
    await server.stop()
  }
}

/** A client that hung up is none of the mock's faults. */
function safely(action: Action): Action {
  return async exchange => {
    try {
      await action(exchange)
    } catch {
      exchange.drop('reset')
    }
  }
}

export async function xrootd(): Promise<Target> {
  const target: Target<RemoteCase> = {
    make: random => ({
      faults: Array.from({ length: few(random, 4) }, (): Fault => {
        const step = randomStep(random)
        const edits = step[0] === 'mangle' ? randomEdits(random, Buffer.alloc(pick(random, [12, 40, 400]))) : []
        return { at: pick(random, PLACES), skip: random.below(2), times: pick(random, [1, 1, 2, 1000]), step, edits }
      }),
      work: pick(random, ['read', 'readv', 'all']),
    }),
    run,
    *shrink({ faults, work }) {
      for (const fewer of shrinkList(faults)) yield { faults: fewer, work }
      for (const [k, fault] of faults.entries()) {
        for (const edits of shrinkEdits(fault.edits)) yield { faults: faults.with(k, { ...fault, edits }), work }
      }
      if (work === 'all') for (const one of ['read', 'readv']) yield { faults, work: one }
    },
  }
  return target as unknown as Target
}
