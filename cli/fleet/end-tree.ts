import { spawnSync } from 'node:child_process'

/**
 * Ends a process at once, with all that it has started: the engine's plugins lead process groups of their own, and
 * stay when it is killed.
 */
export function endTree(pid: number): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/T', '/F', '/PID', String(pid)])
    return
  }
  for (const member of [pid, ...descendantsOf(pid)]) {
    try {
      process.kill(member, 'SIGKILL')
    } catch {
      // It has ended meanwhile.
    }
  }
}

function descendantsOf(ancestor: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const children = new Map<number, number[]>()
  for (const line of stdout.trim().split('\n')) {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number)
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const of = (pid: number): number[] =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...of(child)])
  return of(ancestor)
}
