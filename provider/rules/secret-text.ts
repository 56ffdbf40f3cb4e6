import { say } from '../say.ts'
import { edges, invisible, nameCharacter } from './characters.ts'
import { findDebris } from './debris.ts'

/** Drops one line break at the end of a secret, as editors, `echo` and a file of variables leave it. */
export function withoutLineBreak(secret: string): string {
  return secret.replace(/\r?\n$|\r$/, '')
}

/** Says where a secret belongs. */
export interface SecretPlace {
  readonly clientId: string
  /** What was resolved to it. */
  readonly reference?: string | Readonly<Record<string, string>> | undefined
  /** What else the client declares, such as its name: no secret equals it. */
  readonly others?: readonly unknown[]
}

/**
 * Finds what {@link faultOfSecretText} finds, and a secret that is another value of the client, or the name in its own
 * reference: its variable, its file or its key, or the last part of that name.
 */
export function faultOfSecret(
  secret: string,
  { clientId, reference, others = [] }: SecretPlace,
): string | undefined {
  if (isSame(secret, clientId)) return say`equals the client id.`
  if (others.some((other) => typeof other === 'string' && isSame(secret, other))) {
    return say`equals the name or the e-mail address of the client.`
  }
  const names = typeof reference === 'object' ? Object.values(reference) : []
  const isName = names.some(
    (name) => isSame(name, secret) || isSame(name.split(/[/\\.:]/).at(-1) ?? '', secret),
  )
  return isName ? say`is the name in its own reference.` : faultOfSecretText(secret)
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** Straight, typographic and code quotes around the whole. */
const quoted = /^[bu]?(["'`]).*\1$|^[\u2018\u201A\u201C\u201E].*[\u2018\u2019\u201C\u201D]$/s

/** A quotation mark at one end of a secret that has no other signs: half of a pair. */
const halfQuoted = /^["'`][\w.+/=~-]+$|^[\w.+/=~-]+["'`]$/

/**
 * Finds what shows that a text is not a client secret, or not the secret alone. Continues "the secret ", ends in a full
 * stop, and repeats nothing of it but a character that nobody sees.
 *
 * @param secret without the line break that {@link withoutLineBreak} drops.
 * @see https://www.rfc-editor.org/rfc/rfc6749#appendix-A.2
 */
export function faultOfSecretText(secret: string): string | undefined {
  if (secret.trim() === '') return say`is empty or white space.`
  const [edge] = edges.exec(secret) ?? []
  if (edge !== undefined) {
    const what = edge === ' ' ? say`a space` : nameCharacter(edge)
    return secret.startsWith(edge) ? say`begins with ${what}.` : say`ends with ${what}.`
  }
  if (quoted.test(secret)) return say`stands in quotes.`
  if (halfQuoted.test(secret)) return say`begins or ends with a quotation mark.`
  const debris = findDebris(secret, 'secret')
  if (debris) return debris.reason
  const [unseen] = invisible.exec(secret) ?? []
  if (unseen !== undefined) return say`contains ${nameCharacter(unseen)}.`
  const [foreign] = /[^\x20-\x7E]/u.exec(secret) ?? []
  if (foreign === undefined) return undefined
  return /\p{L}|\p{N}/u.test(foreign)
    ? say`contains a letter that is not ASCII, which no client secret has (RFC 6749).`
    : say`contains ${nameCharacter(foreign)}, which no client secret has (RFC 6749).`
}
