import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { resolve } from 'node:path'
import type { Stack } from '../support/stack.ts'
import type { Outcome } from './recordings.ts'

export interface Operated {
  readonly code: number
  readonly output: string
  readonly outcome: Outcome
}

type Operation = 'preview' | 'refresh' | 'up'

/** Previews, refreshes or applies a stack, by `pulumi` or as a fleet's. */
export function operate(stack: Stack, operation: Operation, isFleet = false): Promise<Operated> {
  return isFleet ? operateFleet(stack, operation) : operateStack(stack, operation)
}

async function operateStack(stack: Stack, operation: Operation): Promise<Operated> {
  const flags = {
    preview: [],
    refresh: ['--yes', '--skip-preview'],
    up: ['--yes', '--skip-preview', '--continue-on-error'],
  }
  const { code, output } = await stack.run(operation, ...flags[operation])
  const [, summary = ''] = output.split(/^Resources:/m)
  const counts = summary.matchAll(/^ +\S+ (\d+) (?:to (\w+)e|(\w+ed))$/gm)
  const outcome = Object.fromEntries(
    Array.from(counts, ([, count, planned, done]) => [done ?? `${planned}ed`, Number(count)]),
  )
  return { code, output, outcome }
}

async function operateFleet(stack: Stack, operation: Operation): Promise<Operated> {
  const command = [resolve('dist', 'cli', 'main.js'), 'fleet', operation, '--json']
  const child = spawn(process.execPath, command, {
    cwd: stack.folder,
    env: stack.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => {
      done(code ?? 1)
    })
  })
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  const output = stdout + stderr
  if (!stdout.startsWith('{')) return { code, output, outcome: {} }
  const { summary } = JSON.parse(stdout) as { summary: { unchanged: number; changed: number } }
  const { unchanged: _, changed: updated, ...others } = summary
  const counts = Object.entries({ updated, ...others }).filter(([, count]) => count > 0)
  return { code, output, outcome: Object.fromEntries(counts) }
}
