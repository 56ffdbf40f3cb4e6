import { countIn } from '../language.ts'

const count = countIn('en')
const clients = (n: number): string => count(n, 'client', 'clients')
const uris = (n: number): string => count(n, 'redirect URI', 'redirect URIs')
const days = (n: number): string => count(n, 'day', 'days')

/** The words of a report in English, which are the source of every other language. */
export const en = {
  title: 'OAuth clients at Brazilian PSCs',
  ofStacks: (names: string) => `Stacks: ${names}`,
  generated: (date: string, zone: string) =>
    `Made on ${date}. All dates are in the time zone ${zone}.`,
  sources: 'Made from',
  sourceKinds: { manifest: 'manifest', state: 'state', preview: 'preview', verify: 'verification' },
  contents: 'Contents',
  skip: 'Skip to the report',
  none: 'none',
  unknown: 'unknown',
  notYetKnown: 'known after it is applied',

  overview: 'At a glance',
  willChange: 'What this change does',
  noPreview: 'No preview was given, so this report shows no changes.',
  noChanges: 'This change touches no client.',
  refused: (n: number) =>
    `The preview failed: ${count(n, 'problem stops', 'problems stop')} this change. What it had not reached is not shown.`,
  losing: (n: number) => `${uris(n)} will go. Sign-ins that return there will fail.`,
  changeCounts: (n: { changed: number; added: number; leaving: number; registered: number }) =>
    [
      n.changed > 0 ? count(n.changed, 'client changes', 'clients change') : '',
      n.added > 0 ? count(n.added, 'new client', 'new clients') : '',
      n.leaving > 0 ? count(n.leaving, 'client leaves its stack', 'clients leave their stack') : '',
      n.registered > 0
        ? count(n.registered, 'application registered', 'applications registered')
        : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  inventoryCounts: (n: number, pscs: number) => `${clients(n)} at ${count(pscs, 'PSC', 'PSCs')}`,
  certificateCounts: (n: { all: number; expired: number; ending: number; days: number }) =>
    `${count(n.all, 'certificate', 'certificates')}: ${n.expired} expired, ${n.ending} within ${days(n.days)} of the end`,
  nextEnd: (date: string) => `The next one ends on ${date}.`,
  verifiedCounts: (n: { ok: number; failed: number; unknown: number }) =>
    `Verified: ${n.ok} work, ${n.failed} failed, ${n.unknown} without a result`,
  warningCount: (n: number) => count(n, 'warning', 'warnings'),
  noWarnings: 'No warnings.',
  clients,

  refusals: 'Why the preview failed',
  changes: 'Changes',
  changeKinds: {
    new: 'New in the stack',
    changed: 'Changed',
    leaves: 'Leaves the stack',
    registers: 'Registers an application',
  },
  newNote:
    'The client gets exactly these values. The PSC drops every other redirect URI that it has now.',
  leavesNote: 'The client stays registered at the PSC, and its applications keep working.',
  registersNote: 'The PSC gives a new client id and a secret.',
  removedUri: 'Goes',
  removedUriNote: 'sign-ins that return there will fail',
  addedUri: 'Comes',
  newDefault: 'New default',
  before: 'before',
  after: 'after',
  changedTo: (before: string, after: string) => `${before} → ${after}`,
  hidden: 'a value that is not shown',

  warnings: 'Warnings',
  warningKinds: {
    expired: (subject: string) => `The certificate expired on ${subject}. Renew it.`,
    ends: (subject: string) => `The certificate ends on ${subject}. Renew it in time.`,
    unsettled: () =>
      'The outcome of the last write is unknown. The next `pulumi up` writes the client again.',
    missingUri: (subject: string) =>
      `The PSC does not have ${subject}. Sign-ins that return there fail.`,
    notVerified: () => 'The last verification failed: the client got no token.',
    differs: () => 'The manifest differs from what was applied. Run `pulumi up`.',
  },
  about: 'About',
  more: (n: number) => `and ${String(n)} more`,

  inventory: 'Inventory',
  byPsc: 'Clients by PSC',
  total: 'Total',
  certificates: 'Certificates by their end',
  certificateStates: {
    valid: 'valid',
    ends: 'ends soon',
    expired: 'expired',
    unknown: 'end unknown',
  },
  ends: 'Ends',
  left: 'Time left',
  daysLeft: (n: number) => (n < 0 ? `ended ${days(-n)} ago` : `${days(n)} left`),
  hosts: 'Host names',
  usedBy: 'Used by',
  credentials: 'Credentials that are verified and not managed',
  issuer: 'Issuer',
  ownAddress: 'own address',

  statuses: {
    new: 'new',
    changed: 'will change',
    leaves: 'will leave',
    applied: 'applied',
    declared: 'declared',
  },
  results: {
    ok: 'works',
    failed: 'failed',
    'not asked': 'not asked',
    'left out': 'left out: a token has side effects',
    'not available here': 'secret not available there',
  },
  neverVerified: 'no result given',
  lastOk: (date: string) => `last success: ${date}`,
  echoes: {
    same: 'as declared',
    different: 'differs from the declaration',
    none: 'this PSC echoes nothing',
  },
  unsettled: 'outcome unknown',
  notApplied: 'no state given, or not applied yet',
  inlineSecret: 'given as text, which is not shown',
  noCertificate: 'none declared',

  fields: {
    name: 'Name',
    comments: 'Description',
    email: 'Contact e-mail',
    clientSecret: 'Reference of the secret',
    previousClientSecret: 'Reference of the previous secret',
    certificate: 'Certificate',
    preflight: 'Preflight',
    address: 'Address of the PSC',
    entry: 'Name of the resource',
    stack: 'Stack',
  },
  columns: {
    stack: 'Stack',
    entry: 'Entry',
    name: 'Name',
    clientId: 'Client id',
    email: 'Contact e-mail',
    comments: 'Description',
    psc: 'PSC',
    environment: 'Environment',
    baseUrl: 'Address',
    status: 'Status',
    redirectUris: 'Redirect URIs',
    certificateHosts: 'Host names of the certificate',
    certificateEnd: 'End of the certificate',
    certificateFingerprint: 'Fingerprint of the certificate',
    secret: 'Reference of the secret',
    appliedAt: 'Applied',
    echo: 'Echo of the PSC',
    verifiedAt: 'Verified',
    verifiedResult: 'Result',
    verifiedCode: 'Code',
  },
  client: 'Client',
  what: 'What happens',
  footer:
    'Made by pulumi-psc. This page holds names and e-mail addresses of contacts, and no secret.',
  cut: (n: number) =>
    `${count(n, 'item is', 'items are')} not shown here, because a comment has at most 60,000 characters. The HTML report has all.`,
  details: (n: number) => `Details of ${clients(n)}`,
}
