/** An application as a PSC holds it. */
export interface RegisteredClient {
  readonly clientId: string
  readonly name: string
  readonly comments: string
  readonly email: string
  readonly redirectUris: readonly string[]
  /** The subject alternative names of the certificate that registered it. No service changes them. */
  readonly certificate?: { readonly hosts: readonly string[] }
  /** A disabled client gets no token and no authorization. */
  readonly disabled?: true
  /** How many times client_maintenance has changed it since the start. */
  readonly revision: number
}

export type ClientChanges = Partial<
  Pick<RegisteredClient, 'name' | 'comments' | 'email' | 'redirectUris'>
>

/** The applications of one PSC. */
export class ClientRegistry {
  readonly #clients = new Map<string, RegisteredClient>()
  readonly #owners = new Map<string, string>()

  find(clientId: string): RegisteredClient | undefined {
    return this.#clients.get(clientId)
  }

  list(): RegisteredClient[] {
    return [...this.#clients.values()]
  }

  /** Whether a client other than `except` has the name. */
  nameTaken(name: string, except?: string): boolean {
    const owner = this.#owners.get(name)
    return owner !== undefined && owner !== except
  }

  /** Adds a client, or replaces the one with its id. */
  put(client: RegisteredClient): RegisteredClient {
    this.#freeName(client.clientId)
    this.#clients.set(client.clientId, client)
    this.#owners.set(client.name, client.clientId)
    return client
  }

  /** Returns whether there was such a client. */
  remove(clientId: string): boolean {
    this.#freeName(clientId)
    return this.#clients.delete(clientId)
  }

  #freeName(clientId: string): void {
    const name = this.#clients.get(clientId)?.name
    if (name !== undefined && this.#owners.get(name) === clientId) this.#owners.delete(name)
  }
}
