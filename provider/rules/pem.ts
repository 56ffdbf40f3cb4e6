/** The certificates of a PEM text, each as a block of its own, or why there is none. */
export type FoundCertificates = { readonly blocks: readonly string[] } | { readonly reason: string }

const certificateLabels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'])

/**
 * Finds the certificates of a PEM text, whatever stands before, between or after them: keys of a
 * combined file, comments, line ends of any system, indentation. No answer holds a part of the text.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export function findCertificates(text: string): FoundCertificates {
  if (text.trim() === '') return { reason: 'is empty: give a certificate in PEM form' }
  const labels: string[] = []
  const blocks: string[] = []
  for (const [, label = '', body = ''] of text.matchAll(
    /-----BEGIN ([^-\r\n]+)-----(.*?)-----END \1-----/gs,
  )) {
    labels.push(label)
    if (certificateLabels.has(label)) blocks.push(armour(label, body))
  }
  return blocks.length > 0 ? { blocks } : { reason: whyNone(text, labels) }
}

function armour(label: string, body: string): string {
  return `-----BEGIN ${label}-----\n${body.replace(/\s+/g, '\n').trim()}\n-----END ${label}-----\n`
}

function whyNone(text: string, labels: readonly string[]): string {
  const label = labels[0] ?? /-----BEGIN ([^-\r\n]+)-----/.exec(text)?.[1]
  if (label === undefined) return whyNoArmour(text)
  if (label.endsWith('PRIVATE KEY')) {
    return 'is a private key: give the certificate, which is public; the key belongs in no declaration'
  }
  if (label.endsWith('CERTIFICATE REQUEST')) {
    return 'is a certificate request (CSR): give the certificate that the authority issued for it'
  }
  if (certificateLabels.has(label)) {
    return 'is a certificate that is cut off: its END line is missing'
  }
  if (label === 'PUBLIC KEY' || label.endsWith(' PUBLIC KEY')) {
    return 'is a public key alone: give the certificate, which holds the names'
  }
  if (label.startsWith('PKCS')) {
    return 'is a PKCS container: extract the certificate (openssl pkcs7 -print_certs, or openssl pkcs12 -nokeys)'
  }
  return 'is another kind of PEM text, not a certificate: its BEGIN line must say CERTIFICATE'
}

function whyNoArmour(text: string): string {
  if (/[\0\uFFFD]|^0\x82/.test(text)) {
    return 'is binary: convert it to PEM (openssl x509 -inform der -in FILE, or openssl pkcs12 -nokeys -in FILE)'
  }
  if (/^\s*MI[A-Za-z\d+/=\s]+$/.test(text)) {
    return 'has no BEGIN and END lines: give the certificate in PEM form'
  }
  return 'is not a certificate in PEM form, which begins with a BEGIN CERTIFICATE line'
}
