import type { automation } from '@pulumi/pulumi'

/** What a stack holds that has to be known before it is changed. */
export interface Findings {
  /**
   * A resource that no manifest declares. A stack may be another program's too, by its name alone or since the fleet
   * last worked on it, and a run would remove what the manifest does not declare: leaving a stack is harmless for a
   * client, not for a database.
   */
  readonly stranger?: string
}

export const nothingFound: Findings = {}

const ours = /^pulumi:(pulumi:Stack|providers:pulumi-nodejs)$|^pulumi-nodejs:dynamic\/psc:/

export async function inspect(stack: automation.Stack): Promise<Findings> {
  const { resources = [] } = (await stack.exportStack()).deployment as Deployment
  const stranger = resources.find(
    ({ type }) => !ours.test(type) || /:PscRegistration(Attempt)?$/.test(type),
  )
  return { ...(stranger && { stranger: stranger.urn }) }
}

interface Deployment {
  readonly resources?: readonly { readonly urn: string; readonly type: string }[]
}
