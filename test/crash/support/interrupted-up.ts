import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { descendantsOf } from '../../../cli/processes.ts'
import type { Fleet } from './fleet.ts'

/** When something happens to an `up`: by what it has done, not by time. */
export type Moment =
  | {
      /** The PSC is about to give its n-th answer. */ readonly answer: number
    }
  | {
      /** The PSC is about to give the first answer after one that a fault struck, or that one. */ readonly struck: true
    }
  | {
      /** How many clients the engine reports as created or updated. */ readonly done: number
    }

/** A running `up`, at the moment. */
export interface RunningUp {
  /** The process id of the engine, which leads a process group of its own. */
  readonly pid: number
  /** Every process that the engine has started, with its command line. */
  children(): readonly { readonly pid: number; readonly command: string }[]
  /** Calls back once, when a line that is printed matches. */
  onLine(pattern: RegExp, heard: () => void): void
}

/** The processes in which the provider runs. */
export function providersOf(up: RunningUp): ReturnType<RunningUp['children']> {
  return up.children().filter(({ command }) => /^\S*node .*dynamic-provider/.test(command))
}

/** What an engine that was killed leaves behind; it is left there, as in real life, until the tests are over. */
const orphans = new Set<number>()

/** Ends what the killed engines have left behind. */
export function endOrphans(): void {
  for (const pid of orphans) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  orphans.clear()
}

function isStruck({ emulator }: Fleet): boolean {
  return emulator.requests.list().some(({ fault }) => fault !== undefined)
}

/** Runs `up` and does something to it at a moment, which has to come; answers its exit code and what it printed. */
export async function interruptedUp(
  fleet: Fleet,
  moment: Moment,
  interrupt: (up: RunningUp) => void,
): Promise<{ code: number | null; output: string }> {
  const child = fleet.stack.start('up', '--yes', '--skip-preview')
  const { pid } = child
  assert.ok(pid, 'the engine did not start')
  const lines: string[] = []
  const listeners: { pattern: RegExp; heard: () => void }[] = []
  let done = 0
  let came = false
  const up: RunningUp = {
    pid,
    children: () => descendantsOf(pid),
    onLine: (pattern, heard) => listeners.push({ pattern, heard }),
  }
  const comes = (): void => {
    came = true
    // The engine stands still while its children are looked up.
    child.kill('SIGSTOP')
    for (const process of descendantsOf(pid)) orphans.add(process.pid)
    child.kill('SIGCONT')
    interrupt(up)
  }
  fleet.countAnswers((count) => {
    if ('answer' in moment && count === moment.answer) comes()
    if ('struck' in moment && !came && isStruck(fleet)) comes()
  })
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line)
      if (/ (created|updated) \(/.test(line)) done += 1
      if ('done' in moment && done === moment.done && !came) comes()
      for (const listener of listeners.splice(0)) {
        if (listener.pattern.test(line)) listener.heard()
        else listeners.push(listener)
      }
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  fleet.countAnswers(() => undefined)
  const output = lines.join('\n')
  assert.ok(came, `the moment never came:\n${output}`)
  return { code, output }
}

/** What has to be true after the next `up`, whatever happened to the one before it. */
export async function assertMended(
  fleet: Fleet,
  { locked }: { readonly locked: boolean },
): Promise<void> {
  if (locked) await fleet.stack.succeed('cancel', '--yes')
  await fleet.stack.succeed('up', '--yes', '--skip-preview')
  fleet.assertApplied()
  await fleet.stack.succeed('preview', '--expect-no-changes')
}
