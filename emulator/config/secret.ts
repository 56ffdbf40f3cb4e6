import { createHash, timingSafeEqual } from 'node:crypto'
import { EmulatorConfigError } from './error.ts'
import type { SecretConfig } from './schema.ts'

/** A secret that can be compared with and nothing else: it is kept as a digest, so that nothing can print it. */
export interface SecretDigest {
  matches(candidate: string): boolean
}

/** @throws EmulatorConfigError when the environment variable is not set */
export function digestSecret(secret: SecretConfig, owner: string): SecretDigest {
  const digest = sha256(typeof secret === 'string' ? secret : fromEnvironment(secret.env, owner))
  return { matches: (candidate) => timingSafeEqual(sha256(candidate), digest) }
}

function fromEnvironment(variable: string, owner: string): string {
  const value = process.env[variable]
  if (value) return value
  throw new EmulatorConfigError([
    `the secret of client ${owner}: the environment variable ${variable} is not set`,
  ])
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
