/** Who the user is to XRootD servers: the methods of authentication, with the credentials that the environment names. */
import { clientContext } from '../../credentials/index.js'
import { authMethods } from './methods.js'
import { parseOffers } from './offers.js'
import type { Identity } from './session.js'
import { createSigner } from './sign.js'

export function identity(): Identity {
  return {
    methods: authMethods(),
    trust: () => clientContext(null),
    offers: parseOffers,
    signer: createSigner,
  }
}
