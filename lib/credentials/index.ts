/** What a user shows to servers (grid proxies, tokens, Kerberos tickets), and the authorities by which servers are known. */
export {
  authoritiesFolder,
  certificatesIn,
  folderAuthorities,
  GET_AUTHORITIES,
  trustedAuthorities,
} from './authorities.js'
export { type Credentials, checkCredentials, type Finding, surveyCredentials } from './check.js'
export { clientContext } from './client-context.js'
export { printable } from './names.js'
export { findProxy, type GridProxy, loadProxy, MAKE_PROXY, proxyForJobs } from './proxy.js'
export { findTicket, type Ticket } from './tickets.js'
export { timeLeft } from './time-left.js'
export { findToken, namesToken, type Token } from './tokens.js'
export type { VomsAttributes } from './voms.js'
