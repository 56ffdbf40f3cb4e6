import * as pulumi from '@pulumi/pulumi'
import type { CertificateArgs } from '../engine/certificate-args.ts'
import {
  attemptProviderCode,
  DynamicResource,
  registrationProviderCode,
} from '../engine/dynamic-resource.ts'
import { secretInput } from '../engine/outputs.ts'
import { refuseImport } from '../engine/preconditions.ts'
import { warnOfPlainSecrets } from '../engine/plain-secrets.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import { isRecord } from '../rules/text.ts'
import { checkpointProblem } from './errors.ts'

/** The arguments of a {@link PscRegistration}. They cannot change after the registration. A `PscClient` maintains the client. */
export interface PscRegistrationArgs {
  /** The PSC's name or a profile. */
  readonly psc: pulumi.Input<PscReference>
  readonly name: pulumi.Input<string>
  /** The purpose of the application. Citizens may see it. */
  readonly comments: pulumi.Input<string>
  /** The support address, to which the PSC reports failures and changes of version. */
  readonly email: pulumi.Input<string>
  /** https, no fragment, on a host of the certificate; at least one. */
  readonly redirectUris: pulumi.Input<readonly pulumi.Input<string>[]>
  /**
   * For a PSC that registers by a certificate: the certificate, `{ file }` relative to the program's folder or `{ pem }`.
   * Optional at other PSCs: redirect URIs are validated against it.
   */
  readonly certificate?: pulumi.Input<CertificateArgs>
  /**
   * For a PSC that registers by a certificate: a reference to its private key. The provider reads the key when it signs the
   * registration. The state stores the reference only.
   */
  readonly privateKey?: pulumi.Input<SecretReference>
  /**
   * The number of the attempt (default: 1). After a lost answer the provider sends nothing until you raise it. Make sure
   * first that nothing was registered. After a refusal, a corrected declaration is sent without a new number.
   */
  readonly attempt?: pulumi.Input<number>
  /** For a PSC that registers by a certificate: the application's host (default: that of the first redirect URI). */
  readonly host?: pulumi.Input<string>
}

/**
 * Registers an application with a PSC, once. Give its `clientId` and `clientSecret` to a `PscClient`, which maintains the
 * client.
 *
 * The PSC shows the secret only once, so the request is never retried. A lost answer and an interrupted run are errors with
 * a remedy. A stack with a registration refuses to run with `PULUMI_SKIP_CHECKPOINTS`. Deleting it forgets it.
 *
 * @see DOC-ICP-17.01 v3.0, section 6.4; "Auto-cadastro de aplicação com certificado SSL ICP-Brasil" (SERPRO)
 */
export class PscRegistration extends DynamicResource {
  protected static override readonly insteadOfImport: string =
    'Declare a PscClient for an application that is registered already.'

  declare readonly psc: pulumi.Output<PscReference>
  declare readonly name: pulumi.Output<string>
  declare readonly comments: pulumi.Output<string>
  declare readonly email: pulumi.Output<string>
  declare readonly redirectUris: pulumi.Output<string[]>
  declare readonly clientId: pulumi.Output<string>
  /** A secret of the stack: encrypted in the state, hidden in outputs. */
  declare readonly clientSecret: pulumi.Output<string>

  constructor(name: string, args: PscRegistrationArgs, opts?: pulumi.CustomResourceOptions) {
    // Before the attempt, which is a resource of its own.
    refuseImport('PscRegistration', name, opts, PscRegistration.insteadOfImport)
    const problem = checkpointProblem(process.env)
    if (problem !== undefined) throw new pulumi.RunError(problem)
    const inputs = {
      psc: args.psc,
      name: args.name,
      comments: args.comments,
      email: args.email,
      redirectUris: args.redirectUris,
      certificate: withoutPlainKey(args.certificate),
      // The provider's check refuses a key in the program, which the types forbid. Until then it is hidden.
      privateKey: secretInput(args.privateKey),
      host: args.host,
    }
    const { attempt, run, follows } = new Attempt(
      name,
      { ...inputs, attempt: args.attempt ?? 1 },
      opts,
    )
    super(
      'PscRegistration',
      name,
      {
        ...inputs,
        attempt,
        run,
        follows,
        clientId: undefined,
        clientSecret: undefined,
        __provider: registrationProviderCode,
      },
      pulumi.mergeOptions(opts, { additionalSecretOutputs: ['clientSecret'] }),
    )
    warnOfPlainSecrets(this, args.privateKey)
  }
}

/** Records an attempt to register before the request is sent. An interrupted run leaves it in the state. */
class Attempt extends DynamicResource {
  declare readonly attempt: pulumi.Output<number>
  declare readonly run: pulumi.Output<string>
  declare readonly follows: pulumi.Output<string | undefined>

  constructor(name: string, inputs: pulumi.Inputs, opts: pulumi.CustomResourceOptions | undefined) {
    // An attempt is renamed, protected and retained with its registration, because it prevents a second request.
    const { parent, dependsOn, provider, protect, retainOnDelete, deletedWith, aliases } =
      opts ?? {}
    super(
      'PscRegistrationAttempt',
      name,
      { ...inputs, run: undefined, follows: undefined, __provider: attemptProviderCode },
      {
        ...(parent && { parent }),
        ...(dependsOn && { dependsOn }),
        ...(provider && { provider }),
        ...(protect !== undefined && { protect }),
        ...(retainOnDelete !== undefined && { retainOnDelete }),
        ...(deletedWith && { deletedWith }),
        ...(aliases && { aliases: aliases.map((alias) => pulumi.output(alias).apply(ofAttempt)) }),
      },
    )
  }
}

const registrationType = 'dynamic/psc:PscRegistration'

/** Turns an alias of a registration into that of its attempt. */
function ofAttempt(alias: pulumi.Unwrap<pulumi.URN | pulumi.Alias>): pulumi.URN | pulumi.Alias {
  if (typeof alias === 'string') {
    return alias.replace(`${registrationType}::`, `${registrationType}Attempt::`)
  }
  const { type, ...rest } = alias as pulumi.Alias
  return type === `pulumi-nodejs:${registrationType}`
    ? { ...rest, type: `${type}Attempt` }
    : { ...rest, ...(type !== undefined && { type }) }
}

/** Refuses a PEM with a private key. The provider's check does so too, and reads a file only there. */
function withoutPlainKey(certificate: PscRegistrationArgs['certificate']): pulumi.Input<unknown> {
  const conceal = (given: unknown): unknown => {
    if (!isRecord(given) || !('pem' in given)) return given
    const pem: pulumi.Output<unknown> = pulumi.output(given.pem)
    return { ...given, pem: pem.apply((text) => (holdsKey(text) ? pulumi.secret(text) : text)) }
  }
  // Known parts of an inline certificate stay known, even if other parts are unknown.
  if (!pulumi.Output.isInstance(certificate) && !(certificate instanceof Promise)) {
    return conceal(certificate)
  }
  const output: pulumi.Output<unknown> = pulumi.output(certificate)
  return output.apply(conceal)
}

function holdsKey(text: unknown): boolean {
  return typeof text === 'string' && text.includes('PRIVATE KEY')
}
