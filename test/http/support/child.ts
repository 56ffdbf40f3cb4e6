import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Identity } from './authority.ts'

/** Sends one request in a process of its own, whose environment is read when it starts; answers what became of it. */
export async function sendInChild(
  origin: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const script = fileURLToPath(new URL('send-once.ts', import.meta.url))
  const child = spawn(process.execPath, [script, origin], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return output.trim()
}

/** A file that is there for the length of one test. */
export function temporaryFile(t: TestContext, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pulumi-psc-'))
  t.after(() => {
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'file')
  writeFileSync(file, content)
  return file
}

/** A server that answers everything with 200, over TLS; answers its port. */
export async function tlsServer(t: TestContext, identity: Partial<Identity>): Promise<number> {
  const server = createServer(identity, (_request, response) => response.end())
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}
