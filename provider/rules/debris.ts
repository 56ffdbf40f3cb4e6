import { say, sayLater } from '../say.ts'
import { type Problem, type PropertyPath, refuse, warn } from './problem.ts'
import { isRecord } from './text.ts'

/** What a tool left in a value instead of the value: what it is, and the remedy. */
export interface Debris {
  readonly kind: 'program' | 'missing' | 'placeholder'
  /** Continues "the value ". Repeats nothing of the value. */
  readonly reason: string
}

const ofPrograms: readonly (readonly [RegExp, () => string])[] = [
  [
    /Calling \[?\w+\]? on an \[?Output|<(?:pulumi\.output\.)?Output\b|^(?:pulumi\.)?Output[<(`]|^Output\.of\(|\bOutput(?:Instance|State)\b|^(?:[a-z]\w*\.){1,9}Output@/i,
    sayLater`is the SDK's text for an Output in a template literal. Use pulumi.interpolate\`…\` or .apply().`,
  ],
  [
    /\[object \w+\]|\[Function[:( ]|Promise \{|^(?:async )?\([\w, ]*\) =>|^(?:function \w*\(|Symbol\()|^%!\w\([A-Z]+[=)]|^&?map\[[\w .:<>-]*\]$|^&\{[\w .:<>-]*\}$|^\{0xc0|^System\.[A-Z][\w.]*(?:\[\])?$|^(?:[a-z]\w*\.){1,9}[A-Z]\w*@[\da-f]+$|^Secret(?:Str|Bytes)\(/,
    sayLater`is the text that a program makes of an object. Give a string.`,
  ],
  [
    /04da6b54-80e4-46f7-96ec-b56ff0331ba9/,
    sayLater`has Pulumi's placeholder for an unknown value in it. Use pulumi.interpolate\`…\` or .apply().`,
  ],
]

/** Text that a tool has escaped for HTML or JSON. */
const escaped: readonly (readonly [RegExp, () => string])[] = [
  [
    /&(?:amp|lt|gt|quot|apos|#0?3[49]|#x2[27]);/i,
    sayLater`is escaped for HTML, as &amp;. Write the sign itself.`,
  ],
  [/\\u00(?:2[267]|3[cde])/i, sayLater`is escaped for JSON, as \\u0026. Write the sign itself.`],
]

/** A missing value as text: as the whole, or between the separators of an address. */
const nothing =
  /^(?:undefined|null|NaN|None|nil|n\/[ad]|<no value>|<nil>|VARIABLE IS NOT DEFINED!|AnsibleUndefined\b.*|__omit_place_holder__\w*)$/i
const nothingInside =
  /(?:^|[/.@:=-])undefined(?=$|[/.@:?&])|(?:^|:\/\/|[.@])undefined(?=-)|^(?!https?:\/\/[^/]+\/null$)(?:.*[/@:=])?(?:null|NaN)(?=$|[/@:?&])/s

/** Words that a client id may be: an application of tasks, a tenant. */
const smallWords = /^(?:todo|none)$/

/** What a template has in the place of a label of a host, the local part of an e-mail address or a segment of a path. */
const partsOfTemplates =
  /^(?:(?:change|replace)[-_]?me|(?:your|seu|sua)[-_](?:dom[ií]nio|domain|host|psc)(?:[-_\d].*)?)$/i

/** A variable of a shell, as the whole of such a part. */
const partOfShell = /^\$[A-Z][A-Z\d_]*$/

/** The same in prose, between other words. */
const wordsOfTemplates = /(?<![\w-])(?:CHANGE|REPLACE)_ME(?![\w-])/
const wordOfShell = /(?:^|[\s(])\$[A-Z][A-Z\d_]+(?=$|[\s).,;:])/
const missingWord = /(?:^|\s)undefined(?=$|[\s.,;:])/

/** A form that also counts inside of a value, and the name that messages give it. */
const anywhere: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\\?\${1,2}\{\{[^{}]*\}\}/, '${{ X }}'],
  [/\\?\${1,2}\{[^{}]*\}/, '${X}'],
  [/\{{2,3}[^{}]*\}{2,3}/, '{{ x }}'],
  [/\{%[^{}]*%\}/, '{% x %}'],
  [/[%@*]\{[^{}]*\}/, '%{X}'],
  [/%\([A-Za-z_][\w.]*\)s/, '%(x)s'],
  [/%env\([^()]*\)%/, '%env(X)%'],
  [/\{\$[A-Za-z_][\w.>-]*\}/, '{$x}'],
  [/\{!{1,2}[^{}]*!{1,2}\}/, '{!x!}'],
  [/<\?(?:=|php\b)[^?]*\?>/, '<?= x ?>'],
  [/\[%[^%]*%\]/, '[% x %]'],
  [/#\{[^{}]*\}#?/, '#{X}#'],
  [/\{[A-Za-z_][\w.-]*\}/, '{x}'],
  [/\$ENV\{[^{}]*\}/, '$ENV{X}'],
  // What an advice of normal forms, or a library, makes of braces.
  [/(?:\$|%24)%7B\w*%7D/i, '${X}'],
  [/(?:%7B){2}(?:[^%{}]|%(?!7[BD]))*(?:%7D){2}/i, '{{ x }}'],
  [/\$\([A-Za-z_][\w.]*\)/, '$(X)'],
  [/\${1,2}\[{1,2}[^[\]]*\]{1,2}/, '$[X]'],
  [/@@\w+@@/, '@@X@@'],
  [/\[\[[^[\]]*\]\]/, '[[X]]'],
  [/<%[^%]*%>/, '<% x %>'],
  [/<{1,2}[A-Za-zÀ-ÿ][\wÀ-ÿ. -]*>{1,2}/, '<x>'],
  // Two hexadecimal digits after "%" are an escape of a URI.
  [/%(?![\dA-Fa-f]{2})[A-Za-z_]\w*%/, '%X%'],
  [/__[A-Z](?:_?[A-Z\d]){2,}__/, '__X__'],
]

/** A form that is only the whole of a value. */
const wholes: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^\$\(\([^()]*\)\)$/, '$((X))'],
  [/^\$\([^()]*\)$/, '$(X)'],
  [/^`[a-z][\w ./-]*`$/, '`x`'],
  [/^\[[A-Za-z_][\w. -]*\]$/, '[x]'],
  [/^%[A-Z_]{3,}%$/, '%X%'],
  [/^\(\([\w.\-/ ]+\)\)$/, '((x))'],
  [/^__[A-Za-z][\w.-]*__$/, '__X__'],
  [/^%%\w+%%$/, '%%X%%'],
  [/^::\w+::$/, '::X::'],
  [/^\$[A-Za-z][\w.]*\$$/, '$x$'],
  [/^\$\$[A-Z_][A-Z\d_]*$/, '$$X'],
  [/^<#[^<>]*#>$/, '<#x#>'],
  [/^<[A-Za-z]\w*:[^<>]*>$/, '<x:y>'],
  [/^\{\d?\}$/, '{0}'],
  [/^%(?:\d\$)?s$/, '%s'],
  [/^@[A-Za-z][\w.]*@$/, '@X@'],
  [/^#[A-Z][A-Z\d_]+#$/, '#X#'],
  [/^(?:\$[A-Z_][A-Z\d_]*)+\$?$/, '$X'],
  [/^\$env:\w+$/i, '$env:X'],
  [/^![A-Z][A-Z\d]*(?:_[A-Z\d]+)*!$/, '!X!'],
]

/** What a shell expands at the begin of a path. */
const shellPath = /^(?:~[\w-]*|\$[A-Za-z_]\w*)[/\\]/

/** A variable of a shell in small letters. A secret may look like it. */
const smallVariable = /^\$[a-z_]\w*$/

/** What a template has in the place of any text. */
const blanks: readonly RegExp[] = [
  /^[[(](?:redacted|masked|hidden|omitted|secret|unknown|sensitive)[\])]$/i,
  /^\((?:known after apply|(?:sensitive|secret)(?: value)?|not set|unset|null|none|empty)\)$/i,
  /^(?:x{3,}|\*{3,}|•{3,}|\.{3,}|…|-+|_{3,}|\?+)$/i,
  /^(?:x{4,}-)+x{4,}$/i,
  /^(?:TODO|fixme|FIXME|tbd|TBD|redacted|REDACTED|placeholder|PLACEHOLDER)$/,
  /^(?:TODO|FIXME|TBD)\s*[:(]/,
  /^(?:a[-_ ]definir|to[-_ ]be[-_ ](?:defined|done|filled|set|provided|replaced|changed))$/i,
  /^(?:change|replace)[-_ ]?(?:me|this)\d*[!.]*$/i,
  /^(?:substitu(?:a|ir)|preench(?:a|er))(?:[-_ ](?:aqui|isto|isso))?$/i,
]

/**
 * What a template has in the place of a value that must be exact. A Brazilian verb counts alone, or with a word that
 * points at the value: a program may have the id "informe-rendimentos".
 */
const stopgaps: readonly RegExp[] = [
  ...blanks,
  /^(?:change|replace)[-_ ]?(?:me|it|this)\d*[!.]*(?:$|[-_ ])/i,
  /^replace[-_ ]with(?:$|[-_ ])/i,
  /^(?:change|replace|insert|enter|put|fill|set|add|use|paste)[-_ ](?:here|your)(?:$|[-_ ])/i,
  /^(?:insert|enter|put|paste)[-_ ][\w -]*[-_ ]here$/i,
  /^(?:substitu(?:a|ir)|alter(?:e|ar)|tro(?:que|car)|preench(?:a|er)|insira|inserir|inform(?:e|ar)|defin(?:a|ir)|colo(?:que|car)|col(?:e|ar)|mud(?:e|ar)|digit(?:e|ar))(?:$|[-_ ](?:me|ist[oa]|iss[oa]|aqui|depois|pel[oa]|seu|sua|[oa][-_ ](?:valor|segredo|senha))(?:$|[-_ ][\w -]*$))/i,
  /^(?:[\w-]+[-_ ])?(?:segredo|senha|secret|password|token|chave|key|valor|value|id)[-_ ](?:aqui|here)$/i,
  /^(?:dummy|empty|vazi[oa])$/i,
  /^(?:todo|fixme|tbd|redacted)$/i,
  /^(?:todo|fixme|tbd|a[-_ ]definir)\s*[:(]/i,
  /^(?:\w+[-_ ])?placeholder(?:[-_ ]\w+)?$/i,
  /^(?:your|seu|sua|o[-_ ]seu)[-_ ](?:client|secret|segredo|app|id|senha|token|dom[ií]nio|domain|e-?mail)[\w -]*$/i,
]

/** Texts that name the field and not its value. A reference may have such a name. */
const nameOfField =
  /^(?:(?:o|my|meu)[-_ ])?(?:client[-_ ]?(?:id|secret)|secret|segredo|senha|password)$/i

/** What stands for a secret in another tool, or holds it among other things: the whole value. */
const otherTools: readonly (readonly [RegExp, () => string])[] = [
  [
    /^(?:(?:env|file|config|vault|doppler|keyring|secret|secretref|ssm|sops|keyvault|akv|awssm|gcpsm|ref\+\w+):\S+|\w[\w+.-]*:\/\/\S+)$/i,
    sayLater`an address, or a reference of another tool`,
  ],
  [/^(?:arn:aws|projects\/[^/]+\/secrets\/)\S+$/, sayLater`a reference of another tool`],
  [
    /^(?:secrets|env|vars?|local|module|data|inputs|params|steps|needs|outputs)\.[A-Za-z_][\w.["'\]-]*$/,
    sayLater`a reference of another tool`,
  ],
  [
    /^[a-z]+_[a-z_]+\.\w+\.(?:result|value|secret|password|id)$/,
    sayLater`a reference of another tool`,
  ],
  [
    /^(?:>>)?(?:aws|gcp|azure|vault|secret|kv):[\w-]+[:/#]\S+$/,
    sayLater`a reference of another tool`,
  ],
  [/^(?:secret|kv)\/(?:data\/)?[\w/-]+(?:#\w+)?$/, sayLater`a reference of another tool`],
  [/^@Microsoft\.KeyVault\(/, sayLater`a reference of another tool`],
  [/^!(?:vault|Ref|Sub|GetAtt|ImportValue|secret|env)\b/, sayLater`a reference of another tool`],
  [
    /^(?:\{\s*(?:env|file|config)\s*:.*\}|(?:env|file|config):\s.*)$/,
    sayLater`a reference as text`,
  ],
  [
    /^(?:SECRET|SEGREDO|SENHA|PASSWORD|TOKEN|CLIENT)(?:_[A-Z][A-Z\d]*)+$|^[a-z]+(?:[A-Z][a-z]+){0,5}(?:Secret|Segredo|Senha)$/,
    sayLater`the name of a variable`,
  ],
  [
    /^(?:[A-Z][A-Z\d]*_)+(?:SECRET|SEGREDO|SENHA|PASSWORD|TOKEN|KEY)(?:_[A-Z\d]+)*$/,
    sayLater`the name of a variable`,
  ],
  [
    /^@?(?:\.{1,2}|~|\/(?:run|var|etc|mnt|tmp|home|opt|usr|root|secrets|vault|aws|Users))\/[\w./-]+$|^@?[\w./-]+\.(?:txt|json|ya?ml|env|key|pem)$/,
    sayLater`the path of a file`,
  ],
  [
    /^(?:ENC\[|ENC\(|\{(?:cipher|aes|bcrypt|scrypt|argon2|pbkdf2|noop|vault|enc|base64)\}\S|\$ANSIBLE_VAULT;|(?:secure: ?)?v1:[\w+/]{16}:[\w+/=]+$|k8s:enc:|age-encryption\.org\/|(?:gAAAAAB|AQICAH|Ag[AB])[\w+/=-]{100,}$)/i,
    sayLater`the encrypted form of another tool`,
  ],
  [/^-----BEGIN /, sayLater`a key or a certificate`],
  [/^<(?:!DOCTYPE|html|\?xml)\b/i, sayLater`a page of HTML or XML`],
  [/^\{\s*["'][^]*\}$|^\[\s*["'{][^]*\]$/, sayLater`a JSON document`],
  [/^\{\s*[A-Za-z_]\w*: [^]*\}$/, sayLater`a mapping as text`],
  [/^\S+\s+#/, sayLater`a value and a comment of a file of variables`],
  [/^(?:export\s+)?[A-Z]{3,}(?:_[A-Z\d]{3,})+=[^=]/, sayLater`a line of a file of variables`],
  [
    /^(?:(?:client[-_ ]?)?secret|segredo|senha|password)\s*[=:]\s*\S/i,
    sayLater`a line of a file of variables`,
  ],
  [
    /^(?:process\.env|os\.environ|import\.meta\.env|ENV)[.[(]|^(?:\w+\.)*getenv\(|^(?:[A-Za-z_]\w*\.){0,9}[A-Za-z_]\w*\(["'][\w./ -]*["']\)$/,
    sayLater`an expression of a program`,
  ],
  [/^(?:Bearer|Basic) \S/i, sayLater`an Authorization header`],
  [
    /^(?:cat|echo|vault|aws|gcloud|az|kubectl|gpg|pass) \S|^-[neE]{1,2} \S/,
    sayLater`a command, or a part of one`,
  ],
  [
    /^an? (?:\w+ )?error occurred\b|^\w+(?:Exception|Error)\b[:(]|^(?:unable|could not|cannot|can't|no such) \w+ |^(?:(?:\w+ )?(?:error|erro)|fatal|failed|usage|curl|jq|aws|vault|gpg|sops|kubectl|bash|zsh|(?:\/bin\/)?sh)\b ?(?:\(\d+\))?:\s|^[45]\d\d [a-z]|(?:^| )(?:not found|no such file or directory|(?:permission|access) denied)\.?$/i,
    sayLater`the error of a command`,
  ],
  [/^[\w+/=.-]+(?:\\r)?\\n$/, sayLater`a text that ends in a line break, written as \\n`],
  [/^[\w+/=.-]+(?:%0D)?%0A$/i, sayLater`a text that ends in a line break, written as %0A`],
]

/** What no name of a variable, a file or a key is. */
const addressOrExpression = /^[\w+.-]+:\/\/|^(?:process\.env|os\.environ)[.[]|^![A-Za-z]+ /

/** How a text is read: a secret may contain any sign, a reference may be `CLIENT_SECRET`, and prose any word. */
export type Reading = 'secret' | 'reference' | 'prose' | 'value'

/** Every value has a shorter limit of its own. It bounds the time. */
const longestText = 8_000

/**
 * Finds what a tool left in a text: the SDK's text for an Output, or a placeholder.
 *
 * @param what default: a value that must be exact. Only a whole placeholder counts in a secret; in prose, no mere words but
 *   as the whole.
 */
export function findDebris(text: string, what: Reading = 'value'): Debris | undefined {
  if (text.length > longestText) return undefined
  const value = text.trim().replace(/^(["'])(.*)\1$/s, '$2')
  const isExact = what === 'value' || what === 'reference'
  const made = ofPrograms.find(([pattern]) => pattern.test(value))
  if (made) return { kind: 'program', reason: made[1]() }
  if (what === 'value' && smallWords.test(value)) return undefined
  if (nothing.test(value))
    return {
      kind: 'missing',
      reason: say`is the text of a missing value, such as undefined. Set the variable that it comes from.`,
    }
  if ((isExact && nothingInside.test(value)) || (what === 'prose' && missingWord.test(value)))
    return {
      kind: 'missing',
      reason: say`contains the text of a missing value, such as undefined. Set the variable that it comes from.`,
    }
  const words = what === 'prose' ? blanks : stopgaps
  const isName = (what === 'value' || what === 'secret') && nameOfField.test(value)
  if (isName || words.some((pattern) => pattern.test(value))) {
    return {
      kind: 'placeholder',
      reason: say`is a placeholder of a template. Replace it with the value.`,
    }
  }
  if (holdsTemplate(value, what)) {
    const reason = say`contains a placeholder of a template. Replace it with the value.`
    return { kind: 'placeholder', reason }
  }
  const escape = escaped.find(([pattern]) => pattern.test(value))
  if (escape) return { kind: 'placeholder', reason: escape[1]() }
  if (what === 'reference' && shellPath.test(value)) {
    return {
      kind: 'placeholder',
      reason: say`begins with what only a shell expands. Give the path.`,
    }
  }
  const name = findForm(value, what)
  if (name !== undefined) {
    const reason = say`contains a placeholder of the form ${name}. Replace it with the value.`
    return { kind: 'placeholder', reason }
  }
  if (what === 'reference' && addressOrExpression.test(value)) {
    return {
      kind: 'placeholder',
      reason: say`is a reference of another tool. Give the name alone.`,
    }
  }
  if (what !== 'secret') return undefined
  if (isEncodedLine(value)) {
    const reason = say`is base64 of a text that ends in a line break. Decode it, or encode it without the line break.`
    return { kind: 'placeholder', reason }
  }
  const other = otherTools.find(([pattern]) => pattern.test(value))
  return other && { kind: 'placeholder', reason: say`is ${other[1]()}. Give the secret alone.` }
}

/** Tells whether a text is base64 of a line, as `echo … | base64` makes it. No random bytes are printable and end so. */
function isEncodedLine(value: string): boolean {
  if (value.length % 4 !== 0 || !/^[A-Za-z\d+/]{10,}={0,2}$/.test(value)) return false
  return /^[\x20-\x7E]{6,}\r?\n$/.test(Buffer.from(value, 'base64').toString('latin1'))
}

/** Tells whether a part of an exact value, or a word of a text for people, is what a template has in its place. */
function holdsTemplate(value: string, what: Reading): boolean {
  if (what === 'prose') return wordsOfTemplates.test(value)
  return what === 'value' && splitValue(value).some((part) => partsOfTemplates.test(part))
}

/** Splits an address of the web or of mail, or a host, into its labels, segments and values. */
const splitValue = (value: string): string[] => value.split(/[/.@:?&=#]/)

function findForm(value: string, what: Reading): string | undefined {
  const isSecret = what === 'secret'
  // Most values have no such sign, and a manifest may have ten thousand clients.
  if (!/[$#%@<([{_`!:]/.test(value)) return undefined
  if (!isSecret && smallVariable.test(value)) return '$X'
  if (what === 'value' && splitValue(value).some((part) => partOfShell.test(part))) return '$X'
  if (what === 'prose' && wordOfShell.test(value)) return '$X'
  const found =
    // An application may be called [SEI].
    wholes.find(([pattern, name]) => pattern.test(value) && (what !== 'prose' || name !== '[x]')) ??
    anywhere.find(([pattern]) =>
      isSecret ? value.split(pattern).join('') === '' : pattern.test(value),
    )
  return found?.[1]
}

/** Validates a value that must be exact. A problem repeats nothing of the value. */
export function validateExact(path: PropertyPath, value: unknown): Problem[] {
  if (typeof value !== 'string') return []
  const debris = findDebris(value)
  return debris ? [refuse(path, say`the value ${debris.reason}`, 'ERR_PSC_PLACEHOLDER')] : []
}

/**
 * Validates a text for people: a placeholder in it is a warning.
 *
 * @param word says what has a problem, such as the text.
 */
export function validateProse(
  path: PropertyPath,
  value: unknown,
  word = (reason: string) => say`the text ${reason}`,
): Problem[] {
  if (typeof value !== 'string') return []
  const debris = findDebris(value, 'prose')
  if (!debris) return []
  const message = word(debris.reason)
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
      return [refuse([...path, key], say`the value ${debris.reason}`, 'ERR_PSC_PLACEHOLDER')]
    })
  }
  const debris = typeof secret === 'string' ? findDebris(secret, 'secret') : undefined
  if (!debris) return []
  const fault = say`the secret ${debris.reason}`
  const reference = say`pulumi-psc substitutes no placeholders. Write { env: NAME } for an environment variable.`
  const message = debris.kind === 'placeholder' ? `${fault} ${reference}` : fault
  return [refuse(path, message, 'ERR_PSC_PLACEHOLDER')]
}

/** A path, or a host with a path, after the separator of a list. */
const furtherAddress = /^https?:\/\/[^,;]*[,;]\s*(?:(?:[a-z\d-]+\.)+[a-z]{2,})?\/(?!\/)/i

/** Tells whether a text holds several http addresses, or ends in the separator of a list. */
export function holdsSeveral(text: string): boolean {
  // After "/", "=" or "?" a URI may hold another one, such as the target of a proxy.
  if (/[^/=?&#:]https?:\/\//i.test(text.trim().slice(1)) || /[,;]$/.test(text)) return true
  const [path = ''] = text.split(/[?#]/, 1)
  return furtherAddress.test(path)
}

/** Validates redirect URIs: placeholders, and several URIs in one text. */
export function validateUriDebris(path: PropertyPath, uris: unknown): Problem[] {
  if (!Array.isArray(uris)) return []
  return Array.from(uris as readonly unknown[]).flatMap((uri, index): Problem[] => {
    const at = [...path, index]
    const problems = validateExact(at, uri)
    if (problems.length > 0 || typeof uri !== 'string' || !holdsSeveral(uri)) return problems
    const message = say`the text holds several URIs, or ends in a separator. Write each URI as an item of its own.`
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
