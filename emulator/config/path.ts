/** `pscs.neoid.clients[0].clientId`; the given name for the whole. */
export function formatPath(path: readonly PropertyKey[], whole: string): string {
  const text = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
  return text.replace(/^\./, '') || whole
}
