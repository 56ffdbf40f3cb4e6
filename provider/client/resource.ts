import * as pulumi from '@pulumi/pulumi'
import {
  type CertificateArgs,
  type KeptCertificate,
  keptCertificate,
} from '../engine/certificate-args.ts'
import type { Preflight } from '../engine/configuration.ts'
import { configuredBaseUrls } from '../engine/configured.ts'
import { DynamicResource, providerCode } from '../engine/dynamic-resource.ts'
import { isDeferred, knownValues, perStack, secretInput } from '../engine/outputs.ts'
import type { SecretReference } from '../engine/secret.ts'
import { dryRun, proveIfNew } from '../proof/in-program.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import { type Endpoints, resolveProfile } from '../psc/profiles/profile.ts'
import type { ClientDocument } from '../psc/requests/client-maintenance.ts'
import type { CertificateNames } from '../rules/certificate.ts'
import { validateClient } from '../rules/client.ts'
import { createDuplicateValidator } from '../rules/duplicates.ts'
import { describeProblem, type Problem } from '../rules/problem.ts'
import { restoreEcho, restoreEndpoints } from './state.ts'

/** The arguments of a {@link PscClient}. */
export interface PscClientArgs {
  /** The PSC's name or a profile; a change replaces the resource. */
  readonly psc: pulumi.Input<PscReference>
  /** The client's identifier at the PSC; a change replaces the resource. */
  readonly clientId: pulumi.Input<string>
  /**
   * Where the client's secret is, or the secret itself. A reference is resolved where and when it is used, and
   * only the reference is kept in the state; an inline secret is kept there encrypted.
   */
  readonly clientSecret: pulumi.Input<string | SecretReference>
  /**
   * The secret that may still be in force: if the PSC refuses `clientSecret` and accepts this one, applying sets
   * `clientSecret`. Where it is, or the secret itself, as above.
   */
  readonly previousClientSecret?: pulumi.Input<string | SecretReference>
  /** Unique across the PSC. */
  readonly name: pulumi.Input<string>
  /** What the application is for; citizens may see it. */
  readonly comments: pulumi.Input<string>
  /** The address for support, told of failures and changes of version. */
  readonly email: pulumi.Input<string>
  /** https, no fragment, on a host of the certificate; at least one. Sent exactly as declared; the first is the default. */
  readonly redirectUris: pulumi.Input<readonly pulumi.Input<string>[]>
  /** The certificate that the client was registered with; only its names, its end and its fingerprint are kept. */
  readonly certificate: pulumi.Input<CertificateArgs>
  /**
   * Whether previews and refreshes prove the client by a token: where it can be had (`auto`), or fail, and also right
   * before it is applied (`required`), or never (`off`). Default: `psc:preflight`, else `auto`.
   */
  readonly preflight?: pulumi.Input<Preflight>
}

/**
 * An OAuth client that is registered with a PSC.
 *
 * Creating it adopts the client: its name, description, support address and redirect URIs are written as
 * declared. Deleting it forgets it: the client stays registered, and running applications go on.
 *
 * @see the API document "Manutenção de aplicação" (NeoID), `PUT /client_maintenance`
 */
export class PscClient extends DynamicResource {
  declare readonly psc: pulumi.Output<PscReference>
  declare readonly clientId: pulumi.Output<string>
  declare readonly clientSecret: pulumi.Output<string | SecretReference>
  declare readonly previousClientSecret: pulumi.Output<string | SecretReference | undefined>
  declare readonly name: pulumi.Output<string>
  declare readonly comments: pulumi.Output<string>
  declare readonly email: pulumi.Output<string>
  declare readonly redirectUris: pulumi.Output<string[]>
  declare readonly certificate: pulumi.Output<KeptCertificate>
  declare readonly preflight: pulumi.Output<Preflight | undefined>
  /** Where the PSC's services are. */
  declare readonly endpoints: pulumi.Output<Endpoints>
  /** What the PSC echoed when the client was last written, or null where it echoes nothing. */
  declare readonly registered: pulumi.Output<ClientDocument | null>

  constructor(name: string, declared: PscClientArgs, opts?: pulumi.CustomResourceOptions) {
    // A JavaScript program may have left them out: the check says which.
    const args = { ...declared }
    const problems: string[] = []
    let read: CertificateNames | undefined
    const inputs = {
      psc: args.psc,
      clientId: args.clientId,
      clientSecret: secretInput(args.clientSecret),
      previousClientSecret:
        args.previousClientSecret === undefined
          ? undefined
          : secretInput(args.previousClientSecret),
      name: args.name,
      comments: args.comments,
      email: args.email,
      redirectUris: args.redirectUris,
      certificate: keptCertificate(args.certificate, {
        read: (names) => (read = names),
        refuse: (problem) => problems.push(problem),
      }),
      preflight: args.preflight,
    }
    const judge = (known: unknown) => {
      const given = known as Record<string, unknown>
      const duplicates = duplicatesOf(name, given)
      const errors = [...problems, ...describe(duplicates, 'error')]
      return { given, duplicates, errors: errors.length > 0 ? errors : undefined }
    }
    // Most is known at once, and then no promise is made: a manifest may declare thousands.
    const judged = isDeferred(inputs) ? knownValues(inputs).then(judge) : judge(inputs)
    super(
      'PscClient',
      name,
      {
        ...inputs,
        problems: judged instanceof Promise ? judged.then(({ errors }) => errors) : judged.errors,
        dryRun: dryRun(),
        endpoints: undefined,
        registered: undefined,
        __provider: providerCode,
      },
      opts,
    )
    restoreWhenRead(this)
    proveIfNew<PscClient, ProvenKey>(
      this,
      provenKeys,
      inputs,
      async (context, { psc, ...client }) => {
        const { proveClient } = await import('./rotation.ts')
        await proveClient(context, client, context.profile(psc))
      },
    )
    if (!this.isWarned()) return
    const warn = ({ given, duplicates }: Awaited<typeof judged>) => {
      const found = [...rulesProblems(given, read), ...duplicates]
      for (const text of describe(found, 'warning')) void pulumi.log.warn(text, this)
    }
    if (judged instanceof Promise) void judged.then(warn)
    else warn(judged)
  }

  /** Whether the rules' warnings are shown under the resource. */
  protected isWarned(): boolean {
    return true
  }
}

type ProvenKey = (typeof provenKeys)[number]

const provenKeys = [
  'psc',
  'clientId',
  'clientSecret',
  'previousClientSecret',
  'preflight',
  'name',
] as const

/** Outputs of what is kept in another form. Few programs read them, so they are made for those that do. */
function restoreWhenRead(client: PscClient): void {
  const { endpoints, registered } = client
  const read = {
    endpoints: () => endpoints.apply(restoreEndpoints),
    registered: () => {
      const { clientId, name, comments, email, redirectUris } = client
      return pulumi
        .all([registered, clientId, name, comments, email, redirectUris])
        .apply(([kept, id, called, about, support, uris]) =>
          restoreEcho(kept, {
            clientId: id,
            name: called,
            comments: about,
            email: support,
            redirectUris: uris,
          }),
        )
    },
  }
  for (const [key, get] of Object.entries(read)) {
    Object.defineProperty(client, key, { get, enumerable: true, configurable: true })
  }
}

const duplicateValidator = perStack(createDuplicateValidator)

/**
 * What the rules find, of which the program shows the warnings under the resource. The rules' errors are left to the provider's
 * check, which stops the preview with them.
 *
 * @param known a client's arguments, with `unknownValue` where they are not known yet.
 * @param certificate what was read from a PEM, with its beginning of validity, which is not kept.
 */
export function rulesProblems(
  known: Readonly<Record<string, unknown>>,
  certificate: CertificateNames | undefined,
): Problem[] {
  const days = new pulumi.Config('psc').getNumber('certificateExpiryWarningDays')
  const declared = certificate ? { ...known, certificate } : known
  const options = {
    now: new Date(),
    ...(days !== undefined && { certificateExpiryWarningDays: days }),
  }
  return validateClient(declared, options)
}

/** What is wrong only beside the other resources, so that only the program can see it. */
export function duplicatesOf(label: string, known: Readonly<Record<string, unknown>>): Problem[] {
  const psc = identify(known.psc)
  if (psc === undefined) return []
  const { clientId, name } = known
  return duplicateValidator()({ psc, clientId, name, label: `"${label}"` })
}

/** The problems of one severity, as they are shown. */
export function describe(problems: readonly Problem[], severity: Problem['severity']): string[] {
  return problems.filter((problem) => problem.severity === severity).map(describeProblem)
}

/** The same text for the same PSC: the address where it is maintained. */
function identify(psc: unknown): string | undefined {
  try {
    return resolveProfile(psc, configuredBaseUrls()).baseUrl
  } catch {
    // The provider's check says what is wrong with it, or with the configuration.
    return undefined
  }
}
