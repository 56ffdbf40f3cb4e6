import { spawnSync } from 'node:child_process'

export interface Process {
  readonly pid: number
  readonly command: string
}

/** Lists the descendants of a process. */
export function descendantsOf(ancestor: number): Process[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
  const processes = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return pid ? [{ pid: Number(pid), parent: Number(parent), command }] : []
  })
  const family = new Set([ancestor])
  // Children may be listed before their parents.
  for (let size = 0; size < family.size;) {
    size = family.size
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid)
  }
  family.delete(ancestor)
  return processes.filter(({ pid }) => family.has(pid))
}

/**
 * Kills a process with its descendants. The engine's plugins lead process groups of their own and would survive it.
 * Resolves when they are gone, unless the system keeps one.
 */
export function killTree(pid: number): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/T', '/F', '/PID', String(pid)])
    return
  }
  const members = new Set<number>()
  const isNew = (member: number) => !members.has(member)
  // A stopped process starts no others. The next round finds those that it started before.
  for (let found = [pid]; found.length > 0; found = descendantsOf(pid).map(pidOf).filter(isNew)) {
    for (const member of found) {
      members.add(member)
      signal(member, 'SIGSTOP')
    }
  }
  for (const member of members) signal(member, 'SIGKILL')
  // The system removes a killed process with a delay.
  for (let look = 0; look < mostLooks && isAnyRunning(members); look += 1);
}

/** The number of checks whether killed processes are gone. A check takes some 10 ms. */
const mostLooks = 200

/** Tells whether one of the processes runs. Zombies do not count. */
function isAnyRunning(pids: ReadonlySet<number>): boolean {
  const list = Array.from(pids).join()
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', list], { encoding: 'utf8' })
  return /^\s*[^Z\s]/m.test(stdout)
}

function pidOf({ pid }: Process): number {
  return pid
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // The process has ended meanwhile.
  }
}
