import { domainToASCII } from 'node:url'

/** A host in a form that can be compared: lower-case ASCII labels without the final dot, or the bytes of an IP address. */
export type Host =
  | { readonly kind: 'name'; readonly labels: readonly string[] }
  | { readonly kind: 'address'; readonly bytes: string }

/** Reads a host. Returns `undefined` for what is neither a domain name nor an IP address. */
export function readHost(text: string): Host | undefined {
  const literal = /^\[(.*)\]$/.exec(text)?.[1]
  if (literal !== undefined) return address(literal.includes(':') ? literal : '')
  const labels = readLabels(text)
  if (labels === undefined) return undefined
  // A last label that is a number makes the whole host an IPv4 address (WHATWG URL, "ends in a number"), never a domain name.
  const last = labels.at(-1) ?? ''
  if (/^(\d+|0x[\da-f]*)$/.test(last)) return address(labels.join('.'))
  return { kind: 'name', labels }
}

/**
 * Whether a name of a certificate covers a host. A wildcard stands for exactly one left-most label and needs two labels after
 * it. Only the same address covers an IP address.
 *
 * @see RFC 6125, sections 6.4.1 and 6.4.3; RFC 9525, section 6
 */
export function covers(name: string, host: Host): boolean {
  if (host.kind === 'address') return addressBytes(name) === host.bytes
  const wildcard = name.startsWith('*.')
  const labels = readLabels(wildcard ? name.slice(2) : name)
  if (labels === undefined || (wildcard && labels.length < 2)) return false
  const compared = wildcard ? host.labels.slice(1) : host.labels
  return (
    labels.length === compared.length && labels.every((label, index) => label === compared[index])
  )
}

/** Whether a host is this machine. @see RFC 8252, section 7.3; RFC 6761, section 6.3 (localhost) */
export function isLoopback(host: Host): boolean {
  if (host.kind === 'name') return host.labels.at(-1) === 'localhost'
  return /^(7f.{6}|0{31}1)$/.test(host.bytes)
}

/** Reads the labels of a domain name in lower-case ASCII. Returns `undefined` for any other text. */
export function readLabels(text: string): string[] | undefined {
  if (!/^(?:[\w.-]|[^\p{ASCII}\p{Z}\p{C}])+$/u.test(text)) return undefined
  // Maps only names outside ASCII, because the mapping also turns odd numbers into IPv4 addresses.
  const ascii = /^\p{ASCII}*$/u.test(text) ? text.toLowerCase() : domainToASCII(text)
  const name = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii
  const labels = name.split('.')
  const sound = name.length <= 253 && labels.every((label) => /^[a-z\d_-]{1,63}$/.test(label))
  return sound ? labels : undefined
}

function address(text: string): Host | undefined {
  const bytes = addressBytes(text)
  return bytes === undefined ? undefined : { kind: 'address', bytes }
}

/**
 * Reads an IP address as lower-case hexadecimal, 8 digits for IPv4 and 32 for IPv6, so that two spellings of one address are
 * equal. Returns `undefined` for any other text.
 *
 * @see RFC 3986, section 3.2.2 (dotted quad without leading zeros) and RFC 4291, section 2.2 (IPv6 as text)
 */
export function addressBytes(text: string): string | undefined {
  return text.includes(':') ? sixteenBytes(text) : fourBytes(text)
}

function fourBytes(text: string): string | undefined {
  const octets = text.split('.')
  if (octets.length !== 4) return undefined
  let bytes = ''
  for (const octet of octets) {
    if (!/^(0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255) return undefined
    bytes += Number(octet).toString(16).padStart(2, '0')
  }
  return bytes
}

function sixteenBytes(text: string): string | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = '', tail] = halves
  const left = groups(head, tail === undefined)
  const right = tail === undefined ? '' : groups(tail, true)
  if (left === undefined || right === undefined) return undefined
  const missing = 32 - left.length - right.length
  // "::" stands for one group of zeros or more.
  if (tail === undefined ? missing !== 0 : missing < 4) return undefined
  return left + '0'.repeat(missing) + right
}

/** Reads groups of an IPv6 address. Only the last one can be an IPv4 address. */
function groups(text: string, last: boolean): string | undefined {
  if (text === '') return ''
  const parts = text.split(':')
  let digits = ''
  for (const [index, part] of parts.entries()) {
    if (/^[\da-f]{1,4}$/i.test(part)) digits += part.toLowerCase().padStart(4, '0')
    else {
      const embedded = last && index === parts.length - 1 ? fourBytes(part) : undefined
      if (embedded === undefined) return undefined
      digits += embedded
    }
  }
  return digits
}
