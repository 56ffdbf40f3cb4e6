import { say, sayLater } from '../say.ts'
/**
 * Repairs what tools do to a PEM text on its way through a variable, a form or a file: quotes around it, line breaks as
 * the two characters \n, and base64 around the whole. Any other text stays as it is. {@link findBlocks} needs no line
 * breaks.
 */
export function repairPem(text: string): string {
  const bare = text.trim().replace(/^(["'])(.*)\1$/s, '$2')
  const plain = /\\r|\\n/.test(bare) ? bare.replace(/(?:\\{1,2}r)?\\{1,2}n|\\{1,2}r/g, '\n') : bare
  if (plain.includes('-----BEGIN ') || !/^[\w+/=\s-]+$/.test(plain)) return plain
  // Also base64 of base64. Each time the text is shorter.
  const repaired = repairPem(Buffer.from(plain, 'base64').toString())
  return repaired.includes('-----BEGIN ') ? repaired : plain
}

/** Marks the begin or the end of a block. */
export interface Boundary {
  readonly begins: boolean
  readonly label: string
  readonly from: number
  readonly to: number
}

/** Finds the BEGIN and END lines of a PEM text. */
export function findBoundaries(text: string): Boundary[] {
  return Array.from(text.matchAll(/-----(BEGIN|END) ([^-\r\n]+)-----/g), (match) => ({
    begins: match[1] === 'BEGIN',
    label: match[2] ?? '',
    from: match.index,
    to: match.index + match[0].length,
  }))
}

/** Writes a block as OpenSSL reads it: no indentation, and no spaces in the place of line breaks. */
export function toBlock(label: string, body: string): string {
  return `-----BEGIN ${label}-----\n${body.trim().replace(/\s+/g, '\n')}\n-----END ${label}-----\n`
}

/** Tells whether a label is that of a private key of any form. */
export function isPrivateKey(label: string): boolean {
  return label.endsWith('PRIVATE KEY')
}

/** What a text of this trade may be. */
type Kind =
  | 'certificate'
  | 'private key'
  | 'certificate request (CSR)'
  | 'public key'
  | 'PKCS#7 container'
  | 'PKCS#12 file (.p12, .pfx)'

/**
 * The forms by the begin of their DER: a SEQUENCE, a length of up to five bytes, and what is inside. Other bytes than those
 * of ASCII may be U+FFFD, as in a file that was read as UTF-8.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1, RFC 2315, 7292, 5208, 8017, 5915 and 2986
 */
const forms: readonly (readonly [RegExp, Kind])[] = [
  // An OID of PKCS#7; the version 3 of PKCS#12.
  [/^0[^]{1,5}\x06\t\*[^]{1,2}H[^]{1,3}\r\x01\x07/, 'PKCS#7 container'],
  [/^0[^]{1,5}\x02\x01\x030/, 'PKCS#12 file (.p12, .pfx)'],
  // A version and: an algorithm's OID (PKCS#8), a modulus (PKCS#1), an octet string (SEC 1). PBES2, if it is encrypted.
  [/^0[^]{1,5}\x02\x01(?:[\0\x01]0[^]\x06|\0\x02|\x01\x04)/, 'private key'],
  [/^0[^]{1,5}0[^]{1,2}\x06\t\*[^]{1,2}H[^]{1,3}\r\x01\x05/, 'private key'],
  // The version 0, and a name: a SEQUENCE of SETs.
  [/^0[^]{1,5}0[^]{1,5}\x02\x01\x000[^]{1,5}1/, 'certificate request (CSR)'],
  // The version of a certificate; without one, its serial number.
  [/^0[^]{1,5}0[^]{1,5}(?:[\xA0\uFFFD]\x03)?\x02[\x01-\x15]/, 'certificate'],
  [/^0[^]{1,5}0[^]\x06[\x05-\t]/, 'public key'],
]

/** Finds out what an unarmoured text is: binary, or the same in base64. */
function identify(text: string): { kind?: Kind | undefined; form?: 'binary' | 'base64' } {
  const kindOf = (der: string) => forms.find(([pattern]) => pattern.test(der))?.[1]
  if (/[\0\uFFFD]|^0[\x80-\x84]/.test(text)) return { kind: kindOf(text), form: 'binary' }
  if (!/^M[\w+/=\s-]+$/.test(text)) return {}
  const kind = kindOf(Buffer.from(text.slice(0, 200), 'base64').toString('latin1'))
  return kind === undefined ? {} : { kind, form: 'base64' }
}

function kindOfLabel(label: string): Kind | undefined {
  if (isPrivateKey(label)) return 'private key'
  if (label.endsWith('CERTIFICATE REQUEST')) return 'certificate request (CSR)'
  if (label.endsWith('PUBLIC KEY')) return 'public key'
  if (label.startsWith('PKCS')) return 'PKCS#7 container'
  return label.endsWith('CERTIFICATE') ? 'certificate' : undefined
}

/** The end of the command of OpenSSL that makes a PEM text of another kind or form. */
const commands = {
  certificate: {
    'PKCS#7 container': 'pkcs7 -print_certs',
    'PKCS#12 file (.p12, .pfx)': 'pkcs12 -nokeys',
    certificate: 'x509',
  },
  'private key': {
    'PKCS#12 file (.p12, .pfx)': 'pkcs12 -nocerts -nodes',
    'private key': 'pkey',
  },
} as const

const sentences = {
  certificate: {
    binary: sayLater`the file is binary and no certificate.`,
    text: sayLater`the text is not a certificate in PEM form.`,
    other: (what: string) => say`${what} and no certificate.`,
    remedy: sayLater`Give the certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----.`,
  },
  'private key': {
    binary: sayLater`the file is binary and no private key.`,
    text: sayLater`the text is not a private key in PEM form.`,
    other: (what: string) => say`${what} and no private key.`,
    remedy: sayLater`Give the private key in PEM form, which begins with -----BEGIN PRIVATE KEY-----.`,
  },
} as const

/** Each kind with its article. */
const kinds: Readonly<Record<Kind, () => string>> = {
  certificate: sayLater`a certificate`,
  'private key': sayLater`a private key`,
  'certificate request (CSR)': sayLater`a certificate request (CSR)`,
  'public key': sayLater`a public key`,
  'PKCS#7 container': sayLater`a PKCS#7 container`,
  'PKCS#12 file (.p12, .pfx)': sayLater`a PKCS#12 file (.p12, .pfx)`,
}

/**
 * Explains a text without the wanted block: what it is instead, and the command that makes a PEM text of it, or else what to
 * give. Repeats nothing of it.
 *
 * @param text the repaired text; a binary file decoded as UTF-8 with U+FFFD for other bytes.
 */
export function explainOther(text: string, wanted: 'certificate' | 'private key'): string {
  const { binary, text: noPem, other, remedy } = sentences[wanted]
  const [boundary] = findBoundaries(text)
  const { kind, form } = boundary
    ? { kind: kindOfLabel(boundary.label), form: undefined }
    : identify(text)
  if (kind === undefined) {
    if (boundary) return `${say`the text is another kind of PEM.`} ${remedy()}`
    return `${form ? binary() : noPem()} ${remedy()}`
  }
  const a = kinds[kind]()
  const what =
    form === undefined
      ? say`the text is ${a}`
      : form === 'binary'
        ? say`the text is ${a} in binary form`
        : say`the text is ${a} in base64, without BEGIN and END lines`
  const known: Readonly<Partial<Record<Kind, string>>> = commands[wanted]
  const command = known[kind]
  if (command === undefined) return `${other(what)} ${remedy()}`
  const inform = form === undefined || command.startsWith('pkcs12') ? '' : ' -inform der'
  const out = `-out portal.${wanted === 'certificate' ? 'pem' : 'key'}`
  const [name = '', ...options] = command.split(' ')
  const convert = ['openssl', `${name}${inform}`, ...options]
  const lines = /\S\s+\S/.test(text) ? '' : ' -A'
  const line =
    form === 'base64'
      ? `openssl base64 -d${lines} -in FILE | ${convert.join(' ')} ${out}`
      : `${convert.join(' ')} -in FILE ${out}`
  return command.startsWith('pkcs12')
    ? say`${what}. Convert it: ${line}. If OpenSSL 3 answers "unsupported", add -legacy.`
    : say`${what}. Convert it: ${line}.`
}
