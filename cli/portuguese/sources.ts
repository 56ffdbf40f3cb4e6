const norm = 'DOC-ICP-17.01 v2.0, section 6.4 (IN ITI 2/2019, Official Gazette of 18 March 2019)'
const norma =
  'DOC-ICP-17.01 v2.0, seção 6.4 (IN ITI 2/2019, Diário Oficial da União de 18 de março de 2019)'
const token = 'SERPRO, "Token de acesso de aplicação"'
const maintenance = 'SERPRO, "Manutenção de aplicação"'
const valid = 'Valid, "Manutenção de cadastro de aplicação" v1.2'
const push = 'docs.vaultid.com.br, "Assinatura via push"'
const credentials = 'docs.vaultid.com.br, "OAuth2 - Client Credentials"'
const safeid = 'Safeweb, Postman collection "Integração PSC - SafeID"'
const deSafeid = 'Safeweb, coleção do Postman "Integração PSC - SafeID"'

/** The names and the sources of what is known of PSCs, in Brazilian Portuguese. */
export const sources = {
  'NeoID (SERPRO), the older name and address; prefer serproid for new clients':
    'NeoID (SERPRO), o nome e o endereço mais antigos; prefira serproid para clientes novos',
  'SerproID (SERPRO), the newer name and address':
    'SerproID (SERPRO), o nome e o endereço mais novos',
  'the text of the standard': 'o texto da norma',
  'the limits of the standard': 'os limites da norma',
  'not tried': 'não testado',
  'no text that was read names one': 'nenhum texto lido traz um',
  'no text that was read names such a service': 'nenhum texto lido traz tal serviço',
  'no text that was read restricts the host': 'nenhum texto lido restringe o host',
  'all PSCs whose texts were read take it': 'todos os PSCs cujos textos foram lidos o aceitam',
  'the API documents that were read name no such service':
    'os documentos de API lidos não trazem tal serviço',
  'the documents that were read name no such service': 'os documentos lidos não trazem tal serviço',
  'no page on it was seen': 'nenhuma página sobre isso foi vista',
  'the web panel was not seen': 'o painel web não foi visto',
  'the same family as BirdID': 'a mesma família do BirdID',
  'three independent public programs': 'três programas públicos independentes',
  'four independent public programs': 'quatro programas públicos independentes',

  // The standard
  [`${norm}: PUT /client_maintenance`]: `${norma}: PUT /client_maintenance`,
  [`${norm}: the answer holds client_id alone`]: `${norma}: a resposta só tem client_id`,
  [`${norm}: client_secret, the new secret`]: `${norma}: client_secret, o segredo novo`,
  'public notes of a team that read v3.0: application_cert is mandatory, application is optional':
    'notas públicas de uma equipe que leu a v3.0: application_cert é obrigatório, application é opcional',
  'RFC 6749, section 4.4.2, which the standard is based on':
    'RFC 6749, seção 4.4.2, em que a norma se baseia',
  'limits of 7 days (CPF) and 30 days (CNPJ) are known from notes; the text of their section was not read':
    'limites de 7 dias (CPF) e 30 dias (CNPJ) são conhecidos de notas; o texto da seção não foi lido',

  // SERPRO
  [`${token}: it names none`]: `${token}: não traz nenhum`,
  [`${token}: client_id and client_secret are parameters`]: `${token}: client_id e client_secret são parâmetros`,
  [`${maintenance}: it names none`]: `${maintenance}: não traz nenhum`,
  [`${maintenance}: the answer holds all five fields`]: `${maintenance}: a resposta tem os cinco campos`,

  // Valid
  [`${valid}; the manual v1.6 does not list it`]: `${valid}; o manual v1.6 não o traz`,
  [`${valid}: client_secret, the new secret`]: `${valid}: client_secret, o segredo novo`,
  [`${valid}: an application with a token cannot be deleted`]: `${valid}: uma aplicação com um token não pode ser excluída`,
  [`${valid}: client_id and client_secret are parameters`]: `${valid}: client_id e client_secret são parâmetros`,
  [`${valid}: item 4, excluding an application`]: `${valid}: item 4, exclusão de uma aplicação`,
  'digiforte.com.br/docs/vidaas, a reprint of a manual: push:// is made automatically; three public programs declare it all the same':
    'digiforte.com.br/docs/vidaas, a reprodução de um manual: push:// é criada automaticamente; três programas públicos a declaram mesmo assim',
  'a public program has a plain-http URI in production; only loopback is taken from it':
    'um programa público tem uma URI http simples em produção; dele só se aproveita o loopback',
  'the limits of the standard; an example of Valid has expires_in 43200 for a signature session':
    'os limites da norma; um exemplo da Valid tem expires_in 43200 para uma sessão de assinatura',

  // Soluti
  [`the host: ${push}; the path: that of production`]: `o host: ${push}; o caminho: o de produção`,
  [`the host: ${push}; the path: public code`]: `o host: ${push}; o caminho: código público`,
  [`the host: ${push}; the path: public code (an old sample of Soluti has /oauth)`]: `o host: ${push}; o caminho: código público (um exemplo antigo da Soluti tem /oauth)`,
  [`${credentials}: the token serves to maintain the registration ("manter seu registro"); the page of the service was not seen`]: `${credentials}: o token serve para manter o cadastro ("manter seu registro"); a página do serviço não foi vista`,
  [`${credentials}: client_id and client_secret are parameters`]: `${credentials}: client_id e client_secret são parâmetros`,
  "Soluti's sample program has http://localhost:3000/callback; no text that was read restricts the host of https":
    'o programa de exemplo da Soluti tem http://localhost:3000/callback; nenhum texto lido restringe o host de https',

  // Safeweb
  [safeid]: deSafeid,
  [`${safeid}: Content-Type: application/x-www-form-urlencoded`]: `${deSafeid}: Content-Type: application/x-www-form-urlencoded`,
  [`${safeid}, prerequisite 5: oauth/application_cert needs an ICP-Brasil certificate; there is a web panel too`]: `${deSafeid}, pré-requisito 5: oauth/application_cert exige um certificado ICP-Brasil; há também um painel web`,
  'public code, among it a demonstration project of Safeweb':
    'código público, entre ele um projeto de demonstração da Safeweb',
  'public code: http://127.0.0.1 with a port': 'código público: http://127.0.0.1 com uma porta',
}
