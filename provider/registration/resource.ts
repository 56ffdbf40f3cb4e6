import * as pulumi from '@pulumi/pulumi'
import type { CertificateArgs } from '../engine/certificate-args.ts'
import {
  attemptProviderCode,
  DynamicResource,
  registrationProviderCode,
} from '../engine/dynamic-resource.ts'
import { secretInput } from '../engine/outputs.ts'
import type { SecretReference } from '../engine/secret.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import { isRecord } from '../rules/text.ts'
import { checkpointProblem } from './errors.ts'

/** The arguments of a {@link PscRegistration}. What is registered cannot change: maintenance is a `PscClient`'s. */
export interface PscRegistrationArgs {
  /** The PSC's name or a profile. */
  readonly psc: pulumi.Input<PscReference>
  readonly name: pulumi.Input<string>
  /** What the application is for; citizens may see it. */
  readonly comments: pulumi.Input<string>
  /** The address for support, told of failures and changes of version. */
  readonly email: pulumi.Input<string>
  /** https, no fragment, on a host of the certificate; at least one. */
  readonly redirectUris: pulumi.Input<readonly pulumi.Input<string>[]>
  /**
   * For a PSC that registers by a certificate: the certificate, `{ file }` relative to the program's folder or `{ pem }`.
   * Elsewhere optional: what redirect URIs are judged by.
   */
  readonly certificate?: pulumi.Input<CertificateArgs>
  /**
   * For a PSC that registers by a certificate: where its private key is. It is read when the registration is signed,
   * and only the reference is kept.
   */
  readonly privateKey?: pulumi.Input<SecretReference>
  /**
   * The number of the attempt (default: 1). After one that failed, or whose answer was lost, nothing is sent again before
   * it is raised by whoever has made sure that nothing was registered.
   */
  readonly attempt?: pulumi.Input<number>
  /** For a PSC that registers by a certificate: the application's host (default: that of the first redirect URI). */
  readonly host?: pulumi.Input<string>
}

/**
 * The registration of an application with a PSC, made once. Its `clientId` and `clientSecret` feed a `PscClient`, which
 * maintains what was registered.
 *
 * The PSC shows the secret once, so the request is never repeated by itself: an answer that was lost is an error that
 * says how to go on, and so is a run that was cut short. A stack that has one does not run with `PULUMI_SKIP_CHECKPOINTS`. Deleting it forgets it.
 *
 * @see DOC-ICP-17.01 v3.0, section 6.4; "Auto-cadastro de aplicação com certificado SSL ICP-Brasil" (SERPRO)
 */
export class PscRegistration extends DynamicResource {
  declare readonly psc: pulumi.Output<PscReference>
  declare readonly name: pulumi.Output<string>
  declare readonly comments: pulumi.Output<string>
  declare readonly email: pulumi.Output<string>
  declare readonly redirectUris: pulumi.Output<string[]>
  declare readonly clientId: pulumi.Output<string>
  /** A secret of the stack: encrypted in the state, hidden where it is shown. */
  declare readonly clientSecret: pulumi.Output<string>

  constructor(name: string, args: PscRegistrationArgs, opts?: pulumi.CustomResourceOptions) {
    const problem = checkpointProblem(process.env)
    if (problem !== undefined) throw new pulumi.RunError(problem)
    const inputs = {
      psc: args.psc,
      name: args.name,
      comments: args.comments,
      email: args.email,
      redirectUris: args.redirectUris,
      certificate: withoutPlainKey(args.certificate),
      // A key that stands in the program in spite of the types is refused by the provider's check, and shown nowhere before.
      privateKey: secretInput(args.privateKey),
      host: args.host,
    }
    const { attempt, run } = new Attempt(name, { ...inputs, attempt: args.attempt ?? 1 }, opts)
    super(
      'PscRegistration',
      name,
      {
        ...inputs,
        attempt,
        run,
        clientId: undefined,
        clientSecret: undefined,
        __provider: registrationProviderCode,
      },
      pulumi.mergeOptions(opts, { additionalSecretOutputs: ['clientSecret'] }),
    )
  }
}

/** An attempt to register, in the state before the request is sent: a run that is cut short leaves it there. */
class Attempt extends DynamicResource {
  declare readonly attempt: pulumi.Output<number>
  declare readonly run: pulumi.Output<string>

  constructor(name: string, inputs: pulumi.Inputs, opts: pulumi.CustomResourceOptions | undefined) {
    // An attempt is renamed, protected and kept with its registration: it is what keeps a second request from being sent.
    const { parent, dependsOn, provider, protect, retainOnDelete, deletedWith, aliases } =
      opts ?? {}
    super(
      'PscRegistrationAttempt',
      name,
      { ...inputs, run: undefined, __provider: attemptProviderCode },
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

/** What an alias of a registration is for its attempt. */
function ofAttempt(alias: pulumi.Unwrap<pulumi.URN | pulumi.Alias>): pulumi.URN | pulumi.Alias {
  if (typeof alias === 'string') {
    return alias.replace(`${registrationType}::`, `${registrationType}Attempt::`)
  }
  const { type, ...rest } = alias as pulumi.Alias
  return type === `pulumi-nodejs:${registrationType}`
    ? { ...rest, type: `${type}Attempt` }
    : { ...rest, ...(type !== undefined && { type }) }
}

/** A PEM that holds a key too is refused by the provider's check as well; a file is read there alone. */
function withoutPlainKey(certificate: PscRegistrationArgs['certificate']): pulumi.Input<unknown> {
  const conceal = (given: unknown): unknown => {
    if (!isRecord(given) || !('pem' in given)) return given
    const pem: pulumi.Output<unknown> = pulumi.output(given.pem)
    return { ...given, pem: pem.apply((text) => (holdsKey(text) ? pulumi.secret(text) : text)) }
  }
  // What is known of a certificate that stands in the program stays so, whatever else in it is not.
  if (!pulumi.Output.isInstance(certificate) && !(certificate instanceof Promise)) {
    return conceal(certificate)
  }
  const output: pulumi.Output<unknown> = pulumi.output(certificate)
  return output.apply(conceal)
}

function holdsKey(text: unknown): boolean {
  return typeof text === 'string' && text.includes('PRIVATE KEY')
}
