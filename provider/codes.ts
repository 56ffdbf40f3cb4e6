/** Holds the meaning of a code and its remedy, in a sentence each, for docs/codes.md. */
export interface CodeMeaning {
  readonly meaning: string
  readonly remedy: string
}

/**
 * Lists every code of ours at the end of a message. `ERR_PSC_…` is an error, `WARN_PSC_…` a warning. A code never changes
 * its meaning and is never reused. The wording of messages may change.
 *
 * Only docs/codes.md needs the texts, and `pulumi-psc fleet` the names. All other modules import the type.
 */
export const codes = {
  // Declarations and their rules: provider/rules/, provider/manifest/
  ERR_PSC_MISSING: {
    meaning: 'A required value is missing or empty.',
    remedy: 'Give the value that the message names.',
  },
  ERR_PSC_TYPE: {
    meaning: 'A value has the wrong type.',
    remedy:
      'Write a value of the type that the message names. In YAML, put text that looks like a number in quotes.',
  },
  ERR_PSC_CHOICE: {
    meaning: 'A value is not one of the allowed words.',
    remedy: 'Use one of the words that the message lists.',
  },
  ERR_PSC_UNKNOWN_KEY: {
    meaning: 'A key is unknown, often because it is misspelt.',
    remedy: 'Use the key that the message suggests, or remove it.',
  },
  ERR_PSC_CHARACTER: {
    meaning: 'A value contains a character that is not allowed there.',
    remedy: 'Remove the character that the message names.',
  },
  ERR_PSC_PLACEHOLDER: {
    meaning: 'A value is or contains a placeholder, or a text that a program made by mistake.',
    remedy: 'Give the value itself, a reference to the secret, or pulumi.interpolate.',
  },
  WARN_PSC_PLACEHOLDER: {
    meaning: 'A name or a comment is or contains a placeholder.',
    remedy: 'Write the text itself.',
  },
  ERR_PSC_SEVERAL_URIS: {
    meaning: 'A text holds several redirect URIs, or ends in a separator.',
    remedy: 'Write each URI as an item of its own.',
  },
  ERR_PSC_TOO_LONG: {
    meaning: 'A value is too long.',
    remedy: 'Shorten it to the length that the message names.',
  },
  ERR_PSC_DUPLICATE_CLIENT: {
    meaning: 'Two entries declare the same client of the same PSC.',
    remedy: 'Declare the client once.',
  },
  WARN_PSC_SIMILAR_NAME: {
    meaning: 'Two clients of a PSC have names that are nearly equal. Names are unique at a PSC.',
    remedy: 'Choose a name that differs clearly.',
  },
  WARN_PSC_WHITE_SPACE: {
    meaning: 'A text begins or ends with white space, which is sent.',
    remedy: 'Remove the white space.',
  },
  WARN_PSC_LINE_BREAK: {
    meaning: 'A text contains a line break or a tab, which the PSC may not store.',
    remedy: 'Write the text on one line.',
  },
  WARN_PSC_INVISIBLE_CHARACTER: {
    meaning: 'A text contains an invisible character. The message names it.',
    remedy: 'Type the text again.',
  },
  WARN_PSC_QUOTES: {
    meaning: 'A name or a comment stands in typographic quotes, which the PSC stores with it.',
    remedy: 'Remove the quotes. None is needed if you intend them.',
  },
  ERR_PSC_SECRET_FORM: {
    meaning: 'A secret is neither a string nor exactly one reference.',
    remedy: 'Write { env: NAME }, { file: PATH } or { config: KEY }.',
  },
  ERR_PSC_SECRET_UNCHANGED: {
    meaning: 'The previous secret equals the secret to set.',
    remedy: 'Give the old secret if it may still be valid, or remove previousClientSecret.',
  },
  ERR_PSC_SECRET_IN_CLEAR: {
    meaning: 'A private key stands in clear text, and would be stored in the state.',
    remedy: 'Write { env: NAME }, { file: PATH } or { config: KEY }.',
  },
  WARN_PSC_SECRET_IN_CLEAR: {
    meaning: "A secret stands in clear text in the manifest, or in the stack's configuration.",
    remedy:
      'Write { env: NAME }, { file: PATH } or { config: KEY }. In a configuration, set it with --secret.',
  },
  ERR_PSC_SECRET_TEXT: {
    meaning:
      'A rotation would set a text that is no secret: it has white space or quotes around it, characters that no secret has, or is a placeholder, a name or the previous secret.',
    remedy: 'Correct what the reference refers to. Nothing was set.',
  },
  WARN_PSC_SECRET_TEXT: {
    meaning: 'A secret has white space or quotes around it, or characters that no secret has.',
    remedy: 'Correct it. A rotation does not set such a secret.',
  },
  ERR_PSC_URI_FRAGMENT: {
    meaning: 'A redirect URI has a fragment, which the PSCs forbid.',
    remedy: 'Remove the "#" and what follows it.',
  },
  ERR_PSC_URI_USER_INFO: {
    meaning: 'A redirect URI has a user before its host. A redirect URI is public.',
    remedy: 'Remove the user and the password.',
  },
  ERR_PSC_URI_WILDCARD: {
    meaning: 'A redirect URI has a wildcard. A PSC compares redirect URIs exactly.',
    remedy: 'Declare each URI. Write a literal asterisk as %2A.',
  },
  ERR_PSC_URI_REPEATED: {
    meaning: 'A redirect URI is declared twice.',
    remedy: 'Remove one of them.',
  },
  WARN_PSC_URI_OF_PSC: {
    meaning: 'The PSC adds this redirect URI itself.',
    remedy: 'Remove it from the declaration.',
  },
  WARN_PSC_URI_NORMAL_FORM: {
    meaning: 'A redirect URI is not in its normal form. An exact comparison may fail.',
    remedy: 'Declare and use the form that the message names, or remove the sign that it names.',
  },
  WARN_PSC_URI_REPEATED: {
    meaning: 'Two redirect URIs are the same one in two forms.',
    remedy: 'Remove one of them.',
  },
  WARN_PSC_URI_UNDERSCORE: {
    meaning: 'The host of a redirect URI has an underscore. A strict server may refuse it.',
    remedy: 'Use a host without underscores.',
  },
  ERR_PSC_CERTIFICATE_FORM: {
    meaning: 'A certificate must have exactly one of file, pem and hosts.',
    remedy: 'Keep one of them.',
  },
  ERR_PSC_CERTIFICATE_NAME: {
    meaning: 'A declared name of a certificate is not the name of a host.',
    remedy: 'Give a DNS name, a wildcard such as *.exemplo.gov.br, or an IP address.',
  },
  ERR_PSC_CERTIFICATE_DATE: {
    meaning: 'A declared date of a certificate is not a date of ISO 8601.',
    remedy: 'Write it as in 2027-01-31T12:00:00Z.',
  },
  ERR_PSC_UNKNOWN_CERTIFICATE: {
    meaning: 'A client names a certificate that the manifest does not define.',
    remedy: 'Use a key of `certificates`, or define it there.',
  },
  WARN_PSC_CERTIFICATE_NAME: {
    meaning: 'A name in the certificate covers no redirect URI, or a whole public registry.',
    remedy: 'Check that it is the right certificate.',
  },
  WARN_PSC_CERTIFICATE_NOT_YET_VALID: {
    meaning: 'The certificate is not valid yet.',
    remedy: 'Check that it is the right certificate.',
  },
  ERR_PSC_CERTIFICATE_EXPIRED: {
    meaning: 'The certificate has expired, and `lint` runs with --strict.',
    remedy: 'Renew it.',
  },
  WARN_PSC_CERTIFICATE_EXPIRED: {
    meaning: 'The certificate has expired.',
    remedy: 'Renew it.',
  },
  WARN_PSC_CERTIFICATE_EXPIRES: {
    meaning: 'The certificate expires soon.',
    remedy: 'Renew it in time.',
  },
  WARN_PSC_CERTIFICATE_UNUSED: {
    meaning: 'No client uses a certificate of the manifest.',
    remedy: 'Name it in a client, or remove it.',
  },
  WARN_PSC_CERTIFICATE_NEW_HOSTS: {
    meaning:
      'A renewed certificate names new hosts. The PSC decides by the certificate of the registration.',
    remedy: 'Register again, or ask the support of the PSC.',
  },
  WARN_PSC_SEVERAL_CERTIFICATES: {
    meaning: 'A text has several certificates of servers. Only the first counts.',
    remedy: 'Give the certificate that registered the client, with its chain at most.',
  },
  WARN_PSC_PRIVATE_KEY: {
    meaning: 'A file contains a private key beside the certificate.',
    remedy: 'Give a file with the certificate only.',
  },
  ERR_PSC_YAML: {
    meaning: 'The manifest is not YAML, or uses YAML that a manifest must not use.',
    remedy: 'Correct the place that the message names.',
  },
  ERR_PSC_YAML_LIMIT: {
    meaning:
      'The manifest is nested too deeply, has a list that is too long, or its aliases and merge keys stand for too much.',
    remedy: 'Write fewer levels, items, aliases or merge keys.',
  },
  ERR_PSC_TOO_MANY_PROBLEMS: {
    meaning: 'The manifest has more errors than are reported.',
    remedy: 'Correct the reported ones first.',
  },
  WARN_PSC_TOO_MANY_PROBLEMS: {
    meaning: 'The manifest has more warnings than are reported.',
    remedy: 'Correct the reported ones first.',
  },
  ERR_PSC_ALIAS: {
    meaning: 'A YAML alias or merge key cannot be resolved.',
    remedy: 'Put its anchor before it, or write the value itself.',
  },
  ERR_PSC_REPEATED_KEY: {
    meaning: 'A map has the same key twice.',
    remedy: 'Remove one of them, or rename it.',
  },
  ERR_PSC_ENCODING: {
    meaning: 'The manifest is not UTF-8.',
    remedy: 'Save it as UTF-8.',
  },
  ERR_PSC_EMPTY_MANIFEST: {
    meaning: 'The manifest declares nothing.',
    remedy: 'Declare a client under `clients`.',
  },
  WARN_PSC_EMPTY_MANIFEST: {
    meaning: 'The manifest has no clients and no credentials.',
    remedy: 'Declare a client under `clients`.',
  },
  ERR_PSC_ENTRY_NAME: {
    meaning: 'The name of an entry cannot be the name of a resource.',
    remedy: 'Choose a short name without control characters.',
  },
  ERR_PSC_STACK_NAME: {
    meaning: 'An entry names a stack that cannot exist.',
    remedy: 'Use 1 to 100 letters, digits, dots, hyphens or underscores.',
  },
  ERR_PSC_NO_MAINTENANCE: {
    meaning: 'The PSC has no service that changes a client.',
    remedy: 'Declare a TokenCredential, or correct the profile.',
  },
  ERR_PSC_NO_REGISTRATION: {
    meaning: 'The PSC has no service that registers a client.',
    remedy: 'Declare a PscClient or a TokenCredential, or correct the profile.',
  },
  ERR_PSC_NOT_NEEDED: {
    meaning: 'The PSC does not take this value.',
    remedy: 'Remove it.',
  },

  // The stack's configuration and secrets: provider/engine/
  ERR_PSC_CONFIGURATION: {
    meaning: "A setting in the stack's configuration is unknown or cannot be used.",
    remedy: 'Set it with the command that the message names.',
  },
  ERR_PSC_IMPORT: {
    meaning: 'A client or a credential was to be imported. A PSC tells nothing of a client.',
    remedy: 'Declare it and run `pulumi up`: creating a client adopts it.',
  },
  ERR_PSC_NODE: {
    meaning: 'The version of Node.js is too old.',
    remedy: 'Run the command, or Pulumi, with the version that the message names, or a newer one.',
  },
  ERR_PSC_SDK: {
    meaning: "The version of Pulumi's SDK, the npm package `@pulumi/pulumi`, is too old.",
    remedy: 'Install the version that the message names, or a newer one.',
  },
  ERR_PSC_NOT_INSTALLED: {
    meaning: 'The provider does not find this package from the folder of the program.',
    remedy: 'Install it in the folder that the message names.',
  },
  ERR_PSC_PROXY: {
    meaning:
      "A proxy is set for Pulumi's own connections on this machine. Without `fleet`, Pulumi fails with `14 UNAVAILABLE`.",
    remedy: 'Set `no_proxy` and `NO_PROXY` to `127.0.0.1,localhost`.',
  },
  ERR_PSC_CONFIGURATION_NAMESPACE: {
    meaning:
      "A secret refers to a key of the stack's configuration that is not under `psc:`. Pulumi passes a plugin only those.",
    remedy: 'Set the secret under `psc:` and refer to it there, or pass the secret itself.',
  },
  WARN_PSC_CONFIGURATION_NAMESPACE: {
    meaning: "A setting stands in the project's own namespace, where it is not read.",
    remedy: 'Set it under `psc:` with the command that the message names.',
  },
  ERR_PSC_SECRET_UNAVAILABLE: {
    meaning: 'A secret is not available where the provider runs.',
    remedy: 'Set the variable, the file or the configuration value that the message names.',
  },
  WARN_PSC_SECRET_UNAVAILABLE: {
    meaning: 'A preview cannot prove a client, because its secret is not available here.',
    remedy: 'Make the secret available, or let `pulumi up` prove the client.',
  },
  ERR_PSC_FILE: {
    meaning: 'A file cannot be read, or is not a regular file.',
    remedy: 'Correct the path or the permissions.',
  },
  ERR_PSC_LINK: {
    meaning:
      'A link, or the setting psc:manifest, leads from a folder to a file outside of it. `lint` does not follow it.',
    remedy: 'Name the file itself, or allow its folder with --allow-path.',
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
    meaning: 'A `psc` argument or a base URL does not name a PSC.',
    remedy: 'Write the name or the value that the message suggests.',
  },
  ERR_PSC_ISSUER: {
    meaning: 'The issuer of a credential cannot be used.',
    remedy: 'Write what the message suggests.',
  },
  WARN_PSC_UNCONFIRMED: {
    meaning: 'A profile has values that the PSC has not confirmed.',
    remedy: "Compare them with the PSC's documents. Values that you set count as confirmed.",
  },

  // What a PSC answers: provider/psc/
  ERR_PSC_REFUSED: {
    meaning: 'The PSC refused the request. Repeating it does not help.',
    remedy: 'Follow the advice in the message.',
  },
  ERR_PSC_UNAVAILABLE: {
    meaning: 'The PSC did not answer, or asked to retry later.',
    remedy: 'Check the base URL and the network, or try again later.',
  },
  ERR_PSC_UNEXPECTED_ANSWER: {
    meaning: 'No document describes the answer of the PSC.',
    remedy: 'Check the base URL, and whether a proxy answers in its place.',
  },

  // Proofs of previews and refreshes: provider/proof/
  ERR_PSC_NOT_PROVEN: {
    meaning: 'A preview failed, because an issuer refused a client or a credential.',
    remedy: 'Correct the problems under each resource.',
  },
  WARN_PSC_UNAVAILABLE: {
    meaning: 'A preview skips proofs, because the PSC does not answer.',
    remedy: 'Check the base URL and the network, or let `pulumi up` prove the clients.',
  },
  WARN_PSC_TOKEN_SIDE_EFFECTS: {
    meaning: 'A preview proves no client of a PSC where obtaining a token has a side effect.',
    remedy: 'Set `preflight: required` to prove the clients nevertheless.',
  },
  WARN_PSC_UNKNOWN_CLIENT: {
    meaning: 'The PSC does not know a client any more. A refresh removes it from the state.',
    remedy: 'Remove it from the program, or ask the support of the PSC.',
  },

  // Redirect URIs that the PSC tells: provider/proof/, provider/client/, cli/verify/
  ERR_PSC_URI_NOT_REGISTERED: {
    meaning: 'The PSC does not have a declared redirect URI. Sign-ins that return there fail.',
    remedy:
      'Run `pulumi config set psc:drift refresh`, `pulumi refresh --run-program` and `pulumi up`.',
  },
  WARN_PSC_URI_NOT_REGISTERED: {
    meaning: 'The PSC does not have a redirect URI any more. Sign-ins that return there fail.',
    remedy: 'Run `pulumi up`. It registers the URI again.',
  },
  WARN_PSC_URI_STILL_REGISTERED: {
    meaning: 'The PSC still has a redirect URI that the program does not declare.',
    remedy:
      'Run `pulumi up`, which writes the declared URIs only, or declare the URI. If an `up` warns of it, ask the support of the PSC.',
  },
  WARN_PSC_URI_NOT_TOLD: {
    meaning: 'The PSC does not tell whether a redirect URI is registered. It may be.',
    remedy: 'Test a sign-in with `pulumi-psc login`.',
  },

  // Clients: provider/client/
  ERR_PSC_NOT_SETTLED: {
    meaning: 'It is unknown what the PSC registered.',
    remedy: 'Run `pulumi up`. It writes the client again.',
  },
  WARN_PSC_NOT_SETTLED: {
    meaning: 'It is unknown what the PSC registered. The next `pulumi up` writes the client again.',
    remedy: 'Run `pulumi up`.',
  },
  WARN_PSC_JOURNAL: {
    meaning:
      'The provider cannot record its writes on this machine, or cannot read what it recorded. It may not notice that a write was interrupted.',
    remedy: 'Set `PULUMI_PSC_HOME` to a folder that you can read and write.',
  },
  WARN_PSC_ROTATION: {
    meaning: "Applying changes, or may change, a client's secret.",
    remedy: 'Check that the rotation is intended.',
  },
  WARN_PSC_URI_REMOVED: {
    meaning: 'A client loses redirect URIs. Sign-ins that return there will fail.',
    remedy: 'Check that no application uses them.',
  },
  WARN_PSC_MOVED: {
    meaning: 'The base URL of a PSC changed. Its clients are written at the new address.',
    remedy: 'Check that the new address is the same PSC.',
  },
  WARN_PSC_STAYS_REGISTERED: {
    meaning: 'A client left its stack and stays registered at its PSC.',
    remedy:
      "If no application uses it, delete it as the PSC's documents describe, or ask its support.",
  },

  // Registrations: provider/registration/
  ERR_PSC_REGISTRATION_FAILED: {
    meaning: 'A registration did not succeed, or its outcome is unknown.',
    remedy: 'Follow the message. The request is never retried automatically.',
  },
  ERR_PSC_REGISTRATION_PENDING: {
    meaning: 'An earlier attempt to register is not settled.',
    remedy: 'Follow the message: look for the application at the PSC first.',
  },
  ERR_PSC_REGISTRATION_CHANGED: {
    meaning: 'The declaration of a registration changed after the registration.',
    remedy: 'Change the PscClient instead.',
  },
  ERR_PSC_CHECKPOINTS: {
    meaning: 'A stack with a registration runs with `PULUMI_SKIP_CHECKPOINTS`.',
    remedy: 'Unset the variable: a crash would lose the secret.',
  },
  WARN_PSC_NOT_REGISTERED: {
    meaning: 'A registration that did not take place leaves its stack.',
    remedy: 'None is needed.',
  },
  WARN_PSC_UNKNOWN_OUTCOME: {
    meaning: 'A registration leaves its stack, and it is unknown whether it took place.',
    remedy: 'Look for the application at the PSC before you declare it again.',
  },
  ERR_PSC_HOST: {
    meaning: 'The host of a registration is not the name of a host.',
    remedy: 'Give the host alone, without scheme, port and path.',
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
    meaning: 'A sign-in cannot continue.',
    remedy: 'Begin it again, as the message says.',
  },
  ERR_PSC_GRANT_SCOPE: {
    meaning: 'A sign-in worked, but the PSC granted another scope than the requested one.',
    remedy: 'Ask the support of the PSC which scopes the client may request.',
  },
  ERR_PSC_GRANT_HOLDER: {
    meaning: 'A sign-in worked, but the answer does not identify the holder as documented.',
    remedy: 'Report it to the support of the PSC.',
  },
  ERR_PSC_GRANT_LIFETIME: {
    meaning: 'A sign-in worked, but the token has another lifetime than the documented one.',
    remedy: 'Report it to the support of the PSC.',
  },

  // The scripts of the repository: scripts/
  ERR_PSC_SCRIPT: {
    meaning: 'A script of the repository, such as `npm start`, cannot continue.',
    remedy: 'Follow the message. It has the output of the command that failed.',
  },

  // Commands: cli/
  ERR_PSC_USAGE: {
    meaning: 'A command was used wrongly. Exit code 2.',
    remedy: 'Correct the arguments, as the message says.',
  },
  ERR_PSC_OUTPUT: {
    meaning:
      'The output of a command cannot be written, as on a full disk. The exit code is 4, whatever the command did.',
    remedy: 'Free space, or write the output to another place.',
  },
  ERR_PSC_EMULATOR: {
    meaning: 'The emulator cannot start.',
    remedy: 'Correct the host or the port, as the message says.',
  },
  ERR_PSC_INIT: {
    meaning: '`pulumi-psc init` would overwrite a file. It has written nothing.',
    remedy: 'Name an empty folder, or move the files that the message lists.',
  },
  ERR_PSC_SPREADSHEET: {
    meaning: 'The spreadsheet for `pulumi-psc init --from` has problems. Nothing was written.',
    remedy: 'Correct the cells that the message lists by row and column.',
  },
  ERR_PSC_TRY: {
    meaning: '`pulumi-psc emulate --try` did not reach its end. Nothing is left of it.',
    remedy: 'Follow the output before it. Correct the manifest, or run `npm install`.',
  },
  ERR_PSC_ENGINE: {
    meaning: "Pulumi reported an error. The message has Pulumi's own words.",
    remedy: "Follow Pulumi's message.",
  },
  ERR_PSC_FLEET: {
    meaning: 'A run of the fleet cannot begin or continue.',
    remedy: 'Follow the message.',
  },
  ERR_PSC_FLEET_FOREIGN_RESOURCE: {
    meaning: 'A stack of the fleet has resources of another program, which a run would remove.',
    remedy: 'Name another stack, or another --prefix.',
  },
  ERR_PSC_FLEET_NOT_APPLIED: {
    meaning: 'A refresh did not verify an entry, because the state of its stack does not have it.',
    remedy: 'Run `pulumi-psc fleet up` first.',
  },
  ERR_PSC_FLEET_LOCKED: {
    meaning: 'A stack is in use by another run.',
    remedy: 'Wait for that run. If it was killed, unlock the stack with `pulumi cancel`.',
  },
  ERR_PSC_FLEET_STOPPED: {
    meaning: 'Ctrl-C stopped the run of the fleet.',
    remedy: 'Run it again. If it was killed, unlock the stack with `pulumi cancel` first.',
  },
  ERR_PSC_STACK_MISSPELT: {
    meaning:
      'An entry names a stack that does not exist and has no settings, and whose name is nearly that of another stack.',
    remedy:
      'Correct `stack` in the manifest. For a new stack, write its settings first, or give --config-file.',
  },
  ERR_PSC_REPORT_FILE: {
    meaning: 'A file for a report is of another kind than its flag says.',
    remedy: 'Give each file with the flag that the message names.',
  },
  ERR_PSC_UNKNOWN_CLIENT: {
    meaning:
      'A refresh found that the PSC does not know a client any more, and removed it from the state.',
    remedy: 'Remove the client from the manifest, or ask the support of the PSC.',
  },
  WARN_PSC_STACK_NEW: {
    meaning:
      'A stack of the fleet does not exist yet, and its name is nearly that of another stack.',
    remedy: 'Correct `stack` in the manifest. None is needed if you intend a new stack.',
  },
  WARN_PSC_STACK_EMPTIED: {
    meaning: 'The manifest declares nothing in a stack of the fleet: its clients leave the stack.',
    remedy: 'None is needed if you intend this. The clients stay registered.',
  },
} as const satisfies Readonly<Record<`${'ERR' | 'WARN'}_PSC_${string}`, CodeMeaning>>

/** A code of ours. */
export type Code = keyof typeof codes
