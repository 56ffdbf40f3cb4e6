import { spawnSync } from 'node:child_process'

export interface Process {
  readonly pid: number
  readonly command: string
}

/** Every process that one has started, and what those have started. */
export function descendantsOf(ancestor: number): Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
  const processes = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return pid ? [{ pid: Number(pid), parent: Number(parent), command }] : []
  })
  const family = new Set([ancestor])
  // Parents need not be listed before their children.
  for (let size = 0; size < family.size;) {
    size = family.size
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid)
  }
  family.delete(ancestor)
  return processes.filter(({ pid }) => family.has(pid))
}

/**
 * Ends a process at once, with all that it has started: the engine's plugins lead process groups of their own,
 * and do not end when it is killed.
 */
export function killTree(pid: number): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/T', '/F', '/PID', String(pid)])
    return
  }
  const members = new Set<number>()
  const isNew = (member: number) => !members.has(member)
  // What stands still starts nothing more, and what it started meanwhile is found the next time.
  for (let found = [pid]; found.length > 0; found = descendantsOf(pid).map(pidOf).filter(isNew)) {
    for (const member of found) {
      members.add(member)
      signal(member, 'SIGSTOP')
    }
  }
  for (const member of members) signal(member, 'SIGKILL')
}

function pidOf({ pid }: Process): number {
  return pid
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended meanwhile.
  }
}
