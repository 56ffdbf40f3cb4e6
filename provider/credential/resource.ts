import * as pulumi from '@pulumi/pulumi'
import type { Preflight } from '../engine/configuration.ts'
import { credentialProviderCode, DynamicResource } from '../engine/dynamic-resource.ts'
import { secretInput } from '../engine/outputs.ts'
import type { SecretReference } from '../engine/secret.ts'
import { dryRun, proveIfNew } from '../proof/in-program.ts'
import type { IssuerReference } from '../psc/issuers.ts'

/** The arguments of a {@link TokenCredential}. */
export interface TokenCredentialArgs {
  /**
   * `motor-rce`, the name or the profile of a PSC, or the https URL of a token endpoint (RFC 6749); a change
   * replaces the resource.
   */
  readonly issuer: pulumi.Input<IssuerReference>
  /** For `motor-rce` alone, and required there: what comes before `/realms/motor-rce/…`. */
  readonly authBaseUrl?: pulumi.Input<string>
  /** A change replaces the resource. */
  readonly clientId: pulumi.Input<string>
  /**
   * Where the secret is, or the secret itself. A reference is resolved where and when it is used, and only the
   * reference is kept in the state; an inline secret is kept there encrypted.
   */
  readonly clientSecret: pulumi.Input<string | SecretReference>
  /** Whether a preview proves the credential too; an apply always does. Default: `psc:preflight`, else `auto`. */
  readonly preflight?: pulumi.Input<Preflight>
}

type ProvenKey = (typeof provenKeys)[number]

const provenKeys = ['issuer', 'authBaseUrl', 'clientId', 'clientSecret', 'preflight'] as const

/**
 * A client id and a secret that are not managed, only proven: an apply obtains a token, so that what `dependsOn` it
 * is not released with a wrong secret; a refresh proves it again. The token is not kept.
 *
 * @see the API documents "Autenticação" (Motor RCE) and "Token de acesso de aplicação" (SerproID)
 */
export class TokenCredential extends DynamicResource {
  declare readonly issuer: pulumi.Output<IssuerReference>
  declare readonly authBaseUrl: pulumi.Output<string | undefined>
  declare readonly clientId: pulumi.Output<string>
  declare readonly clientSecret: pulumi.Output<string | SecretReference>
  declare readonly preflight: pulumi.Output<Preflight | undefined>
  /** Where the token was obtained. */
  declare readonly tokenUrl: pulumi.Output<string>
  /** `Bearer`. This and what follows is what the last apply obtained. */
  declare readonly tokenType: pulumi.Output<string>
  /** The lifetime of a token in seconds; null where the issuer does not say. */
  declare readonly expiresIn: pulumi.Output<number | null>
  /** The scopes that were granted, separated by spaces; null where the issuer names none. */
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
    proveIfNew<TokenCredential, ProvenKey>(this, provenKeys, args, async (context, declared) => {
      const { prove } = await import('../proof/prove.ts')
      const { issuerFor } = await import('./verbs.ts')
      await prove(context, declared, issuerFor(context, declared))
    })
  }
}
