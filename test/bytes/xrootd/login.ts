/** Logs in to a server of the tests with the credentials of a given environment. */

import { DEFAULT_SETTINGS } from '../../../lib/bytes/settings.js'
import { authMethods } from '../../../lib/bytes/xrootd/methods.js'
import { parseOffers } from '../../../lib/bytes/xrootd/offers.js'
import { statRequest } from '../../../lib/bytes/xrootd/protocol.js'
import { type Identity, Session } from '../../../lib/bytes/xrootd/session.js'
import { createSigner } from '../../../lib/bytes/xrootd/sign.js'
import { clientContext } from '../../../lib/credentials/index.js'
import { testIf } from '../../support/tools.js'
import { haveXrootd, type ServerKind, XROOTD_NEEDS } from '../../support/xrootd-recipes.js'
import type { TestServer } from '../../support/xrootd-servers.js'

export type Environment = Readonly<Record<string, string>>

export interface Login extends Partial<Identity> {
  readonly host?: string
  /** `roots://`. */
  readonly isSecure?: boolean
  readonly warn?: (message: string) => void
}

/** Logs in, asks for the status of `/`, and gives the answer's text. Throws as Session.open, and ServerError. */
export async function statRoot(server: TestServer, env: Environment, options: Login = {}): Promise<string> {
  const { host = 'localhost', isSecure = false, warn, ...parts } = options
  const endpoint = { host, port: server.port, isSecure, user: '', token: '' }
  const identity: Identity = {
    methods: authMethods(env, warn),
    trust: () => clientContext(null, env),
    offers: parseOffers,
    signer: createSigner,
    ...parts,
  }
  const settings = { ...DEFAULT_SETTINGS, timeoutMs: 20_000 }
  const session = await Session.open(endpoint, settings, identity)
  try {
    const answer = await session.send(statRequest('/'), { timeoutMs: settings.timeoutMs })
    return answer.kind === 'ok' ? answer.body.toString('latin1') : answer.kind
  } finally {
    session.close()
  }
}

/** The message of what the promise fails with. */
export async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('it should have failed')
}

interface Suite {
  (name: string, run: () => Promise<void>): void
  skip: (name?: string, run?: () => void | Promise<void>) => void
}

/** Registers tests that need a stock server of that kind. */
export function withServer(test: Suite, kind: ServerKind): (name: string, run: () => Promise<void>) => void {
  return testIf(test as Parameters<typeof testIf>[0], haveXrootd(kind), XROOTD_NEEDS)
}
