import * as pulumi from '@pulumi/pulumi'
import { readConfiguration } from './configuration.ts'

/**
 * `psc:baseUrls` of the stack, as the program sees it.
 *
 * @throws {ConfigurationError} for what the provider's check refuses too.
 */
export function configuredBaseUrls(): Readonly<Record<string, string>> {
  const text = new pulumi.Config('psc').get('baseUrls')
  return readConfiguration((key) => (key === 'psc:baseUrls' ? text : undefined)).baseUrls
}
