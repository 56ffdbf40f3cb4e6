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
 * and do not end when it is killed. Returns when they are gone, unless the system keeps one.
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
  // A killed process goes when the system comes to it.
  for (let look = 0; look < mostLooks && isAnyRunning(members); look += 1);
}

/** How often it is looked whether killed processes are gone: a look takes some 10 ms. */
const mostLooks = 200

/** Not those that have ended and that nobody has asked about. */
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
    // It has ended meanwhile.
  }
}
