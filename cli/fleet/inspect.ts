/** What a stack holds that has to be known before it is changed. */
export interface Findings {
  /**
   * A resource that no manifest declares. A stack may be another program's too, by its name alone or since the fleet
   * last worked on it, and a run would remove what the manifest does not declare: leaving a stack is harmless for a
   * client, not for a database.
   */
  readonly stranger?: string
  /**
   * The clients that an engine was about to change when it was killed. Whether their PSC has what was declared then,
   * nobody knows; the state does not.
   */
  readonly interrupted: readonly Resource[]
}

export interface Resource {
  readonly urn: string
  readonly type: string
}

export const nothingFound: Findings = { interrupted: [] }

const ours = /^pulumi:(pulumi:Stack|providers:pulumi-nodejs)$|^pulumi-nodejs:dynamic\/psc:/

/** Looks at a state as it was exported, its secrets encrypted. */
export function inspect({ deployment }: ExportedState): Findings {
  const { resources = [], pending_operations: pending = [] } = deployment
  const stranger = resources.find(
    ({ type }) => !ours.test(type) || /:PscRegistration(Attempt)?$/.test(type),
  )
  const urns = new Set(resources.map(({ urn }) => urn))
  // One that was being created is in the state only where it was to take the place of itself.
  const interrupted = pending
    .filter(({ type }) => type === 'updating' || type === 'creating')
    .map(({ resource }) => resource)
    .filter(({ type, urn }) => ours.test(type) && urns.has(urn))
  return { interrupted, ...(stranger && { stranger: stranger.urn }) }
}

/** The parts of an exported state that are read here. */
export interface ExportedState {
  readonly deployment: {
    readonly resources?: readonly Resource[]
    readonly pending_operations?: readonly { readonly resource: Resource; readonly type: string }[]
  }
}
