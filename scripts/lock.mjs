import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startOf } from './process-start.mjs'

/** Does the work while no other process that asks for the same lock is at it. */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true })
  const mine = `${process.pid} ${startOf(process.pid)}`
  for (let told = false; !take(file, mine); told = true) {
    if (!told) console.log(`Waiting for another run in this folder (it holds ${file}) …`)
    await wait(500)
  }
  try {
    return await work()
  } finally {
    if (read(file) === mine) rmSync(file, { force: true })
  }
}

function take(file, mine) {
  const own = `${file}.${process.pid}`
  writeFileSync(own, mine)
  try {
    // A link appears with its contents, or not at all.
    linkSync(own, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const holder = read(file)
    // A run that was killed could not let go of its lock.
    if (holder !== undefined && !isRunning(holder)) remove(file, holder)
    return false
  } finally {
    rmSync(own)
  }
}

/** Removes a lock that was read, and no other: another waiter may have removed it, and taken its own, since. */
export function remove(file, stale) {
  const aside = `${file}.${process.pid}.aside`
  try {
    renameSync(file, aside)
    if (read(aside) !== stale) linkSync(aside, file)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  }
  rmSync(aside, { force: true })
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return undefined
  }
}

/** Whether the process that wrote this is still there, and not another one that got its number. */
function isRunning(holder) {
  const [, pid, start] = /^(\S*) ?(.*)$/s.exec(holder)
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  const now = startOf(Number(pid))
  return now === '' || start === '' || start === now
}
