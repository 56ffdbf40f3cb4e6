import assert from 'node:assert/strict'
import { after, it } from 'node:test'
import { closeConnections } from '../../../provider/http/connections.ts'
import { errorAt, probe, type Reply, startAuthorize } from './support.ts'

const there = 'https://portal.exemplo.gov.br/callback'
const missing = 'https://portal.exemplo.gov.br/removido'
const client = { clientId: 'portal', uris: [missing, there] }
const proven = { isProven: true, isKnownToTell: true }

after(closeConnections)

type Server = (query: URLSearchParams, count: number) => Reply

/** Answers `there` as RFC 6749 says, and any other redirect URI in its own way. */
const honest =
  (refuse: Server): Server =>
  (query, count) =>
    query.get('redirect_uri') === there
      ? { status: 302, location: errorAt(query) }
      : refuse(query, count)

/** Servers of which nothing can be told: what they answer, and what the two URIs are called. */
const servers: Readonly<Record<string, readonly [Server, readonly string[]]>> = {
  'redirects everything to one address': [
    () => ({ status: 302, location: 'https://psc.exemplo.com.br/inicio' }),
    ['nothing', 'nothing'],
  ],
  'redirects everything to its login': [
    (query) => ({ status: 302, location: `/login?${query.toString()}` }),
    ['nothing', 'nothing'],
  ],
  'redirects everything to itself': [
    (query) => ({ status: 302, location: `/authorize?${query.toString()}` }),
    ['nothing', 'nothing'],
  ],
  'redirects everything to an error of its own': [
    () => ({ status: 302, location: '/error?error=server_error' }),
    ['nothing', 'nothing'],
  ],
  'answers everything with a page': [
    () => ({ status: 200, body: '<html><h1>Bem-vindo</h1></html>' }),
    ['nothing', 'nothing'],
  ],
  'refuses everything with one page': [
    () => ({ status: 400, body: '<h1>Pedido recusado</h1>' }),
    ['nothing', 'nothing'],
  ],
  'redirects errors to any address': [
    (query) => ({ status: 302, location: errorAt(query) }),
    ['anything', 'anything'],
  ],
  'redirects to the redirect URI with another state': [
    (query) => ({
      status: 302,
      location: errorAt(query, { state: 'another' }).replace(/state=0[^&]+&/, ''),
    }),
    ['nothing', 'nothing'],
  ],
  'redirects to the redirect URI without an error': [
    (query) => ({ status: 302, location: `${there}?state=${query.get('state') ?? ''}` }),
    ['nothing', 'nothing'],
  ],
  'redirects to an address that only begins like the redirect URI': [
    (query) => ({ status: 302, location: errorAt(query).replace('?', '-2?') }),
    ['nothing', 'nothing'],
  ],
  'names the redirect URI in Location without redirecting': [
    (query) => ({ status: 200, location: errorAt(query) }),
    ['nothing', 'nothing'],
  ],
  'knows no authorize': [() => ({ status: 404 }), ['nothing', 'nothing']],
  'asks to come back later': [() => ({ status: 503 }), ['unanswered', 'unanswered']],
  'answers a registered URI and fails for the others': [
    honest(() => ({ status: 500 })),
    ['unanswered', 'unanswered'],
  ],
  'answers a registered URI and closes the connection for the others': [
    honest(() => ({ status: 0 })),
    ['unanswered', 'unanswered'],
  ],
  'answers a registered URI and refuses the others as a gateway does': [
    honest(() => ({ status: 403, body: 'redirect_uri: blocked' })),
    ['nothing', 'nothing'],
  ],
  'refuses a URI in other words than a random path': [
    honest((query) => ({
      status: 400,
      body: query.get('redirect_uri') === missing ? 'scope: ?' : 'redirect_uri: ?',
    })),
    ['nothing', 'registered'],
  ],
  'refuses a URI once': [
    honest((query, count) =>
      count > 4 && query.get('redirect_uri') === missing
        ? { status: 302, location: errorAt(query) }
        : { status: 400 },
    ),
    ['nothing', 'registered'],
  ],
  'begins to refuse everything while it is probed': [
    (query, count) => (count < 4 ? honest(() => ({ status: 400 }))(query, count) : { status: 400 }),
    ['nothing', 'registered'],
  ],
}

for (const [what, [reply, expected]] of Object.entries(servers)) {
  it(`No redirect URI is called missing at a server that ${what}`, async () => {
    await using server = await startAuthorize(reply)
    const { authorize } = server
    assert.deepEqual(await probe({ ...client, authorize }), expected)
    const again = await probe({ ...client, ...proven, authorize })
    assert.ok(!again.includes('not registered'), again.join())
  })
}

it('No redirect URI is called missing at a server that refuses most requests for their rate', async () => {
  await using server = await startAuthorize((query, count) =>
    count % 3 === 1 && !(query.get('redirect_uri') ?? '').includes('br/0')
      ? { status: 302, location: errorAt(query) }
      : { status: 400, body: 'redirect_uri, or too many requests' },
  )
  const { authorize } = server
  const results = await probe({ ...client, authorize })
  assert.deepEqual(results.toSorted(), ['nothing', 'registered'])
})

it('No redirect URI of a client is called missing once the server has refused a registered one', async () => {
  let found = 0
  await using server = await startAuthorize((query) => {
    const isThere = query.get('redirect_uri') === there
    // It redirects the first request, and eleven of the twelve that are to show that the two others are missing.
    return isThere && (found += 1) < 13
      ? { status: 302, location: errorAt(query) }
      : { status: 400 }
  })
  const { authorize } = server
  const uris = [missing, `${missing}/2`, there]
  assert.deepEqual(await probe({ ...client, uris, authorize }), [
    'nothing',
    'nothing',
    'registered',
  ])
  assert.equal(found, 13)
})

/** Servers that take another form of a registered URI for the URI: how they compare, and where the error goes. */
const forms: Readonly<Record<string, (uri: string) => string>> = {
  'without case': (uri) => uri.toLowerCase(),
  'without the final slash': (uri) => uri.replace(/\/$/, ''),
}

for (const [how, form] of Object.entries(forms)) {
  it(`No redirect URI is called missing at a server that compares ${how} and redirects all else to a default address`, async () => {
    await using server = await startAuthorize((query) => {
      const uri = form(query.get('redirect_uri') ?? '')
      const state = query.get('state') ?? ''
      const to = uri === there || uri === missing ? uri : there
      return { status: 302, location: errorAt(new URLSearchParams({ redirect_uri: to, state })) }
    })
    const { authorize } = server
    const asDeclared = ['/CALLBACK', '/callback/']
    const uris = [...asDeclared.map((path) => `https://portal.exemplo.gov.br${path}`), missing]
    const called = await probe({ ...client, ...proven, uris, authorize })
    for (const [index, uri] of uris.entries()) {
      if ([there, missing].includes(form(uri))) assert.notEqual(called[index], 'not registered')
    }
    assert.equal(called[2], 'registered')
  })
}

/** Starts a server that refuses `client` in these words, whatever its redirect URI, and other clients in others. */
const startRefusing = (body: string) =>
  startAuthorize((query) => ({
    status: 400,
    body:
      query.get('client_id') === client.clientId
        ? body.replace('$uri', query.get('redirect_uri') ?? '')
        : 'A aplicação não existe',
  }))

/** What a server may say of a client or of a request, and why the redirect URI is then not told. */
const otherRefusals: Readonly<Record<string, 'client' | 'nothing'>> = {
  'A aplicação está bloqueada': 'client',
  'Esta aplicação está suspensa. Você será redirecionado em 5 segundos.': 'client',
  'Cliente inativo. Clique aqui para voltar à URL de retorno.': 'client',
  'O acesso desta aplicação foi desativado: redirect_uri indisponível.': 'client',
  'This client was suspended. You will be redirected in 5 seconds.': 'client',
  'O cadastro expirou. Você será redirecionado em 5 segundos.': 'nothing',
  'Payment is due. You will be redirected to the portal.': 'nothing',
  'request_uri is required': 'nothing',
}

for (const [body, doubt] of Object.entries(otherRefusals)) {
  it(`No redirect URI of a proven client is called missing that a server refuses with "${body}"`, async () => {
    await using server = await startRefusing(body)
    const { authorize } = server
    assert.deepEqual(await probe({ ...client, ...proven, authorize }), [doubt, doubt])
  })
}

/** The words of each server that was tried, of our emulator, and of others. */
const refusalsOfUri: Readonly<Record<string, string>> = {
  Keycloak: 'Invalid parameter: redirect_uri',
  'oidc-provider': "redirect_uri did not match any of the client's registered redirect_uris",
  Hydra:
    "The 'redirect_uri' parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls.",
  Spring: '[invalid_request] OAuth 2.0 Parameter: redirect_uri',
  'django-oauth-toolkit': 'Error: invalid_request Mismatching redirect URI.',
  Authlib: 'Redirect URI $uri is not supported by client.',
  'our emulator': 'A redirect_uri informada não está cadastrada para esta aplicação.',
  Auth0: 'Callback URL mismatch.',
  'a Portuguese server': 'URL de retorno inválida.',
  'another Portuguese server': 'O endereço de redirecionamento não está cadastrado.',
}

for (const [who, body] of Object.entries(refusalsOfUri)) {
  it(`The redirect URIs of a proven client are missing that are refused in the words of ${who}`, async () => {
    await using server = await startRefusing(body)
    const { authorize } = server
    assert.deepEqual(await probe({ ...client, ...proven, authorize }), [
      'not registered',
      'not registered',
    ])
  })
}

it('No redirect URI is called missing that a gateway refuses for its host', async () => {
  const local = 'http://127.0.0.1:3000/callback'
  await using server = await startAuthorize((query) => {
    const uri = query.get('redirect_uri') ?? ''
    if (uri.includes('127.0.0.1')) return { status: 400, body: 'Blocked' }
    return honest(() => ({ status: 400, body: 'redirect_uri' }))(query, 0)
  })
  const { authorize } = server
  assert.deepEqual(await probe({ ...client, uris: [local, there], authorize }), [
    'nothing',
    'registered',
  ])
})

it('A redirect URI is told by an answer that differs only in times and numbers, or repeats the request', async () => {
  const page = (query: URLSearchParams, count: number) =>
    `<p nonce="n${count}">Pedido ${count}: a redirect_uri &quot;${(query.get('redirect_uri') ?? '').replaceAll('/', '&#x2F;')}&quot; é inválida</p>`
  await using server = await startAuthorize(
    honest((query, count) => ({ status: 400, body: page(query, count) })),
  )
  const { authorize } = server
  assert.deepEqual(await probe({ ...client, authorize }), ['not registered', 'registered'])
})

it('A registered redirect URI is recognised in the normal form in which a server redirects to it', async () => {
  const uris = ['https://PORTAL.exemplo.gov.br', 'https://portal.exemplo.gov.br/início?a=b c']
  await using server = await startAuthorize((query) =>
    uris.includes(query.get('redirect_uri') ?? '')
      ? { status: 303, location: errorAt(query) }
      : { status: 400 },
  )
  const { authorize } = server
  assert.deepEqual(await probe({ ...client, uris, authorize }), ['registered', 'registered'])
})

it('The probe never asks for push://, a holder or a page, and sends what RFC 6749 needs', async () => {
  await using server = await startAuthorize(honest(() => ({ status: 400 })))
  const { authorize, asked } = server
  assert.deepEqual(await probe({ ...client, uris: ['push://', there], authorize }), [
    'scheme',
    'registered',
  ])
  for (const query of asked) {
    assert.ok(!query.get('redirect_uri')?.startsWith('push'))
    assert.ok(!query.has('login_hint'))
    assert.equal(query.get('prompt'), 'none')
    assert.equal(query.get('response_type'), 'code')
    // RFC 7636, section 4.2.
    assert.match(query.get('code_challenge') ?? '', /^[\w-]{43}$/)
    assert.notEqual(query.get('code_challenge_method'), 'S256')
  }
  const states = new Set(asked.map((query) => query.get('state')))
  assert.equal(states.size, asked.length)
})

it('A PSC that fails for three clients in a row gets no more requests in a run', async () => {
  let isDown = true
  await using server = await startAuthorize((query) =>
    isDown ? { status: 429, retryAfter: 3600 } : honest(() => ({ status: 400 }))(query, 0),
  )
  const { authorize, asked } = server
  const run = {}
  const ask = () => probe({ ...client, authorize }, run)
  assert.deepEqual(await ask(), ['unanswered', 'unanswered'])
  isDown = false
  assert.deepEqual(await ask(), ['not registered', 'registered'])
  isDown = true
  for (let count = 0; count < 3; count++)
    assert.deepEqual(await ask(), ['unanswered', 'unanswered'])
  const { length } = asked
  isDown = false
  assert.deepEqual(await ask(), ['unanswered', 'unanswered'])
  assert.equal(asked.length, length)
})
