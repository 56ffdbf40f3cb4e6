import { readLabels } from './host-name.ts'

/** RFC 5322's dot-atom. Support addresses need no quoted strings and no comments. */
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const label = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/

/** Whether a PSC could write to the address. @see RFC 5321, section 4.5.3.1 (lengths) */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  if (at < 1 || local.length > 64 || text.length > 254 || !localPart.test(local)) return false
  const domain = text.slice(at + 1)
  const labels = domain.endsWith('.') ? undefined : readLabels(domain)
  if (!labels || labels.length < 2 || /^\d+$/.test(labels.at(-1) ?? '')) return false
  return labels.every((part) => label.test(part))
}
