/** The variables of the environment, which all tests share: one process runs them all. */

/** Notes what is set now; the function that it gives sets everything back, variables that were added included. To be called when a
 *  test runs, not when its file is loaded: other files set what they need at that time. */
export function keepEnvironment(): () => void {
  const before = { ...process.env }
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    for (const [name, value] of Object.entries(before)) if (process.env[name] !== value) process.env[name] = value
  }
}
