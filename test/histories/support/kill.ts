import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { killTree } from '../../../cli/processes.ts'
import type { Command } from './project.ts'
import type { Kill } from './steps.ts'

/** Kills a part of a command at work. */
export function strike(command: Command, whom: Kill['whom']): void {
  if (whom === 'all') {
    killTree(command.pid)
    return
  }
  const isVictim = (line: string) =>
    whom === 'engine'
      ? /(^|\/)pulumi (up|refresh|preview)/.test(line)
      : /dynamic-provider|pulumi-resource-psc/.test(line)
  const self = existsSync(join('/proc', String(command.pid))) ? [command.pid] : []
  if (whom === 'command') {
    for (const pid of self) process.kill(pid, 'SIGKILL')
    return
  }
  const victims = command
    .children()
    .filter(({ command: line }) => isVictim(line))
    .map(({ pid }) => pid)
  // Of `pulumi` the command is the engine.
  for (const pid of victims.length > 0 || whom === 'provider' ? victims : self) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended meanwhile.
    }
  }
}
