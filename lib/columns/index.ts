export { emptyColumn } from './empty.js'
export { gather, gatherElements, gatherRows, listElements } from './gather.js'
export { eventRuns, keepPairs, positions } from './select.js'
