/** The sentences about PSCs, their profiles and their addresses, in Brazilian Portuguese. */
export const pscs = {
  'unknown PSC {0}.': 'PSC desconhecido: {0}.',
  'A profile of your own extends a known PSC.': 'Um perfil seu estende um PSC conhecido.',
  'must be true or false': 'deve ser true ou false',
  'must be a non-empty string': 'deve ser uma string não vazia',
  'must be one of {0}': 'deve ser um destes valores: {0}',
  'must be 1 to 64 letters, digits, dots, hyphens or underscores':
    'deve ter de 1 a 64 letras, algarismos, pontos, hifens ou sublinhados',
  'must be a list of lower-case schemes without a colon, such as push; not http and not https':
    'deve ser uma lista de esquemas em minúsculas sem dois-pontos, como push; nem http nem https',
  'must be { request, session: { CPF, CNPJ }, complete }: lists of seconds, and true or false. A list of a session has at least one':
    'deve ser { request, session: { CPF, CNPJ }, complete }: listas de segundos, e true ou false. Uma lista de sessão tem ao menos um',
  'must be true, false or unknown': 'deve ser true, false ou unknown',
  'must be the name of a PSC ({0}) or a profile object.':
    'deve ser o nome de um PSC ({0}) ou um objeto de perfil.',
  'needs a name or a PSC to extend ({0}).': 'precisa de um nome ou de um PSC a estender ({0}).',
  'the base URL of "{0}" {1}.': 'o endereço de base de "{0}" {1}.',
  'the base URL of "{0}" ends in {1}, the address of one service. Give {2}.':
    'o endereço de base de "{0}" termina em {1}, o endereço de um só serviço. Informe {2}.',
  'the PSC "{0}" needs a baseUrl.': 'o PSC "{0}" precisa de um baseUrl.',
  '"{0}" has no environments: give a baseUrl.': '"{0}" não tem ambientes: informe um baseUrl.',
  'environment must be one of {0}; for another, give its baseUrl.':
    'environment deve ser um destes: {0}; para outro, informe o baseUrl.',

  // What a PSC can do
  '{0} has no documented service that changes a client: change it where it was registered. Declare a TokenCredential to verify it. If your PSC has one, {1}.':
    '{0} não tem um serviço documentado que altere um cliente: altere-o onde ele foi cadastrado. Declare um TokenCredential para verificá-lo. Se o seu PSC tem o serviço, {1}.',
  '{0} does not let a client change its secret. Ask its support for a new one, store it where clientSecret refers to, and remove previousClientSecret.':
    '{0} não permite que um cliente troque o seu segredo. Peça um novo ao suporte, guarde-o onde clientSecret indica e remova previousClientSecret.',
  '{0} has no documented service that registers a client: its credentials come from its web panel or its support. Declare a PscClient or a TokenCredential with them. If your PSC has one, {1}.':
    '{0} não tem um serviço documentado que cadastre um cliente: as credenciais vêm do painel web ou do suporte. Declare com elas um PscClient ou um TokenCredential. Se o seu PSC tem o serviço, {1}.',
  '{0} registers by a signed text, whose audience ("aud") is unknown. Set audience in the profile to the value in the PSC\'s documents.':
    '{0} cadastra por um texto assinado, cuja audiência ("aud") é desconhecida. Defina audience no perfil com o valor dos documentos do PSC.',
  '{0} registers by a certificate, so its names are not enough. Give { file } or { pem }.':
    '{0} cadastra por um certificado, por isso os nomes dele não bastam. Informe { file } ou { pem }.',
  '{0} registers without a signature and does not need it. Remove it.':
    '{0} cadastra sem assinatura e não precisa deste campo. Remova-o.',
  "{0} registers by a text signed with the certificate's key. Give { env: NAME }, { file: PATH } or { config: KEY }.":
    '{0} cadastra por um texto assinado com a chave do certificado. Informe { env: NOME }, { file: CAMINHO } ou { config: CHAVE }.',
  'the value is the key itself, which would be stored in the state. Give { env: NAME }, { file: PATH } or { config: KEY }.':
    'o valor é a própria chave, que seria gravada no estado. Informe { env: NOME }, { file: CAMINHO } ou { config: CHAVE }.',
  '{0} adds {1}:// by itself. Remove it.': '{0} acrescenta {1}:// por conta própria. Remova-a.',
  'set it in the profile: psc {0}, or {1} under pscs.{2} of the manifest':
    'defina isso no perfil: psc {0}, ou {1} em pscs.{2} do manifesto',
  'set {0} in its profile, or under pscs.{1} of the manifest':
    'defina {0} no perfil dele, ou em pscs.{1} do manifesto',
  '{0} has not confirmed {1}. Compare this with its documents. Values that you set in a profile, or under pscs in the manifest, count as confirmed.':
    '{0} não confirmou {1}. Compare com os documentos dele. Valores que você define em um perfil, ou em pscs no manifesto, contam como confirmados.',
  'If {0} accepts http on this machine, {1}.': 'Se {0} aceita http nesta máquina, {1}.',
  "The PSC's documents describe how to delete it, if no application uses it.":
    'Os documentos do PSC descrevem como excluí-lo, se nenhuma aplicação o usa.',
  'No known document describes a deletion. Ask its support, if no application uses it.':
    'Nenhum documento conhecido descreve uma exclusão. Consulte o suporte, se nenhuma aplicação o usa.',
  'It is not known how this PSC deletes it. Ask its support, if no application uses it.':
    'Não se sabe como este PSC o exclui. Consulte o suporte, se nenhuma aplicação o usa.',

  // Issuers and addresses
  'Only the issuer motor-rce has an authBaseUrl. Remove it.':
    'Só o emissor motor-rce tem um authBaseUrl. Remova-o.',
  'The address {0}.': 'O endereço {0}.',
  'An issuer is motor-rce, a PSC, or the https URL of a token endpoint.':
    'Um emissor é motor-rce, um PSC ou a URL https de um endpoint de token.',
  'The address of motor-rce is missing. Give the one that you got.':
    'Falta o endereço de motor-rce. Informe o que você recebeu.',
  'The address of motor-rce must be a URL as a string.':
    'O endereço de motor-rce deve ser uma URL em uma string.',
  'The address contains {0}. Give only {1}.': 'O endereço contém {0}. Informe só {1}.',
  'contains {0}. Remove it': 'contém {0}. Remova esse caractere',
  'holds several addresses, or ends in a separator. Give one address':
    'tem vários endereços ou termina em um separador. Informe um só endereço',
  'is not a URL': 'não é uma URL',
  'does not have exactly two slashes and a host after its scheme, or has a backslash. Write https://host/path':
    'não tem exatamente duas barras e um host depois do esquema, ou tem uma barra invertida. Escreva https://host/caminho',
  'has a host that is not a DNS name. Correct it': 'tem um host que não é um nome DNS. Corrija-o',
  'must not hold a user name or a password': 'não pode ter um nome de usuário nem uma senha',
  'must not have a query or a fragment': 'não pode ter uma query nem um fragmento',
  'must be https (plain http is accepted only for loopback addresses)':
    'deve ser https (http simples só é aceito para endereços de loopback)',
}
