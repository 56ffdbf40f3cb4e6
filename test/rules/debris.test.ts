import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import { validateCredential } from '../../provider/rules/client.ts'
import { judge, verdicts } from './support/judge.ts'

const output =
  'Calling [toString] on an [Output<T>] is not supported.\n\nTo get the value of an Output<T> as an Output<string> consider either:\n1: o.apply(v => `prefix${v}suffix`)'

const placeholders = [
  '${X}',
  '${{ secrets.X }}',
  '$(X)',
  '$X',
  '$env:X',
  '{{ x }}',
  '%CLIENTE%',
  '<client_id>',
  '#{X}#',
  '__X__',
  '@@X@@',
  '[[X]]',
  '((x))',
  'CHANGE_ME',
  'changeme',
  'TODO',
  'xxxx',
  'your-client-id',
  'seu-client-id',
  'PREENCHER',
  'REPLACE_ME',
  '[object Object]',
  'undefined',
  'null',
  'NaN',
  '<no value>',
  '%!s(MISSING)',
  '"${X}"',
  '\\${X}',
  '${A}${B}',
  '$[X]',
  '{% x %}',
  '<%= x %>',
  '<<X>>',
  '%{X}',
  '@X@',
  'CHANGE-ME-PLEASE',
  'insert-your-secret-here',
  'A_DEFINIR',
  'substituir',
  'TODO: pedir à equipe',
  '***',
  '[REDACTED]',
  'xxxx-xxxx-xxxx',
  '$ENV{X}',
  '$((X))',
  '!SEGREDO!',
  '$%7BX%7D',
  '%7B%7Bx%7D%7D',
  'changeme123!',
  'PLACEHOLDER_SECRET',
  'COLE_AQUI_O_SEGREDO',
  'segredo_aqui',
  'informe o valor',
  'insert secret here',
  'to be defined',
  '(null)',
  '(sensitive)',
  'Calling __str__ on an Output[T] is not supported.',
  'Output<string>',
  'function () {}',
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  'a&amp;b',
  'a\\u0026b',
  '{$x}',
  '{!x!}',
  '{!! x !!}',
  '<?= x ?>',
  '[% x %]',
  '%(x)s',
  '%env(X)%',
  '*{x}',
  '%%X%%',
  '::X::',
  '$x$',
  '$$X',
  '<#X#>',
  '<path:kv/x#y>',
  '{0}',
  '{}',
  '%s',
  '%1$s',
  '__psc.x__',
  'VARIABLE IS NOT DEFINED!',
  'AnsibleUndefined',
  '__omit_place_holder__8f3a',
  'n/d',
  'map[a:b]',
  '&{x}',
  '{0xc000123}',
  'System.String[]',
  'java.lang.Object@1b2c',
  "SecretStr('***')",
  '(redacted)',
  '[MASKED]',
  'secret_here',
  'dummy',
  '$Env:X',
  'to-be-filled',
  '-',
  '$[[ inputs.x ]]',
  '{{- .Values.x -}}',
  '#{X | ToBase64}',
  '{{resolve:ssm:x:1}}',
]

/** What stands for a secret in another tool, or holds it among other things. */
const ofOtherTools = [
  'env:PORTAL_SECRET',
  'op://cofre/portal/secret',
  'arn:aws:secretsmanager:sa-east-1:000000000000:secret:portal',
  'projects/p/secrets/portal/versions/1',
  'ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAA,type:str]',
  '@Microsoft.KeyVault(SecretUri=https://cofre.exemplo.br/secrets/portal)',
  'process.env.PORTAL_SECRET',
  'os.environ["PORTAL_SECRET"]',
  '{"client_secret":"not-a-secret"}',
  'PORTAL_SECRET=not-a-secret',
  'export PORTAL_SECRET=not-a-secret',
  '<!DOCTYPE html><title>502</title>',
  '-----BEGIN PRIVATE KEY-----',
  'Bearer not-a-secret',
  '$(cat /run/secrets/portal)',
  'client_secret',
  'PORTAL_SECRET',
  '{ env: PORTAL_SECRET }',
  'env: PORTAL_SECRET',
  'ssm:/portal/secret',
  'gcpsm://projeto/portal',
  'https://portal.exemplo.gov.br/callback',
  'secrets.PORTAL',
  'os.getenv("PORTAL_SECRET")',
  '/run/secrets/portal',
  'segredo.txt',
  'cat /run/secrets/portal',
  '-n not-a-secret',
  'Error: no secret with this name',
  'bash: vault: command not found',
  '404 page not found',
  'clientSecret: not-a-secret',
  'not-a-secret\\n',
  'var.client_secret',
  'module.psc["a"].secret',
  'local.segredo',
  'random_password.psc.result',
  'credentials("psc")',
  'config.requireSecret("portal")',
  '>>vault:kv/psc#x',
  'aws:secretsmanager:psc',
  'secret/data/psc#client_secret',
  '/aws/reference/secretsmanager/psc',
  '{cipher}AAAA',
  '{aes}AAAA',
  '{bcrypt}$2a$10$AAAA',
  '$ANSIBLE_VAULT;1.1;AES256',
  'secure: v1:AAAAAAAAAAAAAAAA:AAAA',
  'k8s:enc:aescbc:v1:chave:AAAA',
  'age-encryption.org/v1',
  '["not-a-secret"]',
  "{'secret': 'not-a-secret'}",
  '{secret: not-a-secret}',
  'Output.of(x)',
  'jq: error: invalid',
  'parse error: Invalid numeric literal',
  'not-a-secret\\r\\n',
  'not-a-secret%0A',
  'SECRET_PORTAL',
  'portalSecret',
  'gAAAAAB'.padEnd(120, 'x'),
  // Base64 of a line.
  Buffer.from('not-a-secret\n').toString('base64'),
]

/** Names and comments as Brazilian applications have them. */
const ordinaryNames = [
  'Informe de Rendimentos',
  'Informe o valor do benefício e assine',
  'Informe seu CPF',
  'Informe',
  'Alterar cadastro de cliente',
  'Altere pelo portal os dados do contrato',
  'Altere seu cadastro',
  'Preencher formulário',
  'Preencha o formulário e assine',
  'Definir metas',
  'Definir procurador',
  'Trocar senha',
  'Substituir procuração',
  'Inserir documentos',
  'Insira aqui os documentos do processo',
  'Coloque seu documento na fila de assinatura',
  'Todo o Brasil',
  'Todos por Pernambuco',
  'Use the portal',
  'Use your certificate to sign contracts',
  'Add your signature here',
  'Put the documents here',
  'Change it: alterações contratuais',
  'Seu ID Digital',
  'Seu App do Cidadão',
  'Sua Senha Web',
  'Senha Web',
  'O Segredo',
  'Segredo de Justiça',
  'Redação Oficial',
  'Nulidade de Atos',
  'Undefined behavior: aulas',
  'Chave Pix & Token',
  'SEI! Assinatura',
  'Nota Fiscal (NF-e)',
  'Taxas em R$ e descontos de 10% a 50% por ano',
  'Diário Oficial [versão de homologação]',
  'Prazo < 10 dias > 5 dias',
  'Contrato nº 12/2026 - 2ª via',
  '[SEI] Processos',
  '[SEI]',
  'App (teste)',
  'Sistema "X"',
  'Cadastro @Casa',
  'AC/RS: Portal',
  '.NET',
  'C#',
  'R$',
  'Cursos de R$ 100',
  'Comportamento undefined-like',
]

const ordinaryEmails = [
  'todo@prefeitura.exemplo.br',
  'informe@exemplo.gov.br',
  'senha@exemplo.gov.br',
  'suporte+secret@exemplo.gov.br',
  'suporte@null.exemplo.br',
  'seu-id@exemplo.gov.br',
  'alterar-cadastro@exemplo.gov.br',
  "d'avila_x@exemplo.gov.br",
]

const ordinaryPaths = [
  '/todo',
  '/secret/callback',
  '/informe-de-rendimentos/callback',
  '/__auth/callback',
  '/.auth/login/neoid/callback',
  '/nullable/undefinedness',
  '/callback?x=nulo',
  '/callback?tenant=$default',
  '/a%2Fb%20c/callback',
  '/your-id/callback',
  '/callback?a=1&amplitude=2',
  '/~usuario/callback',
  '/(portal)/callback!',
  '/undefined-terms',
  '/null',
  '/change-me-later',
  '/your-hosting/callback',
  '/seu-pscicologo/callback',
  '/a$B/callback',
]

/** As random generators make them: base64, base64url, hexadecimal, a UUID, and printable ASCII. */
const ordinarySecrets = [
  'c2Vuc2l0aXZlLW5vdC1yZWFsLXNlY3JldA==',
  'mX9_-kQ2vT7-pLr0_Zs8aBc',
  '9f86d081884c7d659a2feaa0c55ad015',
  '0b0e5f0c-3f0a-4d38-9d8b-8f6e2a1c7d54',
  'K7%pQ<2x>{z}#R[w]$T',
  'change4Me2Zq',
  'todoQx93',
  'a$b$C{d}',
  '__pQ2z__x',
  'x{3}%7Bq',
  'Null0nil9',
  'secretariat-9x',
  '$2b$12$R9h',
  '@pQ2@z',
  'k7Gq!x%Zp$R',
  'p@ss${w',
  'x$y$z',
  '#abc#',
  'q%41%42',
  '~!@#$%^&*()_+',
  '$1$abcdefgh$x',
  'aB$cD%eF',
  'a[b]',
  '{SHA}YWJj',
  'pass:word',
  'x;y',
  'a,b',
  '<abc',
  'a<b>c',
  'K*{[(<x>)]}',
  '%d-%m',
  'TODO123',
  'abc;',
  'Zm9vYmFy',
  'bcd-map[',
  '&{Nvl#QN@MjSA',
  'System9',
  '2b1f.c9e.x',
]

describe('debris of tools', () => {
  for (const text of [output, ...placeholders]) {
    test(`The text ${inspect(text.slice(0, 30))} is refused as an id, a secret and its reference`, () => {
      const client = {
        clientId: text,
        clientSecret: { env: text },
        previousClientSecret: text,
        email: text,
        redirectUris: [text],
      }
      assert.deepEqual(verdicts(client), [
        'error clientId ERR_PSC_PLACEHOLDER',
        'error clientSecret.env ERR_PSC_PLACEHOLDER',
        'error previousClientSecret ERR_PSC_PLACEHOLDER',
        'error email ERR_PSC_PLACEHOLDER',
        'error redirectUris[0] ERR_PSC_PLACEHOLDER',
      ])
      assert.equal(validateCredential({ clientId: 'a', clientSecret: text }).length, 1)
    })
  }

  for (const clientSecret of ofOtherTools) {
    test(`The text ${inspect(clientSecret)} is refused as a secret`, () => {
      assert.deepEqual(verdicts({ clientSecret }), ['error clientSecret ERR_PSC_PLACEHOLDER'])
    })
  }

  test('A reference may have the name of the field, and an id may begin with my', () => {
    for (const name of ['CLIENT_SECRET', 'MY_CLIENT_SECRET', 'SECRET', 'env.txt', 'segredos.a']) {
      for (const kind of ['env', 'file', 'config']) {
        assert.deepEqual(verdicts({ clientSecret: { [kind]: name } }), [])
      }
    }
    assert.deepEqual(verdicts({ clientId: 'my-client' }), [])
  })

  test('A reference with what only a shell expands, or with an address, is refused', () => {
    for (const file of ['~/segredo', '$HOME/segredo', '${HOME}/segredo', 'file:///run/segredo']) {
      assert.deepEqual(verdicts({ clientSecret: { file } }), [
        'error clientSecret.file ERR_PSC_PLACEHOLDER',
      ])
    }
  })

  for (const text of ordinaryNames) {
    test(`The name or comment ${inspect(text)} is accepted without a warning`, () => {
      for (const each of [text, text.toUpperCase()]) {
        assert.deepEqual(verdicts({ name: each, comments: each }), [])
      }
    })
  }

  for (const text of [
    'CHANGE_ME',
    'A DEFINIR',
    'TODO',
    'TODO: pedir à equipe',
    'PREENCHER',
    '***',
    'Portal CHANGE_ME',
    'Portal (REPLACE_ME)',
    'Portal undefined',
    'Portal $AMBIENTE',
    'Portal de $AMBIENTE.',
  ]) {
    test(`The name or comment ${inspect(text)} is warned of`, () => {
      assert.deepEqual(verdicts({ name: text, comments: text }), [
        'warning name WARN_PSC_PLACEHOLDER',
        'warning comments WARN_PSC_PLACEHOLDER',
      ])
    })
  }

  test('Addresses, e-mail addresses and secrets that look like real ones are accepted', () => {
    for (const email of ordinaryEmails) assert.deepEqual(verdicts({ email }), [], email)
    for (const clientSecret of ordinarySecrets) {
      assert.deepEqual(verdicts({ clientSecret }), [], clientSecret)
    }
    for (const path of ordinaryPaths) {
      const redirectUris = [`https://portal.exemplo.gov.br${path}`]
      assert.deepEqual(verdicts({ redirectUris }), [], path)
    }
  })

  test('A text that is longer than every limit is refused for its length', () => {
    assert.deepEqual(verdicts({ name: '${X}'.repeat(3_000) }), ['error name ERR_PSC_TOO_LONG'])
  })

  test('A name, an id, a host and a reference may begin with a verb of a template', () => {
    for (const name of ['Informe de Rendimentos', 'Alterar cadastro', 'Todo cidadão assina']) {
      assert.deepEqual(verdicts({ name, comments: name }), [])
    }
    for (const id of ['informe-rendimentos', 'definir-procurador', 'add-in-office', 'a__Q__b']) {
      const host = `${id}.exemplo.gov.br`
      const client = {
        clientId: id,
        clientSecret: { env: `${id.toUpperCase().replaceAll('-', '_')}_SECRET` },
        email: `${id}+avisos@exemplo.gov.br`,
        ...(!id.includes('__') && { certificate: { hosts: ['portal.exemplo.gov.br', host] } }),
      }
      assert.deepEqual(verdicts(client), [])
    }
  })

  test('A client id may be the word todo or none', () => {
    for (const clientId of ['todo', 'none', 'portal.change']) {
      assert.deepEqual(verdicts({ clientId }), [], clientId)
    }
  })

  test('A word of a template, or a variable, as a part of a value is refused', () => {
    for (const uri of [
      'https://CHANGE_ME/callback',
      'https://changeme.exemplo.gov.br/callback',
      'https://seu-dominio.gov.br/callback',
      'https://your-domain.com/callback',
      'https://portal.exemplo.gov.br/$AMBIENTE/cb',
      'https://portal.exemplo.gov.br/cb?ambiente=$AMBIENTE',
      'https://$HOST/cb',
      'https://portal.exemplo.gov.br/replace-me',
    ]) {
      const expected = ['error redirectUris[0] ERR_PSC_PLACEHOLDER']
      assert.deepEqual(verdicts({ redirectUris: [uri] }), expected, uri)
    }
    for (const email of ['CHANGE_ME@exemplo.gov.br', 'suporte@seu-dominio.gov.br']) {
      assert.deepEqual(verdicts({ email }), ['error email ERR_PSC_PLACEHOLDER'], email)
    }
    assert.deepEqual(
      verdicts({ certificate: { hosts: ['portal.exemplo.gov.br', 'seu-dominio.gov.br'] } }),
      ['error certificate.hosts[1] ERR_PSC_PLACEHOLDER'],
    )
  })

  test('A missing value as text inside of an address is refused', () => {
    for (const uri of ['/undefined/callback', '/null/callback', '/a?x=undefined']) {
      const redirectUris = [`https://portal.exemplo.gov.br${uri}`]
      assert.deepEqual(verdicts({ redirectUris }), ['error redirectUris[0] ERR_PSC_PLACEHOLDER'])
    }
    assert.deepEqual(verdicts({ email: 'suporte@undefined' }), ['error email ERR_PSC_PLACEHOLDER'])
  })

  test('A placeholder inside of an id, a host, an e-mail address or a redirect URI is refused', () => {
    assert.deepEqual(
      verdicts({
        clientId: 'portal-${X}',
        email: 'suporte@{{ dominio }}',
        redirectUris: ['https://portal.exemplo.gov.br/${AMBIENTE}/callback'],
        certificate: { hosts: ['portal.exemplo.gov.br', '<host>.exemplo.gov.br'] },
      }),
      [
        'error clientId ERR_PSC_PLACEHOLDER',
        'error email ERR_PSC_PLACEHOLDER',
        'error redirectUris[0] ERR_PSC_PLACEHOLDER',
        'error certificate.hosts[1] ERR_PSC_PLACEHOLDER',
      ],
    )
  })

  test('A placeholder in a declared name of a certificate is refused, and one in an issued certificate is only warned of', () => {
    const hosts = ['portal.exemplo.gov.br', '${HOST}.exemplo.gov.br']
    assert.deepEqual(verdicts({ certificate: { hosts } }), [
      'error certificate.hosts[1] ERR_PSC_PLACEHOLDER',
    ])
    assert.deepEqual(verdicts({ certificate: { hosts, fingerprint256: 'AA' } }), [
      'warning certificate.hosts[1] WARN_PSC_CERTIFICATE_NAME',
    ])
  })

  test('A name or a comment with the text of an Output is refused, and one with a placeholder is warned of', () => {
    const comments = `Assinatura (${output})`
    assert.deepEqual(verdicts({ comments }), ['error comments ERR_PSC_PLACEHOLDER'])
    assert.match(judge({ comments })[0]?.message ?? '', /pulumi\.interpolate/)
    assert.deepEqual(verdicts({ name: 'Portal ${AMBIENTE}' }), [
      'warning name WARN_PSC_PLACEHOLDER',
    ])
  })

  test('A warning of a placeholder hides no error of the same value', () => {
    assert.deepEqual(verdicts({ name: '${X}'.repeat(100) }), [
      'warning name WARN_PSC_PLACEHOLDER',
      'error name ERR_PSC_TOO_LONG',
    ])
  })

  test('Several URIs in one text, or a separator at its end, are refused', () => {
    const uri = 'https://portal.exemplo.gov.br/callback'
    for (const text of [
      `${uri},${uri}`,
      `${uri}; ${uri}`,
      `${uri} ${uri}`,
      `${uri},`,
      `${uri};`,
      `${uri}?a=b,${uri}`,
      `${uri},/renovar`,
      `${uri}; /renovar`,
      `${uri},portal.exemplo.gov.br/renovar`,
      `${uri}${uri}`,
      `${uri}%2C${uri}`,
      `${uri}\\n${uri}`,
      `["${uri}","${uri}"]`,
    ]) {
      assert.deepEqual(verdicts({ redirectUris: [text] }), [
        'error redirectUris[0] ERR_PSC_SEVERAL_URIS',
      ])
    }
  })

  test('A random secret that contains the signs of placeholders is accepted', () => {
    const signs = [
      'a${b}c',
      'x<y>z',
      '%41%42%',
      'p{{q}}$(R)',
      '$2b$10$abc',
      '__a',
      '$abc',
      'QUJDRA==',
      '/abc/def+g=',
      'p\\n4q',
      'sh:Lq&U;amp',
      'PORTAL-SECRET',
      'FXSwr_v2D=(h',
    ]
    for (const clientSecret of signs) assert.deepEqual(verdicts({ clientSecret }), [])
  })

  test('Percent-encodings, a URI in a query and commas in a path are accepted', () => {
    for (const rest of [
      'proxy/https://exemplo.gov.br/',
      'a%20b%C3%A3',
      'a,b;c',
      'a,b/c',
      'a/-23.5,-46.6/c',
      'a;v=1.2/c',
      'a?itens=/b,/c',
      'a?next=https://portal.exemplo.gov.br/b',
      '$x',
    ]) {
      const redirectUris = [`https://portal.exemplo.gov.br/${rest}`]
      assert.deepEqual(verdicts({ redirectUris }), [])
    }
  })

  test('No message about debris repeats a secret', () => {
    for (const clientSecret of ['${SEGREDO_NOVO}', '<SEGREDO_NOVO>']) {
      assert.ok(!JSON.stringify(judge({ clientSecret })).includes('SEGREDO_NOVO'))
    }
  })
})
