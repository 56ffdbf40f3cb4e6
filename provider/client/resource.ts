import * as pulumi from '@pulumi/pulumi'
import { type CertificateArgs, certificateInput } from '../engine/certificate-args.ts'
import type { StoredCertificate } from '../engine/certificate-source.ts'
import { DynamicResource, providerCode } from '../engine/dynamic-resource.ts'
import { isDeferred, knownValues, perStack, secretInput } from '../engine/outputs.ts'
import { stackConfiguration } from '../engine/stack-configuration.ts'
import { warnOfPlainSecrets } from '../engine/plain-secrets.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import { dryRun, proveIfNew } from '../proof/in-program.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import { validateAtPsc } from '../psc/profiles/capabilities.ts'
import { type Endpoints, type PscProfile, resolveProfile } from '../psc/profiles/profile.ts'
import type { ClientDocument, Preflight } from '../rules/client-fields.ts'
import type { CertificateNames } from '../rules/certificate.ts'
import { pickStored } from '../rules/client-fields.ts'
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
   * The client's secret, or a reference to it. The provider resolves a reference when it uses the secret, and the state
   * stores the reference only. The state stores an inline secret encrypted.
   */
  readonly clientSecret: pulumi.Input<string | SecretReference>
  /**
   * The secret before a rotation, or a reference to it. If the PSC refuses `clientSecret` and accepts this one, `pulumi up`
   * sets `clientSecret`.
   */
  readonly previousClientSecret?: pulumi.Input<string | SecretReference>
  /** Unique at its PSC. */
  readonly name: pulumi.Input<string>
  /** The purpose of the application. Citizens may see it. */
  readonly comments: pulumi.Input<string>
  /** The support address, to which the PSC reports failures and changes of version. */
  readonly email: pulumi.Input<string>
  /**
   * At least one, without a fragment, as the PSC accepts them: https, at SERPRO on a host of the certificate, at some PSCs also
   * http on this machine. Sent exactly as declared; the first is the default.
   */
  readonly redirectUris: pulumi.Input<readonly pulumi.Input<string>[]>
  /**
   * The certificate that registered the client. Required at a PSC that compares redirect URIs with it, such as SERPRO's.
   * Elsewhere optional: a declared one must cover the https redirect URIs. The state stores its host names, expiry and
   * fingerprint only.
   */
  readonly certificate?: pulumi.Input<CertificateArgs>
  /**
   * Whether previews and refreshes prove the client by a token. `auto` warns if it cannot obtain one; `required` fails, and
   * also proves the client right before it is applied; `off` never obtains one. Default: `psc:preflight`, else `auto`.
   */
  readonly preflight?: pulumi.Input<Preflight>
}

/**
 * Manages an OAuth client that is registered with a PSC.
 *
 * Creating it adopts the client: it writes the name, description, support address and redirect URIs as declared. Deleting
 * it forgets the client, which stays registered. Running applications keep working.
 *
 * @see the API document "Manutenção de aplicação" (NeoID), `PUT /client_maintenance`
 */
export class PscClient extends DynamicResource {
  protected static override readonly insteadOfImport: string = 'Creating the client adopts it.'

  declare readonly psc: pulumi.Output<PscReference>
  declare readonly clientId: pulumi.Output<string>
  declare readonly clientSecret: pulumi.Output<string | SecretReference>
  declare readonly previousClientSecret: pulumi.Output<string | SecretReference | undefined>
  declare readonly name: pulumi.Output<string>
  declare readonly comments: pulumi.Output<string>
  declare readonly email: pulumi.Output<string>
  declare readonly redirectUris: pulumi.Output<string[]>
  declare readonly certificate: pulumi.Output<StoredCertificate | undefined>
  declare readonly preflight: pulumi.Output<Preflight | undefined>
  /** The addresses of the PSC's services. */
  declare readonly endpoints: pulumi.Output<Endpoints>
  /** The PSC's echo of the last write; null if it echoes nothing. */
  declare readonly registered: pulumi.Output<ClientDocument | null>

  constructor(name: string, declared: PscClientArgs, opts?: pulumi.CustomResourceOptions) {
    // A JavaScript program may omit arguments. The check reports them.
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
      certificate: certificateInput(args.certificate, {
        onRead: (names) => (read = names),
        onProblem: (problem) => problems.push(problem),
      }),
      preflight: args.preflight,
    }
    const validate = (known: unknown) => {
      const given = known as Record<string, unknown>
      const duplicates = duplicatesOf(name, given)
      const errors = [...problems, ...describe(duplicates, 'error')]
      return { given, duplicates, errors: errors.length > 0 ? errors : undefined }
    }
    // No promise if all values are known: a manifest may declare thousands of clients.
    const found = isDeferred(inputs) ? knownValues(inputs).then(validate) : validate(inputs)
    super(
      'PscClient',
      name,
      {
        ...inputs,
        problems: found instanceof Promise ? found.then(({ errors }) => errors) : found.errors,
        dryRun: dryRun(),
        endpoints: undefined,
        registered: undefined,
        __provider: providerCode,
      },
      opts,
    )
    restoreWhenRead(this)
    warnOfPlainSecrets(this, args.clientSecret, args.previousClientSecret)
    proveIfNew<PscClient, ProvenKey>(
      this,
      provenKeys,
      inputs,
      async (context, { psc, ...client }) => {
        const { proveClient } = await import('./prove.ts')
        const profile = context.profile(psc)
        const { name, baseUrl } = profile
        const rotates = await proveClient(context, client, profile)
        return { isVerified: rotates !== undefined, writesTo: `${name} (${baseUrl})` }
      },
    )
    if (!this.isWarned()) return
    const warn = ({ given, duplicates }: Awaited<typeof found>) => {
      const ofRules = problemsOfRules(given, read)
      for (const text of describe([...ofRules, ...duplicates], 'warning'))
        void pulumi.log.warn(text, this)
    }
    if (found instanceof Promise) void found.then(warn)
    else warn(found)
  }

  /** Whether to show the rules' warnings under the resource. */
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

/** Defines the outputs that the state stores in another form. They are computed only when a program reads them. */
function restoreWhenRead(client: PscClient): void {
  const { endpoints, registered } = client
  const read = {
    endpoints: () => endpoints.apply(restoreEndpoints),
    registered: () =>
      pulumi
        .output({ ...pickStored(client), registered })
        .apply(({ registered: stored, ...applied }) => restoreEcho(stored, applied)),
  }
  for (const [key, get] of Object.entries(read)) {
    Object.defineProperty(client, key, { get, enumerable: true, configurable: true })
  }
}

const duplicateValidator = perStack(createDuplicateValidator)

/**
 * Runs the rules. The program shows the warnings under the resource. The provider's check reports the errors.
 *
 * @param known a client's arguments, with `unknownValue` for unknown values.
 * @param certificate the certificate of a PEM with its start of validity, which the state does not store.
 */
function problemsOfRules(
  known: Readonly<Record<string, unknown>>,
  certificate: CertificateNames | undefined,
): Problem[] {
  const { certificateExpiryWarningDays } = stackConfiguration()
  const declared = certificate ? { ...known, certificate } : known
  const options = { now: new Date(), certificateExpiryWarningDays }
  return validateAtPsc(profileOf(known.psc), declared, options)
}

/** Finds duplicates among the resources. Only the program sees them all. */
export function duplicatesOf(label: string, known: Readonly<Record<string, unknown>>): Problem[] {
  // The address of the maintenance service identifies a PSC.
  const psc = profileOf(known.psc)?.baseUrl
  if (psc === undefined) return []
  const { clientId, name } = known
  return duplicateValidator()({ psc, clientId, name, label: `"${label}"` })
}

function describe(problems: readonly Problem[], severity: Problem['severity']): string[] {
  return problems.filter((problem) => problem.severity === severity).map(describeProblem)
}

/** Finds the profile of a declaration; undefined if it is not known, or wrong. */
function profileOf(psc: unknown): PscProfile | undefined {
  try {
    return resolveProfile(psc, stackConfiguration().baseUrls)
  } catch {
    // The provider's check reports what is wrong with it.
    return undefined
  }
}
