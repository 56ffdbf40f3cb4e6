/** The certificates of a PEM text, each as a block of its own, or why there is none to use. */
export type FoundCertificates =
  | { readonly blocks: readonly string[]; readonly besidePrivateKey: boolean }
  | { readonly reason: string }

interface Boundary {
  readonly begins: boolean
  readonly label: string
  readonly from: number
  readonly to: number
}

const certificateLabels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'])

/**
 * Finds the certificates of a PEM text, whatever stands before, between or after them: keys of a
 * combined file, comments, line ends of any system, indentation. No answer holds a part of the text.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export function findCertificates(text: string): FoundCertificates {
  if (text.trim() === '') return { reason: 'The text is empty. Give a certificate in PEM form.' }
  const boundaries = findBoundaries(text)
  const blocks: string[] = []
  for (const [index, boundary] of boundaries.entries()) {
    if (!certificateLabels.has(boundary.label)) continue
    const other = boundaries[boundary.begins ? index + 1 : index - 1]
    if (other?.label !== boundary.label || other.begins === boundary.begins) {
      const missing = boundary.begins ? 'END' : 'BEGIN'
      return { reason: `A certificate is cut off: its ${missing} line is missing. Copy it again.` }
    }
    if (boundary.begins) blocks.push(toBlock(boundary.label, text.slice(boundary.to, other.from)))
  }
  if (blocks.length === 0) return { reason: whyNone(text, boundaries[0]?.label) }
  return { blocks, besidePrivateKey: boundaries.some(({ label }) => isPrivateKey(label)) }
}

function findBoundaries(text: string): Boundary[] {
  return Array.from(text.matchAll(/-----(BEGIN|END) ([^-\r\n]+)-----/g), (match) => ({
    begins: match[1] === 'BEGIN',
    label: match[2] ?? '',
    from: match.index,
    to: match.index + match[0].length,
  }))
}

/** OpenSSL reads no indented lines, which is how a PEM text may stand in a YAML file. */
function toBlock(label: string, body: string): string {
  return `-----BEGIN ${label}-----\n${body.trim().replace(/\s+/g, '\n')}\n-----END ${label}-----\n`
}

function whyNone(text: string, label: string | undefined): string {
  if (label === undefined) return whyNoArmour(text)
  if (isPrivateKey(label)) {
    return 'This is a private key. Give the certificate, which is public; the key belongs in no declaration.'
  }
  if (label.endsWith('CERTIFICATE REQUEST')) {
    return 'This is a certificate request (CSR). Give the certificate that was issued for it.'
  }
  if (label.endsWith('PUBLIC KEY')) {
    return 'This is a public key alone. Give the certificate, which holds the names.'
  }
  if (label.startsWith('PKCS')) {
    return 'This is a PKCS container. Extract the certificate from it (openssl pkcs7 -print_certs).'
  }
  return 'This is another kind of PEM text. The BEGIN line of a certificate says CERTIFICATE.'
}

function isPrivateKey(label: string): boolean {
  return label.endsWith('PRIVATE KEY')
}

function whyNoArmour(text: string): string {
  if (/[\0\uFFFD]|^0[\x80-\x84]/.test(text)) {
    return 'This is binary. Convert it to PEM (openssl x509 -inform der, or openssl pkcs12 -nokeys).'
  }
  if (/^\s*MI[\w+/=\s]+$/.test(text)) {
    return 'The BEGIN and END lines are missing. Give the certificate in PEM form.'
  }
  return 'This is no certificate in PEM form, which begins with the line -----BEGIN CERTIFICATE-----.'
}
