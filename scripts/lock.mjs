import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Does the work while no other process that asks for the same lock is at it. */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true })
  for (let told = false; !take(file); told = true) {
    if (!told) console.log('Waiting for another run in this folder …')
    await wait(500)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file) {
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  try {
    // A link appears with its contents, or not at all.
    linkSync(mine, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    // A run that was killed could not let go of its lock.
    if (!isRunning(readHolder(file))) rmSync(file, { force: true })
    return false
  } finally {
    rmSync(mine)
  }
}

function readHolder(file) {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function isRunning(pid) {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
