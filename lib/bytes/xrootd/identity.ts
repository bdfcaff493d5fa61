/** Who the user is to XRootD servers: the methods of authentication, with the credentials that the environment names. */

import type { SecureContext } from 'node:tls'
import { clientContext } from '../../credentials/index.js'
import type { AuthConnection, AuthMethod } from './authenticate.js'
import { authMethods } from './methods.js'
import { parseOffers } from './offers.js'
import { createSigner } from './sign.js'

/** What a session needs of the user. */
export interface Identity {
  readonly methods: readonly AuthMethod[]
  /** Trusts the authorities of the grid and of the system. Throws UsageError where they cannot be read. */
  trust(): SecureContext
  offers(text: string): readonly { readonly name: string; readonly parameters: string }[]
  signer(
    security: Uint8Array,
    seal: AuthConnection['seal'],
  ): ((head: Buffer, payload: Uint8Array) => Buffer | null) | null
}

export function identity(): Identity {
  return {
    methods: authMethods(),
    trust: () => clientContext(null),
    offers: parseOffers,
    signer: createSigner,
  }
}
