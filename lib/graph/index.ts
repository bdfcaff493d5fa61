/** Declaring graphs of stages, checking and drawing them, and joining stages to Node streams. */
export { checkShape, describeRead, readAfter, resolveReads } from './check.js'
export { type Cut, cutGraph } from './cut.js'
export { declareGraph, type GraphDeclaration, type GraphNode } from './declare.js'
export { explainMermaid, explainText } from './explain.js'
export { type ChunkResult, runSegment } from './segment.js'
export { type Branch, fanOut, sinkToWritable, sourceToReadable, toDuplex, toReadable } from './wire.js'
