/** The page of a run under way. */
export { type LiveOptions, type LivePage, openLivePage } from './serve.js'
