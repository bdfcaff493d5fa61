/** A file of Kerberos tickets (MIT's "Credential cache file format", version 4), of which this reads what a request needs. */
import { CredentialError } from './authenticate.js'

export interface Principal {
  /** Of a user 1, of a service 2 or 3. */
  readonly type: number
  readonly realm: string
  readonly names: readonly string[]
}

export interface ServiceTicket {
  readonly client: Principal
  readonly service: Principal
  /** Kind of the key: 17 and 18 (RFC 3962), 19 and 20 (RFC 8009) are known here. */
  readonly keyType: number
  /** Of the session with the service. A secret. */
  readonly key: Buffer
  /** Encoded, for the service. */
  readonly ticket: Buffer
}

const VERSION_4 = 0x0504

/** The tickets of the file, in its order. Throws CredentialError where it is no such file. */
export function readTicketFile(bytes: Buffer): ServiceTicket[] {
  const reader = new Reader(bytes)
  if (reader.number(2) !== VERSION_4) throw damaged()
  reader.take(reader.number(2))
  reader.principal()
  const found: ServiceTicket[] = []
  while (!reader.isAtEnd) found.push(reader.ticket())
  return found
}

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw damaged()
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  number(length: 1 | 2 | 4): number {
    return this.take(length).readUIntBE(0, length)
  }

  data(): Buffer {
    return this.take(this.number(4))
  }

  principal(): Principal {
    const type = this.number(4)
    const count = this.number(4)
    if (count > 16) throw damaged()
    const realm = this.data().toString('utf8')
    return { type, realm, names: Array.from({ length: count }, () => this.data().toString('utf8')) }
  }

  ticket(): ServiceTicket {
    const client = this.principal()
    const service = this.principal()
    const keyType = this.number(2)
    const key = this.data()
    this.take(16) // times: authenticated, from, until, renewable until
    this.take(1 + 4) // whether the key is another ticket's; flags
    this.#pairs() // addresses
    this.#pairs() // authorization data
    const ticket = this.data()
    this.data() // second ticket
    return { client, service, keyType, key, ticket }
  }

  #pairs(): void {
    for (let left = this.number(4); left > 0; left--) {
      this.number(2)
      this.data()
    }
  }
}

function damaged(): CredentialError {
  return new CredentialError('the tickets that kvno gave cannot be read. Get new ones: kdestroy; kinit')
}
