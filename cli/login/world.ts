import { spawn } from 'node:child_process'
import { createInterface, type Interface } from 'node:readline'
import { pendingFolder } from './pending.ts'

/** What a sign-in needs of the machine; a test brings its own. */
export interface LoginWorld {
  /** Whether somebody is there to be asked. */
  readonly isTerminal: boolean
  /** Where sign-ins wait for their callback. */
  readonly folder: string
  /** Milliseconds since the epoch. */
  now(): number
  /** A line of the result: standard output. */
  print(line: string): void
  /** A line for the person: standard error. */
  note(line: string): void
  /** The next line of standard input; undefined at its end. */
  ask(question: string): Promise<string | undefined>
  /** Where there is a browser; otherwise nothing happens. */
  openBrowser(url: string): void
  close(): void
}

/** This process, its terminal and its user. */
export function thisMachine(): LoginWorld {
  const isTerminal = process.stdin.isTTY && process.stderr.isTTY
  let input: Interface | undefined
  let lines: AsyncIterator<string> | undefined
  const open = (): AsyncIterator<string> => {
    input = createInterface({ input: process.stdin, output: process.stderr, terminal: isTerminal })
    // In a terminal the interface sees Ctrl-C in the place of the process.
    input.on('SIGINT', () => {
      input?.close()
      process.kill(process.pid, 'SIGINT')
    })
    return input[Symbol.asyncIterator]()
  }
  return {
    isTerminal,
    folder: pendingFolder(),
    now: () => Date.now(),
    print: (line) => process.stdout.write(`${line}\n`),
    note: (line) => process.stderr.write(`${line}\n`),
    async ask(question) {
      lines ??= open()
      if (isTerminal) {
        input?.setPrompt(question)
        input?.prompt()
      }
      const next = await lines.next()
      return next.done ? undefined : next.value
    },
    openBrowser: (url) => {
      if (isTerminal && hasDisplay()) launch(url)
    },
    close: () => input?.close(),
  }
}

function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') {
    return process.env.SSH_CONNECTION === undefined
  }
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)
}

/** The platform's own opener, never through a shell. That there is none is no failure: the address is printed too. */
function launch(url: string): void {
  const [command, args] = openers[process.platform] ?? ['xdg-open', []]
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

const openers: Partial<Record<NodeJS.Platform, readonly [string, readonly string[]]>> = {
  darwin: ['open', []],
  win32: ['rundll32', ['url.dll,FileProtocolHandler']],
}
