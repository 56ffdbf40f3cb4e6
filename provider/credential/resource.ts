import * as pulumi from '@pulumi/pulumi'
import type { ClientAuthentication, Preflight } from '../rules/client-fields.ts'
import { credentialProviderCode, DynamicResource } from '../engine/dynamic-resource.ts'
import { secretInput } from '../engine/outputs.ts'
import { warnOfPlainSecrets } from '../engine/plain-secrets.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import { dryRun, proveIfNew } from '../proof/in-program.ts'
import type { IssuerReference } from '../psc/profiles/profile-args.ts'

/** The arguments of a {@link TokenCredential}. */
export interface TokenCredentialArgs {
  /**
   * `motor-rce`, the name or the profile of a PSC, or the https URL of a token endpoint (RFC 6749); a change
   * replaces the resource.
   */
  readonly issuer: pulumi.Input<IssuerReference>
  /** Required for `motor-rce`, and only allowed there: the part of the address before `/realms/motor-rce/…`. */
  readonly authBaseUrl?: pulumi.Input<string>
  /** A change replaces the resource. */
  readonly clientId: pulumi.Input<string>
  /**
   * The secret, or a reference to it. The provider resolves a reference when it uses the secret, and the state stores the
   * reference only. The state stores an inline secret encrypted.
   */
  readonly clientSecret: pulumi.Input<string | SecretReference>
  /**
   * Where the id and the secret are sent: in the parameters of the request (`body`), or in an HTTP Basic header (`basic`).
   * Default: that of the PSC, else `body`.
   */
  readonly clientAuthentication?: pulumi.Input<ClientAuthentication>
  /** Whether a preview proves the credential too. `pulumi up` always does. Default: `psc:preflight`, else `auto`. */
  readonly preflight?: pulumi.Input<Preflight>
}

type ProvenKey = (typeof provenKeys)[number]

const provenKeys = [
  'issuer',
  'authBaseUrl',
  'clientId',
  'clientSecret',
  'clientAuthentication',
  'preflight',
] as const

/**
 * Verifies a client id and secret without managing the client. `pulumi up` obtains a token, so that a resource that depends
 * on this one is not released with a wrong secret. A refresh obtains another. The token is not stored.
 *
 * @see the API documents "Autenticação" (Motor RCE) and "Token de acesso de aplicação" (SerproID)
 */
export class TokenCredential extends DynamicResource {
  protected static override readonly insteadOfImport: string =
    'Creating the credential verifies it.'

  declare readonly issuer: pulumi.Output<IssuerReference>
  declare readonly authBaseUrl: pulumi.Output<string | undefined>
  declare readonly clientId: pulumi.Output<string>
  declare readonly clientSecret: pulumi.Output<string | SecretReference>
  declare readonly clientAuthentication: pulumi.Output<ClientAuthentication | undefined>
  declare readonly preflight: pulumi.Output<Preflight | undefined>
  /** The address of the token endpoint. */
  declare readonly tokenUrl: pulumi.Output<string>
  /** `Bearer`. This output and the next two come from the last `pulumi up`. */
  declare readonly tokenType: pulumi.Output<string>
  /** The lifetime of a token in seconds; null if the issuer does not state it. */
  declare readonly expiresIn: pulumi.Output<number | null>
  /** The granted scopes, separated by spaces; null if the issuer names none. */
  declare readonly scope: pulumi.Output<string | null>

  constructor(name: string, args: TokenCredentialArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      'TokenCredential',
      name,
      {
        issuer: args.issuer,
        authBaseUrl: args.authBaseUrl,
        clientId: args.clientId,
        clientSecret: secretInput(args.clientSecret),
        clientAuthentication: args.clientAuthentication,
        preflight: args.preflight,
        dryRun: dryRun(),
        tokenUrl: undefined,
        tokenType: undefined,
        expiresIn: undefined,
        scope: undefined,
        __provider: credentialProviderCode,
      },
      opts,
    )
    warnOfPlainSecrets(this, args.clientSecret)
    proveIfNew<TokenCredential, ProvenKey>(this, provenKeys, args, async (context, declared) => {
      const { prove } = await import('../proof/prove.ts')
      const { issuerFor } = await import('./verbs.ts')
      return { isVerified: await prove(context, declared, issuerFor(context, declared)) }
    })
  }
}
