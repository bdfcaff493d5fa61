/** Completion of command lines in bash, zsh and fish. */
export { type Completion, complete, completionText } from './complete.js'
export { COMPLETION_SCRIPTS, type ShellName } from './scripts.js'
export { COMMAND_VALUES, VALUES } from './values.js'
