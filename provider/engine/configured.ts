import * as pulumi from '@pulumi/pulumi'
import { readConfiguration } from './configuration.ts'

/**
 * Reads `psc:baseUrls` of the stack in the program.
 *
 * @throws {ConfigurationError} for a value that the provider's check refuses too.
 */
export function configuredBaseUrls(): Readonly<Record<string, string>> {
  const text = new pulumi.Config('psc').get('baseUrls')
  return readConfiguration((key) => (key === 'psc:baseUrls' ? text : undefined)).baseUrls
}
