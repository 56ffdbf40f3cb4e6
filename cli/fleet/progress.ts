import { say } from '../../provider/say.ts'
import type { StackResult } from './protocol.ts'
import { clock, describeCounts, ends, sum } from './report.ts'
import type { FleetListener } from './schedule.ts'
import type { Counts } from './outcomes.ts'

/** Prints progress. A terminal gets one line that changes, a log one line for each stack. */
export interface Screen {
  readonly isTerminal: boolean
  /** The width of a line, in columns; undefined or 0 if unknown. */
  readonly columns: number | undefined
  write(text: string): void
}

const usualColumns = 80

/** Shows the progress of a run. */
export class Progress implements FleetListener {
  readonly #screen: Screen
  readonly #title: string
  readonly #total: number
  readonly #began = performance.now()
  readonly #running = new Map<string, Counts | undefined>()
  readonly #waiting = new Set<string>()
  readonly #ended: Counts[] = []
  #drawn = 0
  readonly #timer: NodeJS.Timeout | undefined

  constructor(screen: Screen, title: string, total: number) {
    this.#screen = screen
    this.#title = title
    this.#total = total
    if (screen.isTerminal) {
      this.#timer = setInterval(() => {
        this.#draw()
      }, 1000)
    }
  }

  started(stack: string): void {
    this.#running.set(stack, undefined)
    this.#waiting.delete(stack)
    this.#draw()
  }

  counted(stack: string, counts: Counts): void {
    this.#running.set(stack, counts)
    // Limits the rate: a thousand clients may finish in a second.
    if (performance.now() - this.#drawn > 100) this.#draw()
  }

  waiting(stack: string): void {
    this.#running.delete(stack)
    this.#waiting.add(stack)
    this.#line(say`${stack}: in use by another run, waiting`)
  }

  ended(stack: string, { outcome, counts }: StackResult): void {
    this.#running.delete(stack)
    this.#ended.push(counts)
    const isWell = outcome === 'done'
    const what = describeCounts(counts) || say`nothing to do`
    this.#line(
      `${stack}: ${isWell ? what : `${ends[outcome]()}${describeCounts(counts) && `, ${what}`}`}`,
    )
  }

  /** Clears the line. */
  close(): void {
    clearInterval(this.#timer)
    if (this.#screen.isTerminal) this.#screen.write('\r\u001b[K')
  }

  #line(text: string): void {
    if (this.#screen.isTerminal) this.#draw()
    else this.#screen.write(`${text}\n`)
  }

  #draw(): void {
    if (!this.#screen.isTerminal) return
    this.#drawn = performance.now()
    const running = [...this.#running.values()].filter((counts) => counts !== undefined)
    const counts = describeCounts(sum([...this.#ended, ...running]))
    const text = [
      say`${this.#title}: ${this.#ended.length} of ${this.#total} stacks`,
      counts,
      clock(performance.now() - this.#began),
      [...this.#running.keys()].join(' '),
      this.#waiting.size > 0 ? say`waiting for another run: ${[...this.#waiting].join(' ')}` : '',
    ]
    const line = text.filter((part) => part !== '').join(' · ')
    const { columns = 0 } = this.#screen
    this.#screen.write(`\r\u001b[K${line.slice(0, (columns > 0 ? columns : usualColumns) - 1)}`)
  }
}
