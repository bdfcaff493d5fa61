/** The page: a server on loopback, and what it tells the page's script. */
export type { Handler, PageRequest, Routes } from './answer.js'
export { EventFeed, type PageEvent } from './events.js'
export type { FitFileSource } from './fit-file.js'
export type * from './model.js'
export { openResults, type PageResults, type Shown } from './results.js'
export { type PageOptions, type PageServer, servePage } from './server.js'
export { staticPage } from './static.js'
