import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { runEmulate } from '../../cli/emulate/command.ts'
import { ask, portal, postForm, tokenFields, withEmulator } from '../emulator/support.ts'

const yaml = `
pscs:
  neoid:
    clients:
      - clientId: portal
        clientSecret: not-a-secret-portal
        certificate: { hosts: [portal.exemplo.gov.br] }
`

async function withConfig(text: string, use: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'psc-emulate-'))
  try {
    writeFileSync(join(folder, 'emulator.yaml'), text)
    await use(join(folder, 'emulator.yaml'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('psc emulate', () => {
  test('prints its base URLs, one line for each request, and stops with 0', () =>
    withConfig(yaml, async (config) => {
      const lines: string[] = []
      const stop = new AbortController()
      let running: Promise<number> | undefined
      await new Promise<void>((resolve) => {
        const print = (line: string): void => {
          lines.push(line)
          if (line.includes('Ctrl-C')) resolve()
        }
        running = runEmulate({ config, port: '0', signal: stop.signal, print })
      })
      const baseUrl = /^neoid +(\S+)$/.exec(lines[0] ?? '')?.[1] ?? ''
      assert.equal((await postForm(`${baseUrl}/client_token`, tokenFields(portal))).status, 200)
      assert.equal(lines.at(-1), 'POST /psc/v0/oauth/client_token 200 (neoid, portal)')
      stop.abort()
      assert.equal(await running, 0)
      await assert.rejects(ask(baseUrl))
      assert.ok(!lines.join('\n').includes(portal.secret))
    }))

  test('fails with 1 for a wrong configuration, with every problem and its line', () =>
    withConfig(`${yaml}        hosts: []\nport: x\n`, async (config) => {
      const lines: string[] = []
      assert.equal(await runEmulate({ config, complain: (line) => lines.push(line) }), 1)
      assert.equal(lines.length, 2)
      assert.match(lines.join('\n'), /emulator\.yaml:\d+:\d+ port: /)
      assert.match(lines.join('\n'), /unknown key hosts/)
    }))

  test('fails with 1 and names a way out when the port is taken', () =>
    withEmulator(({ url }) =>
      withConfig(yaml, async (config) => {
        const lines: string[] = []
        const port = new URL(url).port
        assert.equal(await runEmulate({ config, port, complain: (line) => lines.push(line) }), 1)
        assert.match(lines.join('\n'), /--port/)
      }),
    ))

  test('fails with 2 for a port that is none', async () => {
    const lines: string[] = []
    for (const port of ['x', '-1', '65536', '1.5', '']) {
      const exit = await runEmulate({ config: 'x', port, complain: (line) => lines.push(line) })
      assert.equal(exit, 2, port)
    }
    assert.equal(lines.length, 5)
  })
})
