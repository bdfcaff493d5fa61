/** What this machine gives to the program, and which of what a job needs is missing. */
export { type Answer, connect } from './connect.js'
export { type Machine, surveyMachine } from './machine.js'
export { type Finding, findTrouble, type Needs, type Survey } from './needs.js'
export { findPrograms, surveyPython } from './programs.js'
export { findingText, textOf } from './text.js'
