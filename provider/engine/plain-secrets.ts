import * as pulumi from '@pulumi/pulumi'
import { keyOfPath } from '../rules/config-path.ts'
import { describePlainSecret } from './secret.ts'
import { isEncrypted } from './stack-configuration.ts'

/** Warns of each secret that stands unencrypted in the stack's configuration. */
export function warnOfPlainSecrets(resource: pulumi.Resource, ...secrets: unknown[]): void {
  for (const secret of secrets) {
    if (typeof secret !== 'object' || secret === null || !('config' in secret)) continue
    const { config: path } = secret
    if (typeof path !== 'string') continue
    const [key] = [path, keyOfPath(path)].map(ofProject).filter(isSet)
    if (key === undefined || isEncrypted(key)) continue
    void pulumi.log.warn(describePlainSecret(path, key === ofProject(path)), resource)
  }
}

/** Adds the namespace of the project to a key without one. */
function ofProject(key: string): string {
  return key.includes(':') ? key : `${pulumi.getProject()}:${key}`
}

function isSet(key: string): boolean {
  return pulumi.runtime.getConfig(key) !== undefined
}
