/** What a code means, and what to do about it: a sentence each, for the page of all codes (docs/codes.md). */
export interface CodeMeaning {
  readonly meaning: string
  readonly remedy: string
}

/**
 * Every code of ours that a message can end in. `ERR_PSC_…` is an error, `WARN_PSC_…` a warning. A code never changes
 * its meaning and is never given away again; the wording of messages is free.
 *
 * Loaded by the page of all codes alone: the rest of the product takes its type.
 */
export const codes = {
  // Declarations and their rules: provider/rules/, provider/manifest/

  // The stack's configuration and secrets: provider/engine/
  ERR_PSC_CONFIGURATION: {
    meaning: "A value in the stack's configuration cannot be used.",
    remedy: 'Set it with the command that the message names.',
  },
  ERR_PSC_SECRET_UNAVAILABLE: {
    meaning: 'A secret is not available where the provider runs.',
    remedy: 'Set the variable, the file or the configuration value that the message names.',
  },
  ERR_PSC_FILE: {
    meaning: 'A file cannot be read.',
    remedy: 'Correct the path or the permissions.',
  },
  ERR_PSC_CERTIFICATE: {
    meaning: 'The declared certificate cannot be used.',
    remedy: 'Give the certificate in PEM form, as the message says.',
  },
  ERR_PSC_MANIFEST: {
    meaning: 'The manifest has errors.',
    remedy: 'Correct each problem that the message lists.',
  },

  // Profiles and issuers: provider/psc/
  ERR_PSC_PROFILE: {
    meaning: 'A `psc` argument or a base URL names no PSC.',
    remedy: 'Write the name or the value that the message suggests.',
  },
  ERR_PSC_ISSUER: {
    meaning: 'The issuer of a credential cannot be used.',
    remedy: 'Write what the message suggests.',
  },

  // What a PSC answers: provider/psc/
  ERR_PSC_REFUSED: {
    meaning: 'The PSC refused the request. Repeating it does not help.',
    remedy: 'Follow the advice in the message.',
  },
  ERR_PSC_UNAVAILABLE: {
    meaning: 'The PSC did not answer, or asked to come back later.',
    remedy: 'Check the base URL and the network, or try again later.',
  },
  ERR_PSC_UNEXPECTED_ANSWER: {
    meaning: 'The answer is one that no document describes.',
    remedy: 'Check the base URL, and whether a proxy answers in its place.',
  },

  // Clients: provider/client/
  ERR_PSC_NOT_SETTLED: {
    meaning: 'It is not sure what the PSC registered.',
    remedy: 'Run `pulumi up` again: it writes the client once more.',
  },

  // Registrations: provider/registration/
  ERR_PSC_REGISTRATION_FAILED: {
    meaning: 'A registration did not succeed, or its outcome is unknown.',
    remedy: 'Follow the message. The request is never repeated by itself.',
  },
  ERR_PSC_REGISTRATION_PENDING: {
    meaning: 'An earlier attempt to register is not settled.',
    remedy: 'Follow the message: look for the application at the PSC first.',
  },
  ERR_PSC_REGISTRATION_CHANGED: {
    meaning: 'A registration is declared otherwise than it was made.',
    remedy: 'Change the PscClient instead.',
  },
  ERR_PSC_PRIVATE_KEY: {
    meaning: 'A private key cannot sign a registration.',
    remedy: 'Give the key of the certificate, in PEM form.',
  },
  ERR_PSC_LOST_ANSWER: {
    meaning: 'The answer to a registration was lost.',
    remedy: 'Look for the application at the PSC before you register again.',
  },

  // Sign-in: provider/psc/sign-in/, cli/login/
  ERR_PSC_CALLBACK: {
    meaning: 'The address that the browser ended on is not the expected one.',
    remedy: 'Follow the message, or begin the sign-in again.',
  },
  ERR_PSC_LOGIN: {
    meaning: 'A sign-in cannot go on.',
    remedy: 'Begin it again, as the message says.',
  },

  // Commands: cli/
  ERR_PSC_USAGE: {
    meaning: 'A command was used wrongly. Exit code 2.',
    remedy: 'Correct the arguments, as the message says.',
  },
  ERR_PSC_FLEET: {
    meaning: 'A run of the fleet could not begin or go on.',
    remedy: 'Follow the message.',
  },
} as const satisfies Readonly<Record<`${'ERR' | 'WARN'}_PSC_${string}`, CodeMeaning>>

/** A code of ours. */
export type Code = keyof typeof codes
