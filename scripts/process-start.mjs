import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** When a process began, in the words of its system; empty where that cannot be told, as on Windows. */
export function startOf(pid) {
  try {
    // After the name, which may hold anything: the 22nd field, in ticks since the machine began.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    if (process.platform === 'linux' || process.platform === 'win32') return ''
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC0' }
    const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env,
      encoding: 'utf8',
    })
    return stdout?.trim() ?? ''
  }
}
