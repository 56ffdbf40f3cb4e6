import { spawn } from 'node:child_process'
import { createInterface, type Interface } from 'node:readline'
import { note, print } from '../output.ts'

/** Abstracts the terminal, the clock and the browser for tests. */
export interface Terminal {
  /** Whether a person can answer. */
  readonly isInteractive: boolean
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Prints a line of the result: standard output. */
  readonly print: (line: string) => void
  /** Prints a line for the person: standard error. */
  readonly note: (line: string) => void
  /** Reads the next line of standard input; undefined at its end. */
  readonly ask: (question: string) => Promise<string | undefined>
  /** Opens a browser, on a machine that has one. */
  readonly openBrowser: (url: string) => void
  readonly close: () => void
}

/** Opens this process's terminal. */
export function openTerminal(): Terminal {
  const isInteractive = process.stdin.isTTY && process.stderr.isTTY
  let input: Interface | undefined
  let lines: AsyncIterator<string> | undefined
  const open = (): AsyncIterator<string> => {
    input = createInterface({
      input: process.stdin,
      output: process.stderr,
      terminal: isInteractive,
    })
    // In a terminal the readline interface receives Ctrl-C instead of the process.
    input.on('SIGINT', () => {
      input?.close()
      process.kill(process.pid, 'SIGINT')
    })
    return input[Symbol.asyncIterator]()
  }
  return {
    isInteractive,
    now: () => Date.now(),
    print: (line) => {
      print(`${line}\n`)
    },
    note: (line) => {
      note(`${line}\n`)
    },
    async ask(question) {
      lines ??= open()
      if (isInteractive) {
        input?.setPrompt(question)
        input?.prompt()
      }
      const next = await lines.next()
      return next.done ? undefined : next.value
    },
    openBrowser: (url) => {
      if (isInteractive && hasDisplay()) launch(url)
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

/** Opens the address with the platform's own command, never through a shell. Ignores failures: the address is printed too. */
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
