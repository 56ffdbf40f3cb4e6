/** Shows the current step in one line: its duration, and the remaining work if it is known. */
export class Progress {
  readonly #title: string
  readonly #began = Date.now()
  readonly #timer: NodeJS.Timeout
  #phase = ''
  #phaseBegan = Date.now()
  #done = 0
  #total = 0

  constructor(title: string) {
    this.#title = title
    // A log gets a line from time to time. A terminal gets one line that changes.
    this.#timer = setInterval(
      () => {
        this.#show()
      },
      process.stdout.isTTY ? 500 : 20_000,
    )
  }

  phase(name: string, total = 0): void {
    this.#phase = name
    this.#phaseBegan = Date.now()
    this.#done = 0
    this.#total = total
    this.#show()
  }

  /** Counts a finished package. Returns whether it was the last one. */
  advance(): boolean {
    this.#done += 1
    return this.#done === this.#total
  }

  end(outcome: 'done' | 'failed'): void {
    clearInterval(this.#timer)
    this.#phase = outcome
    this.#total = 0
    this.#show()
    if (process.stdout.isTTY) process.stdout.write('\n')
  }

  #show(): void {
    const line = `  ${this.#title}: ${this.#phase}${this.#share()}, ${clock(Date.now() - this.#began)}${this.#left()}`
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
  }

  #share(): string {
    if (this.#total === 0) return ''
    return ` package ${String(this.#done)} of ${String(this.#total)}`
  }

  /** Estimates the remaining time once enough is done. */
  #left(): string {
    if (this.#total === 0 || this.#done < this.#total / 10) return ''
    const spent = Date.now() - this.#phaseBegan
    const left = (spent / this.#done) * Math.max(0, this.#total - this.#done)
    return `, about ${clock(left)} more`
  }
}

function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`
}
