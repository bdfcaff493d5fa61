// What a run of uvu prints, read as it comes: which file took how long, and what failed. The whole output of a long run is often not
// kept to the end by who runs it, so both are said again, briefly, after it.
import { stripVTControlCharacters } from 'node:util'

/** Lines kept of a failure: its name, message, what was wanted and got, and where. */
const LINES_OF_FAILURE = 24

export class TestLog {
  #partial = ''
  #file = ''
  #begun = 0
  #failure = undefined
  #files = []
  #failures = []
  #clock

  constructor(clock = () => performance.now()) {
    this.#clock = clock
  }

  write(chunk) {
    const lines = (this.#partial + chunk).split('\n')
    this.#partial = lines.pop()
    for (const line of lines) this.#line(stripVTControlCharacters(line))
  }

  /** `file: seconds`, the slowest first. */
  slowest(count) {
    return [...this.#files, { name: this.#file, seconds: this.#seconds() }]
      .filter(({ name }) => name !== '')
      .sort((one, other) => other.seconds - one.seconds)
      .slice(0, count)
      .map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${name}`)
  }

  /** Each failure: its file, then the first lines of what uvu said of it. */
  failures() {
    return this.#failures.map(({ file, lines }) => [file, ...lines].join('\n'))
  }

  /** Names of the files with failures, each once. */
  failedFiles() {
    return [...new Set(this.#failures.map(({ file }) => file))]
  }

  #seconds() {
    return (this.#clock() - this.#begun) / 1000
  }

  #line(line) {
    if (/^\S+\.test\.js$/.test(line)) {
      if (this.#file !== '') this.#files.push({ name: this.#file, seconds: this.#seconds() })
      this.#file = line
      this.#begun = this.#clock()
      this.#failure = undefined
    } else if (/^ +Total: +\d/.test(line)) {
      this.#failure = undefined
    } else if (/^ +FAIL /.test(line)) {
      this.#failure = { file: this.#file, lines: [] }
      this.#failures.push(this.#failure)
    }
    if (this.#failure !== undefined && line.trim() !== '' && this.#failure.lines.length < LINES_OF_FAILURE)
      this.#failure.lines.push(line)
  }
}
