/**
 * The bytes of an IP address, as lower-case hexadecimal: 8 digits for IPv4, 32 for IPv6, so that two spellings of one address
 * compare as equal. `undefined` for anything that is not an address.
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
  // "::" stands for at least one group of zeros; without it, nothing may be missing.
  if (tail === undefined ? missing !== 0 : missing < 4) return undefined
  return left + '0'.repeat(missing) + right
}

/** An embedded IPv4 address is allowed in the last place only. */
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
