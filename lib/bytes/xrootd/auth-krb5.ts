/** krb5: a Kerberos ticket for the server's service. The ticket is fetched by `kvno` of MIT Kerberos, which gets at every kind of cache
 *  (files, the kernel's keyring, a service's) and talks to the realm; 20 to 80 ms. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AuthMethod, CredentialError } from './authenticate.js'
import { readTicketFile, type ServiceTicket } from './krb5-cache.js'
import { KEY_TYPES } from './krb5-cipher.js'
import { serviceRequest } from './krb5-request.js'

/** Sends `krb5\0` and the request. */
export function krb5Auth(env: NodeJS.ProcessEnv = process.env): AuthMethod {
  return {
    name: 'krb5',
    async *begin(parameters, connection) {
      connection.seal = null
      const ticket = await fetchTicket(serviceName(parameters), env)
      yield Buffer.concat([Buffer.from('krb5\0'), serviceRequest(ticket)])
    },
  }
}

/** Parameters are `service/host@REALM,options`. A server that is not what it says must not get a request for some other service in
 *  the user's name, which it could pass on there. */
function serviceName(parameters: string): string {
  const service = parameters.split(',', 1)[0]!.trim()
  if (/^(xrootd|host)\/[A-Za-z0-9][A-Za-z0-9.-]*@[A-Za-z0-9][A-Za-z0-9.-]*$/.test(service)) return service
  const got = JSON.stringify(service.slice(0, 100))
  throw new CredentialError(
    `the server wants a ticket for ${got}, which is no service of XRootD (wanted xrootd/host@REALM)`,
  )
}

async function fetchTicket(service: string, env: NodeJS.ProcessEnv): Promise<ServiceTicket> {
  // The file holds the key of the session: in a folder that is the user's alone, and not for longer than it takes to read it.
  const folder = await mkdtemp(join(tmpdir(), 'tnp-krb5-'))
  try {
    const path = join(folder, 'tickets')
    await kvno(['-q', '--out-cache', `FILE:${path}`, service], env)
    return theTicket(readTicketFile(await readFile(path)), service)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function theTicket(tickets: readonly ServiceTicket[], service: string): ServiceTicket {
  const nameOf = ({ service }: ServiceTicket) => `${service.names.join('/')}@${service.realm}`
  const ticket = tickets.find(one => nameOf(one) === service) ?? tickets.find(one => one.service.names[0] !== 'krbtgt')
  if (ticket === undefined) throw new CredentialError(`kvno gave no ticket for ${service}. Try it: kvno ${service}`)
  if (!KEY_TYPES.includes(ticket.keyType)) {
    const known = KEY_TYPES.join(', ')
    throw new CredentialError(`the ticket for ${service} has a key of kind ${ticket.keyType}, wanted ${known} (AES)`)
  }
  return ticket
}

/** A realm that does not answer must not hold up the other methods for long. */
const PATIENCE_MS = 20_000

function kvno(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const options = { env: { ...env, LC_ALL: 'C' }, timeout: PATIENCE_MS, maxBuffer: 64 * 1024 }
  return new Promise((resolve, reject) => {
    execFile('kvno', args, options, (error, _stdout, stderr) => {
      if (error === null) resolve()
      else reject(new CredentialError(kvnoProblem(error, stderr, args.at(-1)!)))
    })
  })
}

function kvnoProblem(
  error: { readonly code?: unknown; readonly killed?: boolean },
  stderr: string,
  service: string,
): string {
  if (error.code === 'ENOENT') {
    return 'the program kvno is missing. Install MIT Kerberos: apt install krb5-user, or dnf install krb5-workstation'
  }
  if (error.killed) return `the Kerberos realm gave no ticket for ${service} within ${PATIENCE_MS / 1000} s`
  if (/out-cache|usage:|unrecognized option/i.test(stderr)) {
    return 'this program kvno has no --out-cache. Install MIT Kerberos 1.19 or later'
  }
  const said = stderr
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/^\s*kvno:\s*/, '')
    .trim()
    .slice(0, 300)
  if (/No credentials|No Kerberos|expired|not found: .*FILE|No such file/i.test(said)) {
    return `no Kerberos ticket that is valid (${said}). Get one: kinit`
  }
  return `no Kerberos ticket for ${service} (${said})`
}
