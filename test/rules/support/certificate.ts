import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'

/** A certificate to make: self-signed, with a real signature. Odd names go in byte for byte. */
export interface CertificateRecipe {
  readonly dns?: readonly string[]
  /** IP addresses; a buffer goes in as it is, of whatever length. */
  readonly ip?: readonly (string | Buffer)[]
  readonly email?: readonly string[]
  readonly uri?: readonly string[]
  readonly commonName?: string
  readonly notBefore?: string
  readonly notAfter?: string
  /** Whether it says that it is a certification authority's; default: it says nothing. */
  readonly authority?: boolean
  readonly keyType?: 'ec' | 'rsa' | 'ed25519'
}

const keys = {
  ec: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ed25519: generateKeyPairSync('ed25519'),
}

const algorithms = {
  ec: '300a06082a8648ce3d040302',
  rsa: '300d06092a864886f70d01010b0500',
  ed25519: '300506032b6570',
}

/** The private key of the certificates of a type. */
export function privateKey(type: 'ec' | 'rsa' | 'ed25519'): KeyObject {
  return keys[type].privateKey
}

/** A certificate in DER. @see RFC 5280, section 4.1 */
export function createDer(recipe: CertificateRecipe): Buffer {
  const type = recipe.keyType ?? 'ec'
  const algorithm = Buffer.from(algorithms[type], 'hex')
  const name = recipe.commonName === undefined ? sequence() : commonName(recipe.commonName)
  const tbs = sequence(
    Buffer.from('a003020102' + '020101', 'hex'),
    algorithm,
    name,
    sequence(
      time(recipe.notBefore ?? '2026-01-01T00:00:00Z'),
      time(recipe.notAfter ?? '2027-01-01T00:00:00Z'),
    ),
    name,
    keys[type].publicKey.export({ type: 'spki', format: 'der' }),
    ...extensions(recipe),
  )
  const signature = sign(type === 'ed25519' ? null : 'sha256', tbs, keys[type].privateKey)
  return sequence(tbs, algorithm, element(0x03, Buffer.of(0), signature))
}

/** A certificate in PEM. */
export function createPem(recipe: CertificateRecipe): string {
  return toPem(createDer(recipe))
}

/** PEM with lines of 64 characters. @see RFC 7468, section 2 */
export function toPem(der: Buffer, label = 'CERTIFICATE'): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

function extensions(recipe: CertificateRecipe): Buffer[] {
  const names = [
    ...(recipe.dns ?? []).map((text) => element(0x82, Buffer.from(text, 'utf8'))),
    ...(recipe.ip ?? []).map((ip) => element(0x87, typeof ip === 'string' ? bytesOfIp(ip) : ip)),
    ...(recipe.email ?? []).map((text) => element(0x81, Buffer.from(text, 'latin1'))),
    ...(recipe.uri ?? []).map((text) => element(0x86, Buffer.from(text, 'latin1'))),
  ]
  const constraints = sequence(element(0x01, Buffer.of(0xff)))
  const list = [
    ...(names.length > 0 ? [extension('0603551d11', sequence(...names))] : []),
    ...(recipe.authority === true ? [extension('0603551d13', constraints)] : []),
  ]
  return list.length > 0 ? [element(0xa3, sequence(...list))] : []
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(Buffer.from(id, 'hex'), element(0x04, value))
}

function commonName(text: string): Buffer {
  const value = element(0x0c, Buffer.from(text, 'utf8'))
  return sequence(element(0x31, sequence(Buffer.from('0603550403', 'hex'), value)))
}

function time(iso: string): Buffer {
  return element(0x18, Buffer.from(iso.replace(/[-:T]/g, ''), 'latin1'))
}

function bytesOfIp(text: string): Buffer {
  if (isIP(text) === 4) return Buffer.from(text.split('.').map(Number))
  const [head = '', tail = ''] = text.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const zeros = 8 - groups(head).length - groups(tail).length
  const all = [...groups(head), ...Array<string>(zeros).fill('0'), ...groups(tail)]
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex')
}

function sequence(...contents: Buffer[]): Buffer {
  return element(0x30, ...contents)
}

function element(tag: number, ...contents: Buffer[]): Buffer {
  const value = Buffer.concat(contents)
  const { length } = value
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), value])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(length)
  const digits = size.subarray(size.findIndex((byte) => byte !== 0))
  return Buffer.concat([Buffer.of(tag, 0x80 | digits.length), digits, value])
}
