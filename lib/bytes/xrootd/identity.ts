/** Who the user is to XRootD servers: the methods of authentication, with the credentials that the environment names. */
import { trustedAuthorities } from '../../credentials/authorities.js'
import { authMethods } from './methods.js'
import { parseOffers } from './offers.js'
import type { Identity } from './session.js'
import { createSigner } from './sign.js'

export function identity(): Identity {
  return { methods: authMethods(), authorities: () => trustedAuthorities(), offers: parseOffers, signer: createSigner }
}
