/** Signatures of requests (kXR_sigver): where the connection is not protected, somebody in between must not be able to change what is
 *  asked. Which requests the server wants signed, it says in its answer to kXR_protocol (XProtocol.hh: ServerResponseReqs_Protocol). */
import { createHash } from 'node:crypto'
import type { AuthConnection } from './authenticate.js'

const SIGVER = 3029
const FIRST_REQUEST = 3000

/** Levels of security (kXR_secCompatible 1, Standard 2, Intense 3, Pedantic 4), and the requests that have to be signed from each on. */
const NEEDED_FROM: readonly (readonly number[])[] = [
  [],
  // chmod, gpfile, mv, chkpoint, rm, rmdir, fattr, truncate
  [3002, 3005, 3009, 3012, 3014, 3015, 3020, 3028],
  // mkdir, open
  [3008, 3010],
  // close, set, write, endsess, bind, pgwrite, pgread
  [3003, 3018, 3019, 3023, 3024, 3026, 3030],
  // query, dirlist, read, sync, stat, prepare, statx, readv, locate
  [3001, 3004, 3013, 3016, 3017, 3021, 3022, 3025, 3027],
]

/** Those that have to be signed from a level on where they may change something: open and set; query. */
const LIKELY_FROM: readonly (readonly number[])[] = [[], [3010, 3018], [], [3001]]

/** Payloads that are hashed only where the server says so: of write and pgwrite. */
const BULK: ReadonlySet<number> = new Set([3019, 3026])

const IGNORE = 0
const LIKELY = 1
const NEEDED = 2

/** Bits of the options. */
const HASH_BULK = 0x01
const SIGN_WITHOUT_KEY = 0x02

/** Gives the bytes to be sent in front of a request, on its stream; null where it need not be signed. `head`: the request's 24 bytes,
 *  as they will be sent. To be asked in the order of sending. */
export type Signer = (head: Buffer, payload: Uint8Array) => Buffer | null

/** `security`: 'S', a zero, version, options, level, number of exceptions, and the exceptions { request - 3000, 0 | 1 | 2 }.
 *  null where nothing is to be signed: the server does not ask for it, or there is no key and hashes without one are not
 *  wanted. What is no such structure counts as not asking. */
export function createSigner(security: Uint8Array, seal: AuthConnection['seal']): Signer | null {
  const [tag, , version, options = 0] = security
  if (tag !== 'S'.charCodeAt(0) || security.length < 6 || version !== 0) return null
  const needs = readNeeds(security)
  if (needs.size === 0 || (seal === null && (options & SIGN_WITHOUT_KEY) === 0)) return null
  let sequence = 0n
  return (head, payload) => {
    const request = head.readUInt16BE(2)
    const need = needs.get(request) ?? IGNORE
    if (need === IGNORE || (need === LIKELY && !mayChange(request, head))) return null
    sequence += 1n
    const isBare = payload.length === 0 || (BULK.has(request) && (options & HASH_BULK) === 0)
    const signature = Buffer.alloc(24)
    signature.writeBigUInt64BE(sequence, 8)
    const hash = createHash('sha256').update(signature.subarray(8, 16)).update(head)
    if (!isBare) hash.update(payload)
    const digest = hash.digest()
    const sealed = seal === null ? digest : seal(digest)
    head.copy(signature, 0, 0, 2)
    signature.writeUInt16BE(SIGVER, 2)
    signature.writeUInt16BE(request, 4)
    signature[7] = isBare ? 1 : 0 // kXR_nodata
    signature[16] = 1 // kXR_SHA256
    signature.writeInt32BE(sealed.length, 20)
    return Buffer.concat([signature, sealed])
  }
}

function readNeeds(security: Uint8Array): Map<number, number> {
  const level = Math.min(security[4]!, NEEDED_FROM.length - 1)
  const needs = new Map<number, number>()
  for (const request of LIKELY_FROM.slice(0, level + 1).flat()) needs.set(request, LIKELY)
  for (const request of NEEDED_FROM.slice(0, level + 1).flat()) needs.set(request, NEEDED)
  const exceptions = Math.min(security[5]!, Math.floor((security.length - 6) / 2))
  for (let k = 0; k < exceptions; k++) {
    needs.set(FIRST_REQUEST + security[6 + 2 * k]!, Math.min(security[7 + 2 * k]!, NEEDED))
  }
  needs.delete(SIGVER)
  return needs
}

/** Options of open: delete, new, update, append. Questions that go to plugins of the server. */
const CHANGING_OPEN = 0x0002 | 0x0008 | 0x0020 | 0x0200
const OPAQUE_QUERIES: ReadonlySet<number> = new Set([16, 32, 64])

function mayChange(request: number, head: Buffer): boolean {
  if (request === 3010) return (head.readUInt16BE(6) & CHANGING_OPEN) !== 0
  if (request === 3001) return OPAQUE_QUERIES.has(head.readUInt16BE(4))
  return true
}
