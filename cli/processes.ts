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
  for (const member of [pid, ...descendantsOf(pid).map((child) => child.pid)]) {
    try {
      process.kill(member, 'SIGKILL')
    } catch {
      // It has ended meanwhile.
    }
  }
}
