import { motorRce, type WithEmulator } from '../support/fixture.ts'

export const tokenPath = '/realms/motor-rce/protocol/openid-connect/token'

/** A credential of the emulator's Motor RCE, as declared. */
export function declare({ emulator }: WithEmulator): Record<string, unknown> {
  return { issuer: 'motor-rce', authBaseUrl: emulator.url, ...motorRce }
}
