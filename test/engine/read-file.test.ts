import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, describe, it } from 'node:test'
import * as pulumi from '@pulumi/pulumi'
import { certificateInput } from '../../provider/engine/certificate-args.ts'
import { resolveSecret } from '../../provider/engine/secret.ts'
import { isExplained } from '../../provider/errors.ts'
import { readText } from '../../provider/read-file.ts'
import { certificatePem } from '../../provider/registration/validate.ts'
import { createPem } from '../rules/support/certificate.ts'

const folder = mkdtempSync(join(tmpdir(), 'psc-files-'))

after(() => {
  rmSync(folder, { recursive: true })
})

let count = 0

function fileOf(content: string | Uint8Array): string {
  const file = join(folder, `file-${++count}`)
  writeFileSync(file, content)
  return file
}

/** What PowerShell 5 writes with `>`. */
const littleEndian = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')

const bigEndian = (text: string) => littleEndian(text).swap16()

const secretOf = (file: string) => resolveSecret({ file }, () => undefined)

describe('a secret in a file', () => {
  it('A secret is the text of its file without one final line break', () => {
    for (const end of ['', '\n', '\r\n', '\r']) {
      assert.equal(secretOf(fileOf(`not-a-secret-é ${end}`)), 'not-a-secret-é ')
    }
  })

  it('A secret is the text of its file without the byte order mark', () => {
    assert.equal(secretOf(fileOf('\ufeffnot-a-secret\r\n')), 'not-a-secret')
  })

  it('A secret file with only a byte order mark counts as empty', () => {
    assert.throws(() => secretOf(fileOf('\ufeff\n')), /the file is empty/)
  })

  const refused: Readonly<Record<string, readonly [content: Uint8Array, reason: RegExp]>> = {
    'in UTF-16': [littleEndian('not-a-secret'), /the file is UTF-16\. Save it as UTF-8/],
    'in UTF-16, big-endian': [bigEndian('not-a-secret'), /the file is UTF-16\. Save it as UTF-8/],
    'in UTF-16 without a mark': [Buffer.from('not-a-secret', 'utf16le'), /the file is UTF-16/],
    'in Latin-1': [
      Buffer.from('não-é-segredo', 'latin1'),
      /the file is not UTF-8\. Save it as UTF-8/,
    ],
  }
  for (const [name, [content, reason]] of Object.entries(refused)) {
    it(`A secret file ${name} is refused, and its text is not repeated`, () => {
      const read = () => secretOf(fileOf(content))
      assert.throws(read, { code: 'ERR_PSC_SECRET_UNAVAILABLE', message: reason })
      assert.throws(read, (error: Error) => !/segredo|not-a-secret/.test(error.message))
    })
  }
})

describe('a path that is not that of a regular file', () => {
  const fifo = join(folder, 'fifo')
  spawnSync('mkfifo', [fifo])
  for (const file of [fifo, '/dev/zero', '/dev/stdin']) {
    it(`A secret is not read from ${basename(file)}`, () => {
      assert.throws(() => secretOf(file), {
        code: 'ERR_PSC_SECRET_UNAVAILABLE',
        message: /a FIFO, a socket or a device/,
      })
    })
    it(`A certificate is not read from ${basename(file)}`, async () => {
      assert.match((await keptOf(file)).refused ?? '', /a FIFO, a socket or a device/)
    })
  }
})

describe('what is read of a file is bounded', () => {
  const file = fileOf('')
  truncateSync(file, 2 ** 20 + 1)
  const reason = /the file is larger than 1 MiB/

  it('A secret file is read up to 1 MiB', () => {
    assert.throws(() => secretOf(file), { message: reason })
  })
  it('The certificate file of a registration is read up to 1 MiB', () => {
    assert.throws(() => certificatePem({ file }), { message: reason })
  })
  it('The certificate file of a client is read up to 1 MiB', async () => {
    assert.match((await keptOf(file)).refused ?? '', reason)
  })
})

/** What becomes of the certificate of a client. */
async function keptOf(file: string): Promise<{ kept: unknown; refused?: string }> {
  let refused: string | undefined
  const kept = certificateInput(
    { file },
    {
      onRead: () => undefined,
      onProblem: (problem) => (refused = problem),
    },
  )
  const output: pulumi.Output<unknown> = pulumi.output(kept)
  const value = await new Promise((resolve) => {
    output.apply(resolve)
  })
  return { kept: value, ...(refused !== undefined && { refused }) }
}

describe('a certificate in a file', () => {
  const pem = createPem({ dns: ['portal.exemplo.gov.br'] })

  it('A certificate file may begin with a byte order mark', async () => {
    const file = fileOf(`\ufeff${pem}`)
    assert.equal(certificatePem({ file }), pem)
    const { kept } = await keptOf(file)
    assert.deepEqual((kept as { hosts: string[] }).hosts, ['portal.exemplo.gov.br'])
  })

  it('A certificate file in UTF-16 is refused by name', async () => {
    const file = fileOf(littleEndian(pem))
    assert.throws(() => certificatePem({ file }), {
      code: 'ERR_PSC_FILE',
      message: /the file is UTF-16\. Save it as UTF-8/,
    })
    assert.match((await keptOf(file)).refused ?? '', /^certificate\.file: .*the file is UTF-16/)
  })

  it('A missing certificate file is refused with the reason of the system', async () => {
    const file = join(folder, 'absent.pem')
    assert.match(
      (await keptOf(file)).refused ?? '',
      /absent\.pem: the file does not exist\..* \[ERR_PSC_FILE\]$/,
    )
  })
})

it('The error about an unreadable file has no stack trace', () => {
  assert.throws(
    () => readText(join(folder, 'absent')),
    (error) => isExplained(error) && error.code === 'ERR_PSC_FILE',
  )
})
