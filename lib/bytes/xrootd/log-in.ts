/** Telling a server who the user is, by the methods that it takes. */
import { type AuthConnection, type AuthMethod, CredentialError } from './authenticate.js'
import type { Channel, Sending } from './channel.js'
import { serverName } from './endpoint.js'
import { ConnectionLost, Refused, ServerError } from './failures.js'
import type { Identity } from './identity.js'
import { sendPatiently } from './patient.js'
import { authRequest } from './protocol.js'

/** Tries the methods that the server takes, in its order. Throws Refused with what became of each. */
export async function authenticate(
  channel: Channel,
  offered: string,
  connection: AuthConnection,
  { methods, offers }: Identity,
  sending: Sending & { readonly latest: number },
): Promise<void> {
  const server = serverName(connection)
  const list = offers(offered)
  if (list.length === 0) return
  const reasons: string[] = []
  for (const { name, parameters } of list) {
    const method = methods.find(m => m.name === name)
    if (method === undefined) {
      reasons.push(`${name}: ${unavailable(name)}`)
      continue
    }
    try {
      await converse(channel, method, parameters, connection, sending)
      return
    } catch (error) {
      if (error instanceof ServerError) reasons.push(`${name}: ${refusal(error)}`)
      else if (error instanceof CredentialError) reasons.push(`${name}: ${error.message}`)
      else throw error
      connection.seal = null
    }
  }
  throw new Refused(`${server} did not accept you. It was tried with ${reasons.join('; ')}`)
}

function unavailable(name: string): string {
  const isLeftOut = process.env.XrdSecPROTOCOL !== undefined && /^(gsi|ztn|krb5|unix|host)$/.test(name)
  if (isLeftOut) return 'left out by XrdSecPROTOCOL'
  return name === 'sss' ? 'not supported (try --transport xrdcp)' : 'not supported'
}

function refusal({ message }: ServerError): string {
  // So do servers of CMS refuse proxies without attributes of the experiment.
  return message === ''
    ? 'refused without a reason (see: tnp-pipe credentials)'
    : `refused (${JSON.stringify(message)})`
}

async function converse(
  channel: Channel,
  { name, begin }: AuthMethod,
  parameters: string,
  connection: AuthConnection,
  sending: Sending & { readonly latest: number },
): Promise<void> {
  const steps = begin(parameters, connection)
  try {
    let step = await steps.next()
    while (!step.done) {
      const server = serverName(connection)
      const answer = await sendPatiently(channel, authRequest(name, step.value), sending, server)
      if (answer.kind === 'ok') return
      if (answer.kind !== 'more') throw new ConnectionLost(`the server does not take logins now (${answer.kind})`)
      step = await steps.next(answer.body)
    }
    throw new CredentialError('the server asks for more than the method has')
  } finally {
    await steps.return()
  }
}
