import type { EmulatorConfig } from '../../emulator/index.ts'
import { createContext, type Context } from '../../provider/engine/context.ts'
import { SecretUnavailableError } from '../../provider/errors.ts'
import type { ManifestClientArgs, SecretReference } from '../../provider/manifest/index.ts'
import { isPscName, type PscName, resolveProfile } from '../../provider/psc/index.ts'
import type { Loaded } from '../stack.ts'

/** Holds what the emulator needs to play the PSCs of one manifest. */
export interface Environment {
  /** The stack, or else the manifest. */
  readonly name: string
  readonly stack?: string
  readonly systems: readonly System[]
  /** The secrets that are not available here. */
  readonly standIns: readonly StandIn[]
  /** The credentials whose issuer the emulator does not play, by their keys. */
  readonly leftOut: readonly string[]
}

/** Holds a PSC of a manifest, or Motor RCE. Each gets a port of its own. */
export interface System {
  /** Its name in `psc:baseUrls`, or `motor-rce`. */
  readonly name: string
  /** The name by which the emulator knows it. */
  readonly plays: PscName | 'motor-rce'
  readonly config: EmulatorConfig
  readonly clients: number
}

/** Holds the value that the emulator takes for a secret that is not available here. It is no secret. */
export interface StandIn {
  readonly reference: SecretReference
  readonly value: string
}

type PscConfig = NonNullable<NonNullable<EmulatorConfig['pscs']>[PscName]>
type ClientConfig = NonNullable<PscConfig['clients']>[number]
type Psc = Pick<System, 'name'> & {
  readonly plays: PscName
  readonly behaviour: NonNullable<PscConfig['behaviour']>
  readonly clients: Map<string, ClientConfig>
}

/**
 * Derives an environment from a manifest: each client as declared, registered with the secret in force, which is the
 * previous one during a rotation.
 *
 * @param stack the stack that the manifest was loaded for.
 */
export function environmentOf({ manifest, baseUrls, get }: Loaded, stack?: string): Environment {
  const secrets = createSecrets(createContext(get))
  const pscs = new Map<string, Psc>()
  const pscOf = (reference: ManifestClientArgs['psc']): Psc => {
    const { name } = resolveProfile(reference, baseUrls)
    const psc = pscs.get(name) ?? { name, ...describePsc(reference, name), clients: new Map() }
    pscs.set(name, psc)
    return psc
  }
  for (const { args } of manifest.clients) {
    const { psc, clientId, clientSecret, previousClientSecret, certificate, ...document } = args
    const { name, comments, email, redirectUris } = document
    pscOf(psc).clients.set(clientId, {
      clientId,
      clientSecret: secrets.inForce(previousClientSecret ?? clientSecret),
      ...{ name, comments, email, redirectUris: [...redirectUris] },
      ...(certificate && { certificate: { hosts: [...certificate.hosts] } }),
    })
  }
  const motorRce: { clientId: string; clientSecret: string }[] = []
  const leftOut: string[] = []
  for (const { key, args } of manifest.credentials) {
    const { issuer, clientId, clientSecret, clientAuthentication } = args
    const client = () => ({ clientId, clientSecret: secrets.inForce(clientSecret) })
    if (issuer === 'motor-rce') motorRce.push(client())
    else if (typeof issuer === 'string' && !isPscName(issuer)) leftOut.push(key)
    else {
      const { clients, behaviour } = pscOf(issuer)
      if (!clients.has(clientId)) clients.set(clientId, client())
      if (clientAuthentication) behaviour.clientAuthentication = 'either'
    }
  }
  const systems = [...pscs.values()].map(({ name, plays, behaviour, clients }): System => {
    const config = { pscs: { [plays]: { behaviour, clients: [...clients.values()] } } }
    return { name, plays, config, clients: clients.size }
  })
  if (motorRce.length > 0) {
    const config = { motorRce: { clients: motorRce } }
    systems.push({ name: 'motor-rce', plays: 'motor-rce', config, clients: motorRce.length })
  }
  const { standIns } = secrets
  return { name: stack ?? manifest.file, ...(stack && { stack }), systems, standIns, leftOut }
}

/** Finds the PSC that the emulator plays for a declaration, and what the declaration changes of it. */
function describePsc(
  reference: ManifestClientArgs['psc'],
  name: string,
): Pick<Psc, 'plays' | 'behaviour'> {
  // A credential needs no certificate, so a client of the emulator does not either.
  const behaviour: Psc['behaviour'] = { certificate: 'optional' }
  if (typeof reference === 'string') return { plays: reference, behaviour }
  const plays = reference.extends ?? (isPscName(name) ? name : 'standard')
  const { clientAuthentication, redirectUriRule, tokenRequest } = reference
  const { maintenance, echoes, rotates, issuer } = reference
  return {
    plays,
    behaviour: {
      ...behaviour,
      ...(clientAuthentication && { clientAuthentication }),
      ...(redirectUriRule && { redirectUriRule }),
      ...(tokenRequest && { tokenRequest }),
      ...(maintenance !== undefined && { maintenance }),
      ...(echoes !== undefined && { echoes }),
      ...(rotates !== undefined && { rotation: rotates ? 'keeps tokens' : 'refused' }),
      ...(issuer !== undefined && { issuer }),
    },
  }
}

/** Reads secrets, and gives each that is not available here a stand-in: the same one for the same reference. */
function createSecrets(context: Context) {
  const standIns = new Map<string, StandIn>()
  return {
    inForce(secret: string | SecretReference): string {
      try {
        return context.secret(secret)
      } catch (error) {
        if (!(error instanceof SecretUnavailableError) || typeof secret === 'string') throw error
        const [name = ''] = Object.values<string>(secret)
        const value = `not-a-secret-${name.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')}`
        standIns.set(JSON.stringify(secret), { reference: secret, value })
        return value
      }
    },
    get standIns() {
      return [...standIns.values()]
    },
  }
}
