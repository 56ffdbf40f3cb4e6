import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { emulate } from '../../../cli/emulate/emulate.ts'
import { ask, portal, postForm, tokenFields, withEmulator } from '../../emulator/support.ts'
import { psc } from '../psc.ts'

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
  test('Emulate prints its base URLs, one line for each request, and stops', () =>
    withConfig(yaml, async (config) => {
      const lines: string[] = []
      const stop = new AbortController()
      let running: Promise<void> | undefined
      await new Promise<void>((resolve) => {
        const onLine = (line: string): void => {
          lines.push(line)
          if (line.includes('Ctrl-C')) resolve()
        }
        running = emulate({ files: [config], port: 0, signal: stop.signal, onLine })
      })
      const baseUrl = /^neoid +(\S+)$/.exec(lines[0] ?? '')?.[1] ?? ''
      assert.equal((await postForm(`${baseUrl}/client_token`, tokenFields(portal))).status, 200)
      assert.equal(lines.at(-1), 'POST /psc/v0/oauth/client_token 200 (neoid, portal)')
      stop.abort()
      await running
      await assert.rejects(ask(baseUrl))
      assert.ok(!lines.join('\n').includes(portal.secret))
    }))

  test('Emulate refuses a wrong configuration, with every problem and its line', () =>
    withConfig(`${yaml}        hosts: []\nport: x\n`, (config) =>
      assert.rejects(emulate({ files: [config] }), {
        code: 'ERR_PSC_EMULATOR_CONFIG',
        message:
          /^(?=[^]*emulator\.yaml:\d+:\d+: port: )(?=[^]*hosts)(.+ \[ERR_PSC_EMULATOR_CONFIG\]\n?){2}$/,
      }),
    ))

  test('Emulate names a remedy when the port is in use', () =>
    withEmulator(({ url }) =>
      withConfig(yaml, (config) =>
        assert.rejects(emulate({ files: [config], port: Number(new URL(url).port) }), {
          code: 'ERR_PSC_EMULATOR',
          message: /--port 0/,
        }),
      ),
    ))

  test('Emulate exits with 2 for a wrong port, and with 1 for a missing configuration', async () => {
    for (const port of ['x', '-1', '65536', '1.5', '']) {
      const { code, stderr } = await psc(['emulate', 'none.yaml', `--port=${port}`])
      assert.equal(code, 2, port)
      assert.match(stderr, /--port.*from 0 to 65535.*\[ERR_PSC_USAGE\]\n$/)
    }
    assert.equal((await psc(['emulate', 'none.yaml', '--port', '0'])).code, 1)
  })
})
