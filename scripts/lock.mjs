import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs the work under a lock: a folder, which the system creates only once. Waits for the run that holds the lock. A killed
 * run leaves the folder behind, and the message gives the remedy.
 */
export async function withLock(folder, work) {
  mkdirSync(dirname(folder), { recursive: true })
  for (let isFirst = true; !take(folder); isFirst = false) {
    if (isFirst) {
      console.log(
        `Another run uses this folder. Waiting for its end. If there is no other run, remove ${folder}`,
      )
    }
    await wait(500)
  }
  // A signal must not end this process before it releases the lock. The work receives the signal too.
  const hold = () => undefined
  for (const signal of signals) process.on(signal, hold)
  try {
    return await work()
  } finally {
    for (const signal of signals) process.off(signal, hold)
    rmSync(folder, { recursive: true, force: true })
  }
}

function take(folder) {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}
