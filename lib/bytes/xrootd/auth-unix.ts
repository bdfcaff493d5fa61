/** unix: the server believes the name that it is told. Servers of data behind a manager that has asked for more often take this. */
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { AuthMethod } from './authenticate.js'

/** Sends `unix\0NAME GROUP\0`; without the group where /etc/group does not have it (groups may come from a directory service). */
export function unixAuth(): AuthMethod {
  return {
    name: 'unix',
    async *begin(_parameters, connection) {
      connection.seal = null
      const { name, gid } = user()
      const group = groupName(gid)
      yield Buffer.from(`unix\0${name}${group === null ? '' : ` ${group}`}\0`)
    },
  }
}

/** In containers the user may have a number and no name. */
function user(): { name: string; gid: number } {
  try {
    const { username, gid } = userInfo()
    return { name: username, gid }
  } catch {
    return { name: `u${process.getuid?.() ?? 0}`, gid: process.getgid?.() ?? -1 }
  }
}

function groupName(gid: number): string | null {
  try {
    const lines = readFileSync('/etc/group', 'utf8').split('\n')
    return lines.map(line => line.split(':')).find(([, , id]) => id === String(gid))?.[0] || null
  } catch {
    return null
  }
}
