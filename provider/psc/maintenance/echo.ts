import type { ClientDocument } from './client-maintenance.ts'
import type { PscProfile } from '../profiles/profile.ts'
import { safeText } from '../answers/text.ts'

/** A PSC adds one or two; what is kept of its own making has an end. */
const mostOwnUris = 10

/** A document in a server's words, made safe to show. */
export function safeDocument(document: ClientDocument, secrets: readonly string[]): ClientDocument {
  const safe = (text: string) => safeText(text, secrets)
  return {
    clientId: document.clientId,
    name: safe(document.name),
    comments: safe(document.comments),
    email: safe(document.email),
    redirectUris: document.redirectUris.slice(0, 100).map(safe),
  }
}

/** Every way in which an echo differs from what was sent, in words; what the PSC adds by itself is no difference. */
export function compareEcho(
  { ownUriSchemes }: PscProfile,
  sent: ClientDocument,
  registered: ClientDocument,
  secrets: readonly string[],
): string[] {
  const quote = (text: string | undefined) =>
    text === undefined ? 'nothing' : `"${safeText(text, secrets)}"`
  const listed = (uris: readonly string[]) => {
    const more = uris.length > 10 ? ` and ${uris.length - 10} more` : ''
    return uris.slice(0, 10).map(quote).join(', ') + more
  }
  const differences: string[] = []
  for (const field of ['name', 'comments', 'email'] as const) {
    if (sent[field] !== registered[field]) {
      differences.push(
        `${field}: sent ${quote(sent[field])}, registered ${quote(registered[field])}`,
      )
    }
  }
  const [first] = sent.redirectUris
  if (first !== registered.redirectUris[0]) {
    differences.push(
      `redirectUris[0], the default: sent ${quote(first)}, registered ${quote(registered.redirectUris[0])}`,
    )
  }
  const missing = sent.redirectUris.filter((uri) => !registered.redirectUris.includes(uri))
  // What is not ours to compare is kept as it is, so it must be harmless.
  const isOwn = (uri: string) =>
    ownUriSchemes.some((scheme) => uri.startsWith(`${scheme}:`)) && safeText(uri, secrets) === uri
  const known = new Set(sent.redirectUris)
  const foreign = registered.redirectUris.filter((uri) => !known.has(uri))
  const others = foreign.filter((uri) => !isOwn(uri))
  const added = foreign.length - others.length > mostOwnUris ? foreign : others
  const once = new Set(registered.redirectUris)
  if (missing.length > 0) differences.push(`redirectUris: not registered: ${listed(missing)}`)
  if (added.length > 0)
    differences.push(`redirectUris: registered but not declared: ${listed(added)}`)
  else if (once.size < registered.redirectUris.length)
    differences.push('redirectUris: some are registered more than once')
  return differences
}
