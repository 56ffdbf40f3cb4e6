import * as pulumi from '@pulumi/pulumi'
import type { Code } from '../codes.ts'
import { commandForSecret, keyOfPath } from '../rules/config-path.ts'
import { isEncrypted } from './stack-configuration.ts'

/** Warns of each secret that stands unencrypted in the stack's configuration. */
export function warnOfPlainSecrets(resource: pulumi.Resource, ...secrets: unknown[]): void {
  for (const secret of secrets) {
    if (typeof secret !== 'object' || secret === null || !('config' in secret)) continue
    const { config: path } = secret
    if (typeof path !== 'string') continue
    const [key] = [path, keyOfPath(path)].map(ofProject).filter(isSet)
    if (key === undefined || isEncrypted(key)) continue
    const message = `the secret { config: ${path} } stands unencrypted in the stack's configuration. Run ${commandForSecret(path, key === ofProject(path))}.`
    void pulumi.log.warn(`${message} [${'WARN_PSC_SECRET_IN_CLEAR' satisfies Code}]`, resource)
  }
}

/** Adds the namespace of the project to a key without one. */
function ofProject(key: string): string {
  return key.includes(':') ? key : `${pulumi.getProject()}:${key}`
}

function isSet(key: string): boolean {
  return pulumi.runtime.getConfig(key) !== undefined
}
