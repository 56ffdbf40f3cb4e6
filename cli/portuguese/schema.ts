/** The titles, descriptions and messages of the JSON Schema, which an editor shows, in Brazilian Portuguese. */
export const schema = {
  'pulumi-psc manifest': 'Manifesto do pulumi-psc',
  'OAuth clients registered with Brazilian PSCs.':
    'Clientes OAuth cadastrados em PSCs brasileiros.',

  // pscs
  PSCs: 'PSCs',
  PSC: 'PSC',
  'Optional: other base URLs (an emulator), environments, or PSCs of your own.':
    'Opcional: outros endereços de base (um emulador), ambientes ou PSCs seus.',
  'What is different at a known PSC, or a PSC of your own that extends a known one.':
    'O que é diferente em um PSC conhecido, ou um PSC seu que estende um conhecido.',
  'The known PSC whose values it starts from; for a key that is one, that.':
    'O PSC conhecido de cujos valores ele parte; para uma chave que é um deles, esse.',
  'One of the environments of that PSC, such as homologation (default: production).':
    'Um dos ambientes desse PSC, como homologation (padrão: production).',
  'Base URL': 'Endereço de base',
  'What comes before /client_token. https; plain http for loopback addresses alone.':
    'O que vem antes de /client_token. https; http simples só para endereços de loopback.',
  'This is not an address. Begin with https://.': 'Isto não é um endereço. Comece com https://.',
  'Whether PUT /client_maintenance is there.': 'Se PUT /client_maintenance existe.',
  'Whether the answer to a maintenance request repeats what is registered now.':
    'Se a resposta a uma requisição de manutenção repete o que está cadastrado agora.',
  "Whether maintenance sets the client's secret.": 'Se a manutenção define o segredo do cliente.',
  'How the PSC registers an application.': 'Como o PSC cadastra uma aplicação.',
  'How the parameters of POST /client_token are written.':
    'Como os parâmetros de POST /client_token são escritos.',
  'Whether obtaining an application token changes anything at the PSC.':
    'Se obter um token de aplicação altera algo no PSC.',
  'Schemes of redirect URIs that the PSC adds by itself, such as push.':
    'Esquemas de URIs de redirecionamento que o PSC acrescenta por conta própria, como push.',
  'Which redirect URIs the PSC accepts: https on a host of the certificate, https on any host, or also http on this machine.':
    'Quais URIs de redirecionamento o PSC aceita: https em um host do certificado, https em qualquer host ou também http nesta máquina.',
  'Where a client sends its id and its secret: in the parameters, or in a Basic header (RFC 6749).':
    'Onde um cliente envia o seu id e o seu segredo: nos parâmetros ou em um cabeçalho Basic (RFC 6749).',
  'What is known of the deletion of a client.': 'O que se sabe sobre a exclusão de um cliente.',
  'Of every scope but signature_session.': 'De todo escopo, menos signature_session.',
  "Of signature_session, by the holder's certificate.":
    'De signature_session, conforme o certificado do titular.',
  'Whether the lists are complete. Otherwise the longest is a limit.':
    'Se as listas estão completas. Se não, o maior valor é um limite.',
  "The lifetimes of a holder's token, in seconds.":
    'As validades do token de um titular, em segundos.',
  'Whether authorize redirects errors to registered redirect URIs only.':
    'Se authorize redireciona erros só para URIs de redirecionamento cadastradas.',
  'The aud of a registration that is signed.': 'O aud de um cadastro assinado.',
  'The iss of authorization responses (RFC 9207).':
    'O iss das respostas de autorização (RFC 9207).',

  // certificates
  Certificates: 'Certificados',
  Certificate: 'Certificado',
  'Certificates that clients refer to by key.':
    'Certificados a que os clientes se referem pela chave.',
  'The certificate with which the client was registered: { file }, { pem } or { hosts }. Optional where the PSC registers without one.':
    'O certificado com que o cliente foi cadastrado: { file }, { pem } ou { hosts }. Opcional onde o PSC cadastra sem certificado.',
  'A PEM file; of a chain, the leaf is used. A relative path is relative to the manifest.':
    'Um arquivo PEM; de uma cadeia, usa-se o certificado final. Um caminho relativo parte do manifesto.',
  'The PEM text itself.': 'O próprio texto PEM.',
  'This is not the text of a PEM certificate. For a path, use file.':
    'Isto não é o texto de um certificado PEM. Para um caminho, use file.',
  'The subject alternative names of the certificate: DNS names (with wildcards as they stand in it) and IP addresses.':
    'Os nomes alternativos do certificado (subject alternative names): nomes DNS (com curingas como estão nele) e endereços IP.',
  'A key of certificates': 'Uma chave de certificates',
  'A key of `certificates`, or { file }, { pem } or { hosts } in place. Optional where the PSC registers without one.':
    'Uma chave de `certificates`, ou { file }, { pem } ou { hosts } ali mesmo. Opcional onde o PSC cadastra sem certificado.',

  // clients
  Clients: 'Clientes',
  Client: 'Cliente',
  'The clients, by the name that they have in the stack.':
    'Os clientes, pelo nome que têm na stack.',
  'A client that is registered at a PSC.': 'Um cliente cadastrado em um PSC.',
  'The PSC at which the client is registered: a known one, or a key of `pscs`.':
    'O PSC em que o cliente está cadastrado: um conhecido ou uma chave de `pscs`.',
  'Client id': 'Client id',
  'The client_id that the PSC gave to the application. It never changes.':
    'O client_id que o PSC forneceu à aplicação. Ele nunca muda.',
  'A client id has letters, digits and signs of ASCII, without a space. Copy it again.':
    'Um client id tem letras, algarismos e sinais ASCII, sem espaço. Copie-o outra vez.',
  'Client secret': 'Segredo do cliente',
  'Where the secret is: { env: NAME }, { file: path } or { config: key }. A reference is resolved only when it is used.':
    'Onde está o segredo: { env: NOME }, { file: caminho } ou { config: chave }. Uma referência só é resolvida quando é usada.',
  'A reference to the secret': 'Uma referência ao segredo',
  'The environment variable that holds the secret.': 'A variável de ambiente que contém o segredo.',
  'This is not the name of an environment variable.':
    'Isto não é o nome de uma variável de ambiente.',
  'The file that holds the secret. A relative path is relative to the manifest.':
    'O arquivo que contém o segredo. Um caminho relativo parte do manifesto.',
  "The key of the stack's configuration that holds the secret.":
    'A chave da configuração da stack que contém o segredo.',
  'The secret itself': 'O próprio segredo',
  'Not recommended: the secret is then in clear text in the manifest. Prefer { env }, { file } or { config }.':
    'Não recomendado: o segredo fica em texto claro no manifesto. Prefira { env }, { file } ou { config }.',
  'Previous client secret': 'Segredo anterior do cliente',
  'While the secret is rotated: the one that may still be in force. Applying then sets clientSecret.':
    'Durante a rotação do segredo: o que talvez ainda valha. Ao aplicar, clientSecret é definido.',
  Name: 'Nome',
  'The name that people see when they sign in. Unique across the PSC.':
    'O nome que as pessoas veem ao entrar. Único em todo o PSC.',
  Comments: 'Descrição',
  'What the application is for.': 'Para que serve a aplicação.',
  'Support e-mail': 'E-mail de suporte',
  'The address to which the PSC reports outages and new versions.':
    'O endereço a que o PSC comunica indisponibilidades e novas versões.',
  'This is not an e-mail address. Write name@domain, as in suporte@exemplo.gov.br.':
    'Isto não é um endereço de e-mail. Escreva nome@domínio, como em suporte@exemplo.gov.br.',
  'Redirect URIs': 'URIs de redirecionamento',
  "https without a fragment, at SERPRO on a host of the certificate, at some PSCs also http on this machine; sent exactly as written. The first is the PSC's default.":
    'https sem fragmento, no SERPRO em um host do certificado, em alguns PSCs também http nesta máquina; enviadas exatamente como escritas. A primeira é a padrão do PSC.',
  'This is not a redirect URI: https:// with a host, no fragment (#) and no wildcard (*).':
    'Isto não é uma URI de redirecionamento: https:// com um host, sem fragmento (#) e sem curinga (*).',
  Preflight: 'Preflight',
  'Whether a preview verifies the credential with a token. auto: if it can; required: or fail; off: never.':
    'Se um preview verifica a credencial com um token. auto: se puder; required: ou falha; off: nunca.',
  Stack: 'Stack',
  'The name of a stack has 1 to 100 letters, digits, dots, hyphens or underscores.':
    'O nome de uma stack tem de 1 a 100 letras, algarismos, pontos, hifens ou sublinhados.',
  'The stack of a fleet (pulumi-psc fleet) that this entry belongs to. Without it, the stack follows from the name of the entry.':
    'A stack de uma frota (pulumi-psc fleet) a que esta entrada pertence. Sem ela, a stack decorre do nome da entrada.',
  'The value is empty. Give one.': 'O valor está vazio. Informe um.',
  'The value is empty. Give one, or remove the key.':
    'O valor está vazio. Informe um ou remova a chave.',

  // credentials
  Credentials: 'Credenciais',
  Credential: 'Credencial',
  'Credentials that are not managed, only verified.':
    'Credenciais que não são geridas, só verificadas.',
  'A client id and a secret that are not managed, only verified.':
    'Um client id e um segredo que não são geridos, só verificados.',
  Issuer: 'Emissor',
  'motor-rce, a PSC as in `clients`, or the https URL of a token endpoint.':
    'motor-rce, um PSC como em `clients` ou a URL https de um endpoint de token.',
  'Authentication base URL': 'Endereço de base da autenticação',
  'For motor-rce: what comes before /realms/motor-rce/…':
    'Para motor-rce: o que vem antes de /realms/motor-rce/…',
  'Client authentication': 'Autenticação do cliente',
  'Where the client sends its id and its secret: body (default), or basic for an HTTP Basic header. A PSC has its own default.':
    'Onde o cliente envia o seu id e o seu segredo: body (padrão), ou basic para um cabeçalho HTTP Basic. Um PSC tem o seu próprio padrão.',
}
