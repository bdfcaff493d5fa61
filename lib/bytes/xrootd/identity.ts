/** Who the user is to XRootD servers: the methods of authentication, with the credentials that the environment names. */
import { userInfo } from 'node:os'
import type { AuthMethod } from './authenticate.js'
import type { Identity } from './session.js'

const unix: AuthMethod = {
  name: 'unix',
  async *begin() {
    const { username } = userInfo()
    yield Buffer.from(`unix\0${username} ${username}\0`)
  },
}

export function identity(): Identity {
  return {
    methods: [unix],
    authorities: () => [],
    offers: text =>
      [...text.matchAll(/&P=([^,&\0]+),?([^&\0]*)/g)].map(([, name = '', parameters = '']) => ({ name, parameters })),
    signer: () => null,
  }
}
