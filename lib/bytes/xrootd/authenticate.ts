/** Proving to an XRootD server who the user is: the server lists the methods that it takes, in its order of preference, and each is
 *  tried until one succeeds. */

/** What a method may know of the connection, and what it leaves for it. */
export interface AuthConnection {
  /** As the user named it, or the redirect. */
  readonly host: string
  readonly port: number
  /** TLS is on, and the server's certificate has been checked against the authorities and this host's name. */
  readonly isSecure: boolean
  /** Seals the hashes of signed requests with the key that both sides now have; set by a method that agrees on one. */
  seal: ((hash: Uint8Array) => Uint8Array) | null
}

/** One method (`gsi`, `ztn`, `krb5`, `unix`, `host`). `parameters`: what the server's list says behind its name. The generator yields
 *  what is sent to the server and gets what the server answers while it wants more; when the server accepts, it is ended from
 *  outside. It throws CredentialError where the user lacks what it needs or the server cannot be trusted. */
export interface AuthMethod {
  readonly name: string
  begin(parameters: string, connection: AuthConnection): AsyncGenerator<Uint8Array, void, Uint8Array>
}

/** Why a method cannot be used, in a sentence or two: what is wrong, and the command that mends it. Never holds secrets. */
export class CredentialError extends Error {
  override readonly name = 'CredentialError'
}
