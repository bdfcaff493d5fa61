/** What the page's server and its client tell each other: JSON alone. Numbers that are not there are null. Types only, so that both
 *  sides may import them. */

/** Answer of GET /api/page: everything that the client shows at first. Larger things have routes of their own. */
export interface PageModel {
  /** What the page is of: names of folders. */
  readonly title: string
  readonly version: string
  /** A run that goes on: its events come from GET /api/events. */
  readonly live: boolean
}

/** Answer of every request that failed, with a status of 400 or more. */
export interface Failure {
  /** One for each thing that is wrong; `place` may name a field of what was sent: "parameters/mu/limits". */
  readonly problems: readonly { readonly place: string; readonly message: string }[]
}
