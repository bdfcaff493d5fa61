/** Requests of a login, on nobody's behalf: servers may want to be asked later there as well. */
import type { Answer } from './answer.js'
import type { Channel, Sending } from './channel.js'
import { Refused } from './failures.js'
import type { Request } from './protocol.js'

/** Asks again as often as the server wants, until `latest`. Throws as Channel.send, and Refused where that would be too late. */
export async function sendPatiently(
  channel: Channel,
  request: Request,
  sending: Sending & { readonly latest: number },
  server: string,
): Promise<Exclude<Answer, { kind: 'wait' }>> {
  for (;;) {
    const answer = await channel.send(request, sending)
    if (answer.kind !== 'wait') return answer
    const ms = answer.seconds * 1000
    if (performance.now() + ms >= sending.latest) {
      const advice = 'Raise --timeout or uproot_options.timeout, or choose another redirector.'
      throw new Refused(`${server} asks to wait ${answer.seconds} s with the login. ${advice}`, 'TimeoutError')
    }
    // Whoever waits for the session has a clock of his own, that keeps the process alive.
    await new Promise<void>(done => setTimeout(done, ms).unref())
  }
}
