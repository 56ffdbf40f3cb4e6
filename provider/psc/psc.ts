import { LostAnswerError, PscError } from '../errors.ts'
import type { ClientDocument } from '../rules/client-fields.ts'
import { call, type Transport } from './call.ts'
import { issuerOf, type TokenIssuer } from './issuers.ts'
import type { PscProfile } from './profiles/profile.ts'
import { bothRefused, isTokenRefused, isWrongSecret } from './refusals.ts'
import { type Signer, signApplication } from './requests/application-jws.ts'
import { type Application, registerApplication, registerSigned } from './requests/application.ts'
import { type MaintenanceAnswer, writeDocument } from './requests/client-maintenance.ts'
import type { ClientCredentials, ClientToken } from './requests/client-token.ts'
import type { TokenCache } from './token-cache.ts'

/** Holds what the requests of one operation share. */
export interface Session {
  readonly tokens: TokenCache
  readonly transport: Transport
}

/** Connects one operation to a PSC: its profile, its tokens and its time are bound once. */
export function connect(profile: PscProfile, session: Session): Psc {
  return new Psc(profile, session)
}

class Psc {
  readonly #profile: PscProfile
  readonly #issuer: TokenIssuer
  readonly #tokens: TokenCache
  readonly #transport: Transport
  /** Whether a write of this operation was carried out, or may have been. */
  #mayHaveWritten = false

  constructor(profile: PscProfile, { tokens, transport }: Session) {
    this.#profile = profile
    this.#issuer = issuerOf(profile)
    this.#tokens = tokens
    this.#transport = transport
  }

  /**
   * Obtains an application token; the process shares it.
   *
   * @throws {PscError}
   */
  token(client: ClientCredentials): Promise<ClientToken> {
    return this.#tokens.obtain(this.#issuer, client, this.#transport)
  }

  /**
   * Writes a client's document. May be repeated at any time.
   *
   * @throws {PscError} when the PSC refuses the client, the token or the document, is unreachable, or answers
   * unexpectedly, such as with the data of another client.
   * @throws {LostAnswerError} when the PSC may have written despite the error.
   */
  maintain(client: ClientCredentials, document: ClientDocument): Promise<MaintenanceAnswer> {
    return this.#reporting(() => this.#put(client, document))
  }

  /**
   * Writes a client's document, and sets its secret if the PSC refuses it and accepts the previous one.
   *
   * Each step finds out anew where the rotation stands, so the next run completes an interrupted one: the new secret is
   * tried first, and once the PSC accepts it nothing is set again.
   *
   * @param previousSecret resolves the secret that may still be in force; called only when the new one is refused.
   * @throws {PscError} when the PSC refuses both secrets or the document, cannot be reached, or accepts the new secret and
   * then refuses it.
   * @throws {LostAnswerError} when the PSC may have written despite the error.
   * @throws what `previousSecret` throws.
   * @see DOC-ICP-17.01 v3.0, section 6.4: `client_secret`, the new secret, chosen by the client
   */
  rotate(
    client: ClientCredentials,
    document: ClientDocument,
    previousSecret: () => string,
  ): Promise<MaintenanceAnswer> {
    return this.#reporting(async () => {
      const refusal = await this.#refusalOf(client)
      if (!refusal) return this.#put(client, document)
      const previous = { ...client, clientSecret: previousSecret() }
      if (previous.clientSecret === client.clientSecret) throw refusal
      let answer: MaintenanceAnswer
      try {
        if (await this.#refusalOf(previous)) throw bothRefused(refusal)
        answer = await this.#put(previous, document, client.clientSecret)
      } catch (error) {
        // The failed request may have taken effect: its answer was lost, or a retry used a secret that is no longer valid.
        const isSet = await this.token(client).then(
          () => true,
          () => false,
        )
        if (isSet) return this.#put(client, document)
        throw error
      }
      this.#tokens.forget(this.#issuer, previous)
      const unexpected = await this.#refusalOf(client)
      if (unexpected) throw notInForce(unexpected)
      return answer
    })
  }

  /**
   * Registers an application, by a request that is never retried.
   *
   * @param signer signs the registration where the PSC wants it signed.
   * @returns the client's id and its secret, which the PSC shows only this once.
   * @throws {PscError} when the PSC certainly registered nothing.
   * @throws {LostAnswerError} when it may have.
   */
  register(application: Application, signer?: Signer): Promise<ClientCredentials> {
    const { audience = '' } = this.#profile
    return call(
      this.#transport,
      signer
        ? registerSigned(this.#profile, signApplication(application, audience, signer))
        : registerApplication(this.#profile, application),
    )
  }

  /** Sends the write. Replaces a token that the PSC refuses, once. */
  async #put(
    client: ClientCredentials,
    document: ClientDocument,
    newSecret?: string,
  ): Promise<MaintenanceAnswer> {
    const { clientSecret } = client
    const send = async ({ accessToken }: ClientToken) => {
      try {
        const authorization = { accessToken, clientSecret, newSecret }
        const request = writeDocument(this.#profile, document, authorization)
        const answer = await call(this.#transport, request)
        this.#mayHaveWritten = true
        return answer
      } catch (error) {
        this.#mayHaveWritten ||= error instanceof PscError && error.uncertain
        throw error
      }
    }
    const token = await this.token(client)
    try {
      return await send(token)
    } catch (error) {
      if (!isTokenRefused(error)) throw error
      this.#tokens.forget(this.#issuer, client, token.accessToken)
      return await send(await this.token(client))
    }
  }

  /** Returns the PSC's refusal of the client's secret; undefined if the PSC accepts it. */
  async #refusalOf(client: ClientCredentials): Promise<PscError | undefined> {
    try {
      await this.token(client)
      return undefined
    } catch (error) {
      if (isWrongSecret(error)) return error
      throw error
    }
  }

  /** Adds to an error that an earlier write may have taken effect. */
  async #reporting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw error instanceof PscError && this.#mayHaveWritten ? new LostAnswerError(error) : error
    }
  }
}

function notInForce(refusal: PscError): PscError {
  return refusal.reworded(
    `The PSC accepted a new secret and then refused it: ${refusal.detail} Nothing is lost: apply again, and if it persists, declare the previous secret and ask its support.`,
    'ERR_PSC_UNEXPECTED_ANSWER',
  )
}
