import { type Problem, type PropertyPath, refuse, warn } from './problem.ts'
import { isRecord } from './text.ts'

/** What a tool left in a value instead of the value: what it is, and the remedy. */
export interface Debris {
  readonly kind: 'program' | 'missing' | 'placeholder'
  /** Continues "the value ". Repeats nothing of the value. */
  readonly reason: string
}

const ofPrograms: readonly (readonly [RegExp, string])[] = [
  [
    /Calling \[?\w+\]? on an \[?Output|<(?:pulumi\.output\.)?Output\b|^(?:pulumi\.)?Output[<(`]|\bOutputInstance\b/i,
    "is the SDK's text for an Output in a template literal. Use pulumi.interpolate`…` or .apply().",
  ],
  [
    /\[object \w+\]|\[Function[:( ]|Promise \{|^(?:async )?\([\w, ]*\) =>|^(?:function \w*\(|Symbol\()|^%!\w\([A-Z]+[=)]/,
    'is the text that a program makes of an object. Give a string.',
  ],
  [
    /04da6b54-80e4-46f7-96ec-b56ff0331ba9/,
    "has Pulumi's placeholder for an unknown value in it. Use pulumi.interpolate`…` or .apply().",
  ],
]

/** Text that a tool has escaped for HTML or JSON. */
const escaped: readonly (readonly [RegExp, string])[] = [
  [
    /&(?:amp|lt|gt|quot|apos|#0?3[49]|#x2[27]);/i,
    'is escaped for HTML, as &amp;. Write the sign itself.',
  ],
  [/\\u00(?:2[267]|3[cde])/i, 'is escaped for JSON, as \\u0026. Write the sign itself.'],
]

/** A missing value as text: as the whole, or between the separators of an address. */
const nothing = /^(?:undefined|null|NaN|None|nil|n\/a|<no value>|<nil>)$/i
const nothingInside = /(?:^|[/.@:=-])undefined(?=$|[/.@:?&-])|(?:^|[/@:=])(?:null|NaN)(?=$|[/@:?&])/

/** How far a form counts: also inside of a value, or only as the whole of it. */
type Reach = 'part' | 'whole'

/** The forms of placeholders and their names. */
const forms: readonly (readonly [pattern: string, name: string, reach: Reach])[] = [
  ['\\\\?\\${1,2}\\{\\{[^{}]*\\}\\}', '${{ X }}', 'part'],
  ['\\\\?\\${1,2}\\{[^{}]*\\}', '${X}', 'part'],
  ['\\{{2,3}[^{}]*\\}{2,3}', '{{ x }}', 'part'],
  ['\\{%[^{}]*%\\}', '{% x %}', 'part'],
  ['[%@]\\{[^{}]*\\}', '%{X}', 'part'],
  ['#\\{[^{}]*\\}#?', '#{X}#', 'part'],
  ['\\{[A-Za-z_][\\w.-]*\\}', '{x}', 'part'],
  ['\\$ENV\\{[^{}]*\\}', '$ENV{X}', 'part'],
  // What an advice of normal forms, or a library, makes of braces.
  ['(?:\\$|%24)%7[Bb]\\w*%7[Dd]', '${X}', 'part'],
  ['(?:%7[Bb]){2}[^{}]*?(?:%7[Dd]){2}', '{{ x }}', 'part'],
  ['\\$\\([A-Za-z_][\\w.]*\\)', '$(X)', 'part'],
  ['\\$\\(\\([^()]*\\)\\)', '$((X))', 'whole'],
  ['\\$\\([^()]*\\)', '$(X)', 'whole'],
  ['`[a-z][\\w ./-]*`', '`x`', 'whole'],
  ['\\${1,2}\\[{1,2}[^[\\]]*\\]{1,2}', '$[X]', 'part'],
  ['@@\\w+@@', '@@X@@', 'part'],
  ['\\[\\[[^[\\]]*\\]\\]', '[[X]]', 'part'],
  ['\\[[A-Za-z_][\\w. -]*\\]', '[x]', 'whole'],
  ['<%[^%]*%>', '<% x %>', 'part'],
  ['<{1,2}[A-Za-zÀ-ÿ][\\wÀ-ÿ. -]*>{1,2}', '<x>', 'part'],
  // Two hexadecimal digits after "%" are an escape of a URI.
  ['%(?![\\dA-Fa-f]{2})[A-Za-z_]\\w*%', '%X%', 'part'],
  ['%[A-Z_]{3,}%', '%X%', 'whole'],
  ['\\(\\([\\w.\\-/ ]+\\)\\)', '((x))', 'whole'],
  ['__[A-Z][A-Z\\d_]{2,}__', '__X__', 'part'],
  ['__[A-Za-z]\\w*__', '__X__', 'whole'],
  ['@[A-Za-z][\\w.]*@', '@X@', 'whole'],
  ['#[A-Z][A-Z\\d_]+#', '#X#', 'whole'],
  ['\\$[A-Z_][A-Z\\d_]*\\$?', '$X', 'whole'],
  ['\\$env:\\w+', '$env:X', 'whole'],
  ['![A-Z][A-Z\\d]*(?:_[A-Z\\d]+)*!', '!X!', 'whole'],
]

/** What a shell expands at the begin of a path. */
const shellPath = /^(?:~[\w-]*|\$[A-Za-z_]\w*)[/\\]/

/** A variable of a shell in small letters. A secret may look like it. */
const smallVariable = /^\$[a-z_]\w*$/

const anywhere = forms
  .filter(([, , reach]) => reach === 'part')
  .map(([pattern, name]) => [new RegExp(pattern), name] as const)
const whole = forms.map(([pattern, name]) => [new RegExp(`^(?:${pattern})+$`), name] as const)

/** What a Brazilian template asks for. */
const verbs =
  '(?:substitu(?:a|ir)|alter(?:e|ar)|tro(?:que|car)|preench(?:a|er)|insira|inserir|inform(?:e|ar)|defin(?:a|ir)|colo(?:que|car)|col(?:e|ar)|mud(?:e|ar)|digit(?:e|ar))'

const stopgap = new RegExp(
  [
    '^(?:change|replace)[-_ ]?(?:me|it|this)\\d*[!.]*(?:$|[-_ ])',
    '^replace[-_ ]with(?:$|[-_ ])',
    '^(?:change|replace|insert|enter|put|fill|set|add|use|paste)[-_ ](?:here|your)(?:$|[-_ ])',
    '^(?:insert|enter|put|paste)[-_ ][\\w -]*[-_ ]here$',
    // Alone, or with a word that points at the value: "Informe de Rendimentos" and "Alterar Cadastro" are names.
    `^${verbs}(?:[-_ ](?:me|ist[oa]|iss[oa]|aqui|depois|pel[oa]|seu|sua|[oa][-_ ](?:valor|segredo|senha))(?:[-_ ][\\w -]*)?)?$`,
    '^(?:[\\w-]+[-_ ])?(?:segredo|senha|secret|token|chave|valor|id)[-_ ]aqui$',
    '^(?:todo|fixme|tbd|redacted|a[-_ ]definir|to[-_ ]be[-_ ](?:defined|done))$',
    '^(?:todo|fixme|tbd|a[-_ ]definir)\\s*[:(]',
    '^(?:[\\w]+[-_ ])?placeholder(?:[-_ ]\\w+)?$',
    '^\\[?(?:redacted|secret|unknown|sensitive)\\]$',
    '^\\((?:known after apply|(?:sensitive|secret)(?: value)?|not set|unset|null|none|empty)\\)$',
    '^(?:x{3,}|\\*{3,}|•{3,}|\\.{3,}|…|-{2,}|_{3,}|\\?+)$',
    '^(?:x{4,}-)+x{4,}$',
    '^(?:your|seu|sua|o[-_ ]seu)[-_ ](?:client|secret|segredo|app|id|senha|token|dom[ií]nio|domain|e-?mail)[\\w -]*$',
  ].join('|'),
  'i',
)

/** Texts that name the field and not its value. A reference may have such a name. */
const nameOfField =
  /^(?:(?:o|my|meu)[-_ ])?(?:client[-_ ]?(?:id|secret)|secret|segredo|senha|password)$/i

/** What stands for a secret in another tool, or holds it among other things: the whole value. */
const otherTools: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:(?:env|file|config|vault|doppler|keyring|secret|secretref|ssm|sops|keyvault|akv|awssm|gcpsm|ref\+\w+):\S+|\w[\w+.-]*:\/\/\S+)$/i,
    'an address, or a reference of another tool',
  ],
  [/^(?:arn:aws|projects\/[^/]+\/secrets\/)\S+$/, 'a reference of another tool'],
  [/^(?:secrets|env|vars)\.[A-Za-z_]\w*$/, 'a reference of another tool'],
  [/^@Microsoft\.KeyVault\(/, 'a reference of another tool'],
  [/^!(?:vault|Ref|Sub|GetAtt|ImportValue|secret|env)\b/, 'a reference of another tool'],
  [/^(?:\{\s*(?:env|file|config)\s*:.*\}|(?:env|file|config):\s.*)$/, 'a reference as text'],
  [
    /^(?:[A-Z][A-Z\d]*_)+(?:SECRET|SEGREDO|SENHA|PASSWORD|TOKEN|KEY)(?:_[A-Z\d]+)*$/,
    'the name of a variable',
  ],
  [
    /^@?(?:\.{1,2}|~|\/(?:run|var|etc|mnt|tmp|home|opt|usr|root|secrets|vault|Users))\/[\w./-]+$|^@?[\w./-]+\.(?:txt|json|ya?ml|env|key|pem)$/,
    'the path of a file',
  ],
  [
    /^(?:ENC\[|ENC\(|\{cipher\}|\$ANSIBLE_VAULT;|v1:[\w+/]{16}:[\w+/=]+$)/,
    'the encrypted form of another tool',
  ],
  [/^-----BEGIN /, 'a key or a certificate'],
  [/^<(?:!DOCTYPE|html|\?xml)\b/i, 'a page of HTML or XML'],
  [/^\{\s*"[^]*\}$/, 'a JSON document'],
  [
    /^(?:export\s+)?[A-Z]{3,}(?:_[A-Z\d]{3,})+=[^=]|^(?:(?:client[-_ ]?)?secret|segredo|senha|password)\s*[=:]\s*\S/i,
    'a line of a file of variables',
  ],
  [
    /^(?:process\.env|os\.environ|import\.meta\.env|ENV)[.[(]|^(?:\w+\.)*getenv\(/,
    'an expression of a program',
  ],
  [/^(?:Bearer|Basic) \S/i, 'an Authorization header'],
  [
    /^(?:cat|echo|vault|aws|gcloud|az|kubectl|gpg|pass) \S|^-[neE]{1,2} \S/,
    'a command, or a part of one',
  ],
  [
    /^(?:error|erro|fatal|failed|curl|bash|zsh|(?:\/bin\/)?sh)\b ?(?:\(\d+\))?:\s|^[45]\d\d [a-z]|(?:^| )(?:not found|no such file or directory|(?:permission|access) denied)\.?$/i,
    'the error of a command',
  ],
  [/^[\w+/=.-]+\\n$/, 'a text that ends in a line break, written as \\n'],
]

/**
 * Finds what a tool left in a text: the SDK's text for an Output, or a placeholder that nothing substituted.
 *
 * @param what `secret`: a random secret may contain any sign, so that only a whole placeholder counts. `reference`: the
 *   name of a variable, a file or a key, which may be `CLIENT_SECRET`. Default: any other value.
 */
export function findDebris(
  text: string,
  what: 'secret' | 'reference' | 'value' = 'value',
): Debris | undefined {
  const value = text.trim().replace(/^(["'])(.*)\1$/s, '$2')
  const made = ofPrograms.find(([pattern]) => pattern.test(value))
  if (made) return { kind: 'program', reason: made[1] }
  if (nothing.test(value)) {
    return { kind: 'missing', reason: 'is a missing value as text. Give the value.' }
  }
  if (what !== 'secret' && nothingInside.test(value)) {
    return { kind: 'missing', reason: 'has a missing value as text in it. Give the whole value.' }
  }
  if (stopgap.test(value) || (what !== 'reference' && nameOfField.test(value))) {
    return { kind: 'placeholder', reason: 'is a stopgap of a template. Give the value itself.' }
  }
  const escape = escaped.find(([pattern]) => pattern.test(value))
  if (escape) return { kind: 'placeholder', reason: escape[1] }
  if (what === 'reference' && shellPath.test(value)) {
    return { kind: 'placeholder', reason: 'begins with what only a shell expands. Give the path.' }
  }
  const name = findForm(value, what === 'secret')
  if (name !== undefined) {
    const which = `has a placeholder, ${name}, that nothing substituted`
    return { kind: 'placeholder', reason: `${which}. Give the value itself.` }
  }
  const other = what === 'secret' ? otherTools.find(([pattern]) => pattern.test(value)) : undefined
  return other && { kind: 'placeholder', reason: `is ${other[1]}. Give the secret alone.` }
}

function findForm(value: string, isSecret: boolean): string | undefined {
  // Most values have no such sign, and a manifest may have ten thousand clients.
  if (!/[$#%@<([{_`!]/.test(value)) return undefined
  if (!isSecret && smallVariable.test(value)) return '$X'
  const patterns = isSecret ? whole : [...whole, ...anywhere]
  return patterns.find(([pattern]) => pattern.test(value))?.[1]
}

/** Validates a value that must be exact. A problem repeats nothing of the value. */
export function validateExact(path: PropertyPath, value: unknown): Problem[] {
  if (typeof value !== 'string') return []
  const debris = findDebris(value)
  return debris ? [refuse(path, `the value ${debris.reason}`, 'ERR_PSC_PLACEHOLDER')] : []
}

/** Validates a text for people: a placeholder in it is a warning. */
export function validateProse(path: PropertyPath, value: unknown): Problem[] {
  if (typeof value !== 'string') return []
  const debris = findDebris(value)
  if (!debris) return []
  const message = `the text ${debris.reason}`
  return debris.kind === 'program'
    ? [refuse(path, message, 'ERR_PSC_PLACEHOLDER')]
    : [warn(path, message, 'WARN_PSC_PLACEHOLDER')]
}

/** Validates a secret, of which only a whole placeholder counts, or the name in its reference. */
export function validateSecretDebris(path: PropertyPath, secret: unknown): Problem[] {
  if (isRecord(secret)) {
    return Object.entries(secret).flatMap(([key, name]) => {
      const isReference = key === 'env' || key === 'file' || key === 'config'
      if (!isReference || typeof name !== 'string') return []
      const debris = findDebris(name, 'reference')
      if (!debris) return []
      return [refuse([...path, key], `the value ${debris.reason}`, 'ERR_PSC_PLACEHOLDER')]
    })
  }
  const debris = typeof secret === 'string' ? findDebris(secret, 'secret') : undefined
  if (!debris) return []
  const reference =
    debris.kind === 'placeholder'
      ? ' A manifest and a program substitute nothing: write { env: NAME } for an environment variable.'
      : ''
  return [refuse(path, `the secret ${debris.reason}${reference}`, 'ERR_PSC_PLACEHOLDER')]
}

/** Tells whether a text holds several http addresses, or ends in the separator of a list. */
export function holdsSeveral(text: string): boolean {
  // After "/", "=" or "?" a URI may hold another one, such as the target of a proxy.
  return /[^/=?&#:]https?:\/\//i.test(text.trim().slice(1)) || /[,;]$/.test(text)
}

/** Validates redirect URIs: placeholders, and several URIs in one text. */
export function validateUriDebris(path: PropertyPath, uris: unknown): Problem[] {
  if (!Array.isArray(uris)) return []
  return Array.from(uris as readonly unknown[]).flatMap((uri, index): Problem[] => {
    const at = [...path, index]
    const problems = validateExact(at, uri)
    if (problems.length > 0 || typeof uri !== 'string' || !holdsSeveral(uri)) return problems
    const message =
      'the text holds several URIs, or ends in a separator. Write each URI as an item of its own.'
    return [refuse(at, message, 'ERR_PSC_SEVERAL_URIS')]
  })
}

/** Joins the problems of debris with the other rules' own. At one path an error of debris explains the others, and stands alone. */
export function preferDebris(debris: readonly Problem[], others: readonly Problem[]): Problem[] {
  const paths = new Set(
    debris.filter(({ severity }) => severity === 'error').map(({ path }) => JSON.stringify(path)),
  )
  return [...debris, ...others.filter(({ path }) => !paths.has(JSON.stringify(path)))]
}
