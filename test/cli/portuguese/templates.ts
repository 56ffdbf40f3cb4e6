import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { factsOf } from '../../../cli/profiles/report.ts'
import { manifestJsonSchema } from '../../../provider/manifest/json-schema.ts'
import { knownPsc, pscNames } from '../../../provider/psc/profiles/known.ts'

/** A sentence of the source, in English. */
export interface Template {
  /** With `{0}`, `{1}`, … in the place of its values. */
  readonly english: string
  /** `provider/rules/text.ts:12`. */
  readonly place: string
  /** Whether it is said when its module is loaded, before the language is known. */
  readonly isTooEarly: boolean
}

/** Reads every template of `say` and `sayLater` in the source, with the compiler of TypeScript. */
export function readTemplates(patterns = ['provider/**/*.ts', 'cli/**/*.ts']): Template[] {
  return globSync(patterns).flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(file, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    )
    return templatesIn(source)
  })
}

function templatesIn(source: ts.SourceFile): Template[] {
  const found: Template[] = []
  const visit = (node: ts.Node, isInside: boolean): void => {
    if (ts.isTaggedTemplateExpression(node) && /^say(?:Later)?$/.test(node.tag.getText())) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      found.push({
        english: textOf(node.template),
        place: `${source.fileName}:${line + 1}`,
        isTooEarly: !isInside && node.tag.getText() === 'say',
      })
    }
    ts.forEachChild(node, (child) => {
      visit(child, isInside || ts.isFunctionLike(node))
    })
  }
  visit(source, false)
  return found
}

function textOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
  return template.templateSpans.reduce(
    (text, { literal }, index) => `${text}{${index}}${literal.text}`,
    template.head.text,
  )
}

/** Reads what an editor shows of the JSON Schema. */
export function readSchemaTexts(): string[] {
  const texts = new Set<string>()
  JSON.stringify(manifestJsonSchema(), (key, value: unknown) => {
    const isText = /^(?:title|description|patternErrorMessage)$/.test(key)
    if (isText && typeof value === 'string') texts.add(value)
    return value
  })
  return [...texts]
}

/** Reads the titles of PSCs and the sources of what is known of them. */
export function readSources(): string[] {
  const texts = pscNames.flatMap((name) => [
    knownPsc(name).title,
    ...factsOf(name).map(([, { source }]) => source),
  ])
  return [...new Set(texts)]
}
