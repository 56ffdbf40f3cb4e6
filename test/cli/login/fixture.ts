import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'node:test'
import { showFailure } from '../../../cli/errors.ts'
import { login, type LoginOptions } from '../../../cli/login/login.ts'
import type { Terminal } from '../../../cli/login/terminal.ts'
import { type Emulator, startEmulator } from '../../../emulator/index.ts'

const redirectUris = [
  'https://portal.exemplo.gov.br/callback',
  'https://portal.exemplo.gov.br/ninguem?app=1',
]

const certificate = { hosts: ['portal.exemplo.gov.br'] }

/** What one run of `psc login` came to. */
export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** The addresses that a browser was asked to open. */
  readonly opened: readonly string[]
}

export interface RunOptions extends Partial<LoginOptions> {
  readonly client?: string
  /** What a person answers, given the authorize URL; each is asked for in turn. */
  readonly answers?: readonly ((authorizeUrl: string) => Promise<string> | string)[]
  /** Default: true. */
  readonly isInteractive?: boolean
}

/** An emulator with a client, and its manifest; fresh for every test. */
export class LoginFixture {
  emulator!: Emulator
  folder = ''

  get manifest(): string {
    return join(this.folder, 'clients.yaml')
  }

  async open(): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), 'psc-signin-'))
    const clients = [
      { clientId: 'portal', clientSecret: 'not-a-secret-portal', certificate, redirectUris },
    ]
    const pscs = { neoid: { clients }, safeid: { clients } }
    this.emulator = await startEmulator({ config: { pscs } })
    this.declare(this.emulator.baseUrls.neoid)
    process.env.PSC_TEST_PORTAL = 'not-a-secret-portal'
  }

  async close(): Promise<void> {
    delete process.env.PSC_TEST_PORTAL
    rmSync(this.folder, { recursive: true })
    await this.emulator.close()
  }

  /** Writes the manifest, with a PSC at this address. */
  declare(baseUrl: string, psc = 'neoid'): void {
    const entry = (clientId: string, secret: object) => ({
      psc,
      clientId,
      clientSecret: secret,
      name: clientId,
      comments: 'Assinatura de requerimentos',
      email: 'suporte@exemplo.gov.br',
      redirectUris,
      certificate,
    })
    const manifest = {
      pscs: { [psc]: { baseUrl } },
      clients: {
        portal: entry('portal', { env: 'PSC_TEST_PORTAL' }),
        pilha: entry('pilha', { config: 'pilhaSecret' }),
      },
    }
    writeFileSync(this.manifest, JSON.stringify(manifest))
  }

  async run({
    client,
    answers = [],
    isInteractive = true,
    ...given
  }: RunOptions = {}): Promise<Run> {
    const stdout: string[] = []
    const stderr: string[] = []
    const opened: string[] = []
    const queue = [...answers]
    const terminal: Terminal = {
      isInteractive,
      now: () => Date.now(),
      print: (line) => stdout.push(line),
      note: (line) => stderr.push(line),
      ask: async () => queue.shift()?.(authorizeUrlOf(stderr.join('\n'))),
      openBrowser: (url) => opened.push(url),
      close: () => undefined,
    }
    const defaults = { manifest: this.manifest, scope: 'authentication_session' } as const
    const options = { ...defaults, ...given }
    const code = await login(client ?? 'portal', options, terminal).catch((error: unknown) =>
      showFailure(error, { command: 'pulumi-psc login', ...options }, terminal),
    )
    return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n'), opened }
  }
}

export function useLogin(): LoginFixture {
  const fixture = new LoginFixture()
  beforeEach(() => fixture.open())
  afterEach(() => fixture.close())
  return fixture
}

/** The authorize URL that a run has printed. */
export function authorizeUrlOf(printed: string): string {
  return /http:\/\/[^\s"]+\/authorize\?[^\s"]+/.exec(printed)?.[0] ?? assert.fail(printed)
}

/** What a person picks on the page of the PSC. */
export interface Choice {
  /** A CPF or a CNPJ of the emulator's; the first is the default. */
  readonly holder?: string
  /** Of a signature session, in seconds. */
  readonly period?: number
  readonly refuse?: boolean
}

/** Fills the form of `/authorize` in over HTTP, as a browser would, and answers the address that it ends on. */
export async function signIn(authorizeUrl: string, choice: Choice = {}): Promise<string> {
  const page = await (await fetch(authorizeUrl)).text()
  const action = /<form[^>]* action="([^"]*)"/.exec(page)?.[1] ?? assert.fail(page)
  const fields = new URLSearchParams({
    holder: choice.holder ?? '11111111111',
    period_cpf: String(choice.period ?? ''),
    period_cnpj: String(choice.period ?? ''),
    decision: choice.refuse ? 'refuse' : 'authorize',
  })
  for (const [, name = '', value = ''] of page.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)"/g,
  )) {
    fields.set(name, value)
  }
  const response = await fetch(new URL(action, authorizeUrl), {
    method: 'POST',
    body: fields,
    redirect: 'manual',
  })
  return response.headers.get('location') ?? assert.fail(await response.text())
}
