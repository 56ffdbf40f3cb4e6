/** An application as a PSC holds it. */
export interface RegisteredClient {
  readonly clientId: string
  readonly name: string
  readonly comments: string
  readonly email: string
  readonly redirectUris: readonly string[]
  /**
   * The subject alternative names of the certificate that registered it; no service changes them. Without one, any host is
   * taken.
   */
  readonly certificate?: { readonly hosts: readonly string[] }
  /** How many times maintenance has been accepted since the start. */
  readonly revision: number
}

export type ClientChanges = Partial<
  Pick<RegisteredClient, 'name' | 'comments' | 'email' | 'redirectUris'>
>

/** The applications of one PSC. */
export class Registry {
  readonly #clients = new Map<string, RegisteredClient>()
  readonly #owners = new Map<string, string>()

  add(client: RegisteredClient): void {
    this.#clients.set(client.clientId, client)
    this.#owners.set(client.name, client.clientId)
  }

  find(clientId: string): RegisteredClient | undefined {
    return this.#clients.get(clientId)
  }

  list(): RegisteredClient[] {
    return [...this.#clients.values()]
  }

  nameTaken(name: string, by?: string): boolean {
    const owner = this.#owners.get(name)
    return owner !== undefined && owner !== by
  }

  /** Fields that are absent stay as they are. */
  update(client: RegisteredClient, changes: ClientChanges): RegisteredClient {
    const updated = { ...client, ...changes, revision: client.revision + 1 }
    this.#owners.delete(client.name)
    this.add(updated)
    return updated
  }

  /** What SERPRO's support would do: no service removes an application. */
  remove(clientId: string): boolean {
    const client = this.#clients.get(clientId)
    if (!client) return false
    this.#owners.delete(client.name)
    return this.#clients.delete(clientId)
  }
}
