import type { SignIn } from '../../provider/psc/sign-in/authorization.ts'
import type { JudgedGrant } from '../../provider/psc/sign-in/user-grant.ts'
import { failedDocument } from '../usage-error.ts'
import type { LoginSubject } from './subject.ts'
import type { LoginWorld } from './world.ts'

/** Tells what becomes of a sign-in. What is a result goes to standard output, the rest to standard error. */
export interface LoginReport {
  /** Somebody is waited for. */
  begun(subject: LoginSubject, signIn: SignIn): void
  /** The first of two steps is done. */
  waiting(subject: LoginSubject, signIn: SignIn, expiresAt: Date): void
  granted(subject: LoginSubject, signIn: SignIn, judged: JudgedGrant): void
  failed(error: Error & { readonly code: string }): void
}

interface ReportOptions {
  readonly manifest: string
  readonly json?: boolean
}

export function reportOf(options: ReportOptions, world: LoginWorld): LoginReport {
  return options.json === true ? jsonReport(world) : textReport(options, world)
}

function textReport({ manifest }: ReportOptions, world: LoginWorld): LoginReport {
  return {
    begun(subject, signIn) {
      invite(subject, signIn, (line) => {
        world.note(line)
      })
    },
    waiting(subject, signIn, expiresAt) {
      invite(subject, signIn, (line) => {
        world.print(line)
      })
      const file = manifest === 'clients.yaml' ? '' : ` --manifest ${manifest}`
      const again = `psc login ${subject.key}${file}`
      world.note(
        `Then, before ${expiresAt.toISOString()}:\n  ${again} --callback-url '<the address that the browser ended on>'`,
      )
    },
    granted({ key, profile }, _signIn, { grant, problems }) {
      const holder = [grant.identificationType, grant.identification].filter(Boolean).join(' ')
      world.print(`granted    ${grant.scope ?? '(not said)'}`)
      world.print(`holder     ${holder || '(not said)'}`)
      world.print(`lifetime   ${grant.lifetime ?? '(not said)'}`)
      for (const problem of problems) world.print(`problem    ${problem}`)
      world.print(
        problems.length === 0
          ? `The sign-in of ${key} at ${profile.name} works.`
          : `${key} at ${profile.name} obtained a token, but not as the document promises.`,
      )
    },
    failed(error) {
      world.note(`psc login: ${error.message}`)
    },
  }
}

/** One document on standard output, whatever happens. */
function jsonReport(world: LoginWorld): LoginReport {
  const print = (document: object) => {
    world.print(JSON.stringify(document, undefined, 2))
  }
  const about = ({ key, profile }: LoginSubject, { redirectUri }: SignIn) => ({
    client: key,
    psc: profile.name,
    redirectUri,
  })
  return {
    begun(subject, signIn) {
      invite(subject, signIn, (line) => {
        world.note(line)
      })
    },
    waiting(subject, signIn, expiresAt) {
      print({
        status: 'waiting',
        ...about(subject, signIn),
        scope: signIn.scope,
        authorizeUrl: signIn.authorizeUrl,
        expiresAt: expiresAt.toISOString(),
      })
      world.note(caution(signIn))
    },
    granted(subject, signIn, { grant, problems }) {
      const status = problems.length === 0 ? 'granted' : 'problem'
      print({ status, ...about(subject, signIn), ...grant, problems })
    },
    failed(error) {
      print(failedDocument(error))
    },
  }
}

function invite({ key, profile }: LoginSubject, signIn: SignIn, say: (line: string) => void): void {
  say(`${key} at ${profile.name}, scope ${signIn.scope}, redirect URI ${signIn.redirectUri}`)
  say('')
  say(caution(signIn))
  say('')
  say('Open this address in a browser and sign in:')
  say('')
  say(signIn.authorizeUrl)
  say('')
}

function caution({ redirectUri }: SignIn): string {
  const { host } = new URL(redirectUri)
  return `The browser will end at ${host}: the application there may see the code, and if it uses the code first, this sign-in fails (invalid_grant). To avoid that, name with --redirect-uri one at which no application answers (a page that is not found is good enough), or stop the application meanwhile.`
}
