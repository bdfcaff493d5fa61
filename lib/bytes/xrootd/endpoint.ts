/** One server, and how it is to be talked to. */

export interface Endpoint {
  readonly host: string
  readonly port: number
  /** Clear text is refused. */
  readonly isSecure: boolean
  /** Name to log in with; '': the user's own. */
  readonly user: string
  /** What a redirect wants to be said at the login; '' for nothing. */
  readonly token: string
}

export function serverName({ host, port }: Pick<Endpoint, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}
