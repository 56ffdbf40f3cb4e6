/**
 * Repairs what tools do to a PEM text on its way through a variable, a form or a file: quotes around it, line breaks as
 * the two characters \n, and base64 around the whole. Any other text stays as it is. {@link findBlocks} needs no line
 * breaks.
 */
export function repairPem(text: string): string {
  const bare = text.trim().replace(/^(["'])(.*)\1$/s, '$2')
  const plain = /\\r|\\n/.test(bare) ? bare.replace(/(?:\\{1,2}r)?\\{1,2}n|\\{1,2}r/g, '\n') : bare
  if (plain.includes('-----BEGIN ') || !/^[\w+/=\s-]+$/.test(plain)) return plain
  const decoded = Buffer.from(plain, 'base64').toString()
  return decoded.includes('-----BEGIN ') ? repairPem(decoded) : plain
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

/**
 * Names the command that makes a PEM text of a binary file, by the first bytes of its DER form.
 *
 * @param text the file, decoded as UTF-8 with U+FFFD for other bytes.
 * @returns what the file is and the command; undefined for a text that is not binary.
 */
export function explainBinary(text: string, what: 'certificate' | 'key'): string | undefined {
  if (!/[\0\uFFFD]|^0[\x80-\x84]/.test(text)) return undefined
  // SEQUENCE, a length of 1 to 5 bytes, and what is inside: an OID of PKCS#7, or the version 3 of PKCS#12.
  if (/^0[^]{1,5}\x06\t\*\uFFFDH\uFFFD+\r\x01\x07/.test(text)) {
    return `the file is PKCS#7 in binary form. Extract the certificate: openssl pkcs7 -inform der -print_certs -in FILE -out portal.pem`
  }
  if (/^0[^]{1,5}\x02\x01\x030/.test(text)) {
    return what === 'key'
      ? 'the file is PKCS#12 (.p12, .pfx). Extract the key: openssl pkcs12 -nocerts -nodes -in FILE -out portal.key'
      : 'the file is PKCS#12 (.p12, .pfx). Extract the certificate: openssl pkcs12 -nokeys -in FILE -out portal.pem'
  }
  return what === 'key'
    ? 'the key is binary. Convert it to PEM: openssl pkey -inform der -in FILE -out portal.key'
    : 'the certificate is binary. Convert it to PEM: openssl x509 -inform der -in FILE -out portal.pem'
}
