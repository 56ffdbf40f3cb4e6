import { isDeepStrictEqual } from 'node:util'
import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../context.ts'
import { hasUnknown, readDeclaration } from '../declaration.ts'
import { isProvenElsewhere, prove } from '../preflight.ts'
import { type CredentialInputs, type CredentialOutputs, issuerFor } from './declaration.ts'

/**
 * Compares what was applied with what is declared now, and in a preview proves the credential if there is a change,
 * unless it replaces it and the program does.
 *
 * Another `issuer` or `clientId` replaces the resource; another address of the same issuer is a change. What a token
 * came with (its lifetime, its scope) is no part of the declaration: that it varies is no change.
 *
 * @throws {IssuerError} for an issuer that cannot be used.
 * @throws what {@link prove} throws, such as a PscError when the issuer refuses the credential.
 */
export async function diff(
  context: Context,
  _id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.DiffResult> {
  const old = readDeclaration(olds) as Partial<CredentialOutputs>
  const declared = readDeclaration(news)
  const changed = (key: keyof CredentialInputs) =>
    hasUnknown(declared[key]) || !isDeepStrictEqual(old[key], declared[key])
  const replaces = (['issuer', 'clientId'] as const).filter(changed)
  const changes = (['authBaseUrl', 'clientSecret', 'preflight'] as const).some(changed)
  const isKnown = !hasUnknown([declared.issuer, declared.authBaseUrl])
  const issuer = isKnown ? issuerFor(context, declared) : undefined
  if (replaces.length === 0 && !changes && issuer?.tokenUrl === old.tokenUrl) {
    return { changes: false }
  }
  const { clientId, clientSecret, preflight } = declared
  if (issuer && !hasUnknown([clientId, clientSecret, preflight])) {
    const credential = declared as unknown as CredentialInputs
    const isNew = replaces.length > 0
    if (!isProvenElsewhere(context, credential, isNew)) await prove(context, credential, issuer)
  }
  return { changes: true, replaces: [...replaces] }
}
