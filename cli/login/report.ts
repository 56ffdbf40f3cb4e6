import { maskIdentification } from '../../provider/rules/identification.ts'
import { type JudgedGrant, sayShown, type SignIn } from '../../provider/psc/sign-in/index.ts'
import { say } from '../../provider/say.ts'
import { jsonText } from '../json.ts'
import type { Terminal } from './terminal.ts'

/** Names the client of a sign-in. */
interface About {
  /** The client's key in the manifest. */
  readonly client: string
  readonly psc: string
}

/** Prints the invitation to sign in on standard error. Standard output is for the result. */
export function reportSignIn(
  { client, psc }: About,
  { scope, redirectUri, authorizeUrl, loginHint }: SignIn,
  { note }: Terminal,
): void {
  const { host } = new URL(redirectUri)
  const address = new URL(authorizeUrl)
  if (loginHint !== undefined) address.searchParams.set('login_hint', '')
  const open =
    loginHint === undefined
      ? say`Open this address in a browser and sign in:`
      : say`Open this address, completed with ${maskIdentification(loginHint)} at its end, in a browser and sign in:`
  note(`${say`${client} at ${psc}, scope ${scope}, redirect URI ${redirectUri}`}

${say`The browser will end at ${host}. The application there may see the code. If
it uses the code first, this sign-in fails (invalid_grant). To avoid that, stop the
application meanwhile, or give a --redirect-uri at which no application answers:
a page that is not found is good enough.`}

${open}

${address.href}
`)
}

/** Shows the grant and its deviations from the request and from the API document. */
export function reportGrant(
  about: About,
  { redirectUri }: SignIn,
  { grant, problems }: JudgedGrant,
  { json }: { readonly json: boolean },
  { print }: Terminal,
): void {
  if (json) {
    const status = problems.length === 0 ? 'granted' : 'problem'
    const document = { status, ...about, redirectUri, ...grant, problems }
    print(jsonText(document))
    return
  }
  const holder = [grant.identificationType, grant.identification]
    .flatMap((part) => (part === null ? [] : [sayShown(part)]))
    .join(' ')
  print(say`granted    ${grant.scope === null ? say`(missing)` : sayShown(grant.scope)}`)
  print(say`holder     ${holder || say`(missing)`}`)
  print(say`lifetime   ${grant.lifetime ?? say`(missing)`}`)
  for (const { message } of problems) print(say`problem    ${message}`)
  print(
    problems.length === 0
      ? say`The sign-in of ${about.client} at ${about.psc} works.`
      : say`${about.client} at ${about.psc} obtained a token that differs from the API document.`,
  )
}
