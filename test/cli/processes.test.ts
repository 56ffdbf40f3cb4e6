import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { descendantsOf, killTree } from '../../cli/processes.ts'

test('Killing a process tree kills every descendant, even one that starts meanwhile', async () => {
  // A length of sleep that nothing else here has.
  const mark = `sleep 86${process.pid}`
  const script = `for i in $(seq 1000); do ${mark} & echo $i; done; wait`
  const child = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  const ended = once(child, 'exit')
  killTree(Number(child.pid))
  await ended
  // Whoever lost its parent belongs to the first process of the machine by now, so all are looked through.
  const left = descendantsOf(0).filter(({ command }) => command === mark)
  for (const { pid } of left) process.kill(pid, 'SIGKILL')
  assert.deepEqual(left, [])
})
