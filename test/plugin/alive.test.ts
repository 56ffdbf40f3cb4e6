import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { test } from 'node:test'

test('The plugin prints its port and ends when its engine is gone', async () => {
  const engine = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(engine, 'listening')
  const { port } = engine.address() as AddressInfo
  const plugin = spawn(
    process.execPath,
    ['dist/provider/plugin/launcher.cjs', `127.0.0.1:${port}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = (await once(createInterface(plugin.stdout), 'line')) as [string]
  assert.match(line, /^\d+$/)
  engine.close()
  const [code] = (await once(plugin, 'exit')) as [number]
  assert.equal(code, 1)
})
