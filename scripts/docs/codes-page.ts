import { emulatorCodes } from '../../emulator/codes.ts'
import { refusals } from '../../emulator/psc/refusals.ts'
import { type CodeMeaning, codes } from '../../provider/codes.ts'
import {
  adviceForMaintenance,
  adviceForMotorRce,
  adviceForTokenEndpoint,
  documentedCodes,
  oauthCodes,
} from '../../provider/psc/advice.ts'
import { adviceForRefusal } from '../../provider/psc/sign-in/callback.ts'

const introduction = `# Codes

Every message that reports a problem ends in a code in brackets, such as \`[ERR_PSC_UNAVAILABLE]\`. A code keeps its
meaning; the wording of messages may change. Match the code, not the words:

- a pipeline reads \`code\` in the output of \`--json\`. In every document it is the code at the end of the message;
- a program reads \`error.code\` of the error classes that \`pulumi-psc\` exports. It is always ours: a refused secret is
  \`ERR_PSC_REFUSED\`, whichever code the PSC gives it. \`error.shownCode\` is the code at the end of the message.

\`verify\` and \`login\` give \`error.code\` as \`errorCode\`, and the PSC's own code as \`pscCode\`. \`fleet\` gives the \`kind\` of a
problem: \`refused\` if a repetition cannot help, otherwise \`failed\`.

A code that begins with \`ERR_PSC_\` or \`WARN_PSC_\` is ours. Any other code belongs to the PSC, or to OAuth. The
problems that this package finds before the PSC would find them end in the PSC's code.

This page is generated: \`npm run docs\` writes it from the lists of codes in the source.`

/** What RFC 6749 (sections 4.1.2.1 and 5.2) and RFC 6750 (section 3.1) mean by each code. */
const oauthMeanings: Readonly<Record<(typeof oauthCodes)[number], string>> = {
  access_denied: 'The holder or the PSC denied the authorization.',
  insufficient_scope: 'The token lacks a scope that the request needs.',
  invalid_client: 'The server did not authenticate the client.',
  invalid_grant: 'The authorization code or the credential is invalid, expired, used or revoked.',
  invalid_request: 'The request lacks a parameter, repeats one, or has an invalid value.',
  invalid_scope: 'The requested scope is unknown, malformed or not allowed.',
  invalid_token: 'The token is expired, revoked or invalid.',
  server_error: 'The server failed.',
  temporarily_unavailable: 'The server is overloaded or under maintenance.',
  unauthorized_client: 'The server does not allow this kind of request to this client.',
  unsupported_grant_type: 'The token endpoint does not support the grant type.',
  unsupported_response_type: 'The authorization endpoint does not support the response type.',
}

/** Writes the page of all codes, docs/codes.md. */
export function codesPage(): string {
  const ours = Object.entries<CodeMeaning>(codes)
  const section = (title: string, prefix: string) => {
    const listed = ours.filter(([code]) => code.startsWith(prefix))
    return [`## ${title}`, ...listed.map(([code, text]) => ownEntry(code, text))]
  }
  return `${[
    introduction,
    ...section('Errors of pulumi-psc', 'ERR_PSC_'),
    ...section('Warnings of pulumi-psc', 'WARN_PSC_'),
    '## Errors of the emulator',
    ...Object.entries<CodeMeaning>(emulatorCodes).map(([code, text]) => ownEntry(code, text)),
    '## Codes of the PSCs\n\nThe API documents of NeoID and SerproID list these codes, with the status and the text after each.',
    ...documentedCodes.map(pscEntry),
    '## Codes of OAuth\n\nPSCs that follow the standard, and Motor RCE, answer with these codes.',
    ...oauthCodes.map(oauthEntry),
  ].join('\n\n')}\n`
}

function ownEntry(code: string, { meaning, remedy }: CodeMeaning): string {
  return `### \`${code}\`\n\n${meaning}\n\n**Remedy:** ${remedy}`
}

function pscEntry(code: (typeof documentedCodes)[number]): string {
  const [status, text] = refusals[code]
  return `### \`${code}\`\n\nStatus ${String(status)}, "${text}"\n\n**Remedy:** ${adviceForMaintenance(code, 400) ?? ''}`
}

function oauthEntry(code: (typeof oauthCodes)[number]): string {
  const remedies = Object.entries(adviceByPlace(code)).flatMap(([place, advice]) =>
    advice === undefined ? [] : [`- ${place}: ${advice}`],
  )
  return `### \`${code}\`\n\n${oauthMeanings[code]}\n\n**Remedy**\n\n${remedies.join('\n')}`
}

/** Collects what the messages advise, by the request that the server answers with the code. */
function adviceByPlace(code: string): Readonly<Record<string, string | undefined>> {
  const atTokenEndpoint = adviceForTokenEndpoint(code, 400)
  const [motor400, motor401] = [400, 401].map((status) => {
    const advice = adviceForMotorRce(code, status)
    return advice === atTokenEndpoint ? undefined : advice
  })
  return {
    'when a person signs in': Object.entries(adviceForRefusal).find(
      ([name]) => name === code,
    )?.[1](),
    'at a token endpoint': atTokenEndpoint,
    'when a client is written': adviceForMaintenance(code, 400),
    ...(motor400 === motor401
      ? { 'at Motor RCE': motor400 }
      : { 'at Motor RCE, status 400': motor400, 'at Motor RCE, status 401': motor401 }),
  }
}
