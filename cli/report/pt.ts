import { countIn, type Translated } from '../language.ts'
import type { en } from './en.ts'

const count = countIn('pt')
const clients = (n: number): string => count(n, 'cliente', 'clientes')
const days = (n: number): string => count(n, 'dia', 'dias')

/** The words of a report in Brazilian Portuguese. */
export const pt: Translated<typeof en> = {
  title: 'Clientes OAuth em PSCs brasileiros',
  ofStacks: (names) => `Stacks: ${names}`,
  generated: (date, zone) => `Gerado em ${date}. Todas as datas estão no fuso horário ${zone}.`,
  sources: 'Gerado a partir de',
  sourceKinds: {
    manifest: 'manifesto',
    state: 'estado',
    preview: 'preview',
    verify: 'verificação',
  },
  contents: 'Conteúdo',
  skip: 'Ir para o relatório',
  none: 'nenhum',
  unknown: 'desconhecido',
  notYetKnown: 'conhecido depois de aplicado',

  overview: 'Em resumo',
  willChange: 'O que esta mudança faz',
  noPreview: 'Nenhum preview foi informado, por isso este relatório não mostra mudanças.',
  noChanges: 'Esta mudança não altera nenhum cliente.',
  refused: (n) =>
    `O preview falhou: ${count(n, 'problema impede', 'problemas impedem')} esta mudança. O que ele não alcançou não aparece.`,
  losing: (n) =>
    `${count(n, 'URI de redirecionamento sai', 'URIs de redirecionamento saem')}. Os logins que voltam para lá vão falhar.`,
  changeCounts: (n) =>
    [
      n.changed > 0 ? count(n.changed, 'cliente muda', 'clientes mudam') : '',
      n.added > 0 ? count(n.added, 'novo cliente', 'novos clientes') : '',
      n.leaving > 0 ? count(n.leaving, 'cliente sai da stack', 'clientes saem da stack') : '',
      n.registered > 0 ? count(n.registered, 'aplicação cadastrada', 'aplicações cadastradas') : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  inventoryCounts: (n, pscs) => `${clients(n)} em ${count(pscs, 'PSC', 'PSCs')}`,
  certificateCounts: (n) =>
    `${count(n.all, 'certificado', 'certificados')}: ${count(n.expired, 'vencido', 'vencidos')}, ${n.ending} a menos de ${days(n.days)} do vencimento`,
  nextEnd: (date) => `O próximo vence em ${date}.`,
  verifiedCounts: (n) =>
    `Verificação: ${count(n.ok, 'funciona', 'funcionam')}, ${count(n.failed, 'falhou', 'falharam')}, ${n.unknown} sem resultado`,
  warningCount: (n) => count(n, 'aviso', 'avisos'),
  noWarnings: 'Nenhum aviso.',
  clients,

  refusals: 'Por que o preview falhou',
  changes: 'Mudanças',
  changeKinds: {
    new: 'Novo na stack',
    changed: 'Alterado',
    leaves: 'Sai da stack',
    registers: 'Cadastra uma aplicação',
  },
  newNote:
    'O cliente recebe exatamente estes valores. O PSC descarta qualquer outra URI de redirecionamento que tenha agora.',
  leavesNote: 'O cliente continua cadastrado no PSC, e as suas aplicações continuam funcionando.',
  registersNote: 'O PSC fornece um novo client id e um segredo.',
  removedUri: 'Sai',
  removedUriNote: 'os logins que voltam para lá vão falhar',
  addedUri: 'Entra',
  newDefault: 'Novo padrão',
  before: 'antes',
  after: 'depois',
  changedTo: (before, after) => `${before} → ${after}`,
  hidden: 'um valor que não é mostrado',

  warnings: 'Avisos',
  warningKinds: {
    expired: (subject) => `O certificado venceu em ${subject}. Renove-o.`,
    ends: (subject) => `O certificado vence em ${subject}. Renove-o a tempo.`,
    unsettled: () =>
      'O resultado da última gravação é desconhecido. O próximo `pulumi up` grava o cliente outra vez.',
    missingUri: (subject) => `O PSC não tem ${subject}. Os logins que voltam para lá falham.`,
    notVerified: () => 'A última verificação falhou: o cliente não obteve um token.',
    differs: () => 'O manifesto difere do que foi aplicado. Execute `pulumi up`.',
  },
  about: 'Sobre',
  more: (n) => `e mais ${String(n)}`,

  inventory: 'Inventário',
  byPsc: 'Clientes por PSC',
  total: 'Total',
  certificates: 'Certificados por vencimento',
  certificateStates: {
    valid: 'válido',
    ends: 'vence em breve',
    expired: 'vencido',
    unknown: 'vencimento desconhecido',
  },
  ends: 'Vencimento',
  left: 'Tempo restante',
  daysLeft: (n) => (n < 0 ? `venceu há ${days(-n)}` : count(n, 'dia restante', 'dias restantes')),
  hosts: 'Nomes de host',
  usedBy: 'Usado por',
  credentials: 'Credenciais verificadas e não gerenciadas',
  issuer: 'Emissor',
  ownAddress: 'endereço próprio',

  statuses: {
    new: 'novo',
    changed: 'vai mudar',
    leaves: 'vai sair',
    applied: 'aplicado',
    declared: 'declarado',
  },
  results: {
    ok: 'funciona',
    failed: 'falhou',
    'not asked': 'não consultado',
    'left out': 'omitido: um token tem efeitos colaterais',
    'not available here': 'segredo não disponível ali',
  },
  neverVerified: 'nenhum resultado informado',
  lastOk: (date) => `último sucesso: ${date}`,
  echoes: {
    same: 'como declarado',
    different: 'difere da declaração',
    none: 'este PSC não devolve nada',
  },
  unsettled: 'resultado desconhecido',
  notApplied: 'estado não informado, ou ainda não aplicado',
  inlineSecret: 'informado como texto, que não é mostrado',
  noCertificate: 'nenhum declarado',

  fields: {
    name: 'Nome',
    comments: 'Descrição',
    email: 'E-mail de contato',
    clientSecret: 'Referência do segredo',
    previousClientSecret: 'Referência do segredo anterior',
    certificate: 'Certificado',
    preflight: 'Preflight',
    address: 'Endereço do PSC',
    entry: 'Nome do recurso',
    stack: 'Stack',
  },
  columns: {
    stack: 'Stack',
    entry: 'Entrada',
    name: 'Nome',
    clientId: 'Client id',
    email: 'E-mail de contato',
    comments: 'Descrição',
    psc: 'PSC',
    environment: 'Ambiente',
    baseUrl: 'Endereço',
    status: 'Situação',
    redirectUris: 'URIs de redirecionamento',
    certificateHosts: 'Nomes de host do certificado',
    certificateEnd: 'Vencimento do certificado',
    certificateFingerprint: 'Impressão digital do certificado',
    secret: 'Referência do segredo',
    appliedAt: 'Aplicado',
    echo: 'Resposta do PSC',
    verifiedAt: 'Verificado',
    verifiedResult: 'Resultado',
    verifiedCode: 'Código',
  },
  client: 'Cliente',
  what: 'O que acontece',
  footer: 'Gerado por pulumi-psc. Esta página contém nomes e e-mails de contato, e nenhum segredo.',
  cut: (n) =>
    `${count(n, 'item não aparece', 'itens não aparecem')} aqui, porque um comentário tem no máximo 60.000 caracteres. O relatório HTML tem todos.`,
  details: (n) => `Detalhes de ${clients(n)}`,
}
