/** Names the kind of an identification: `CPF` of a person, `CNPJ` of a company. */
export type IdentificationType = 'CPF' | 'CNPJ'

/** From July 2026 on a CNPJ can contain letters (Instrução Normativa RFB 2.229/2024). Its check digits remain digits. */
export const identificationForms: Readonly<Record<IdentificationType, RegExp>> = {
  CPF: /^\d{11}$/,
  CNPJ: /^[\dA-Z]{12}\d{2}$/,
}

/** Holds a CPF or a CNPJ. */
export interface Identification {
  readonly type: IdentificationType
  /** Without separators: 11 or 14 characters. */
  readonly plain: string
}

/** Reads a CPF or a CNPJ with or without separators; undefined for another text, and for wrong check digits. */
export function readIdentification(text: string): Identification | undefined {
  const plain = text.replace(/[./-]/g, '').toUpperCase()
  const type = (['CPF', 'CNPJ'] as const).find((form) => identificationForms[form].test(plain))
  return type !== undefined && hasCheckDigits(plain, type) ? { type, plain } : undefined
}

/** The highest weight of a digit. The weights begin with 2 at the right, and begin again after the highest. */
const highestWeight: Readonly<Record<IdentificationType, number>> = { CPF: 11, CNPJ: 9 }

/** @see Instrução Normativa RFB 2.229/2024: a letter counts as its ASCII code minus 48 */
function hasCheckDigits(plain: string, type: IdentificationType): boolean {
  const cycle = highestWeight[type] - 1
  return [plain.length - 2, plain.length - 1].every((at) => {
    const digits = Array.from(plain.slice(0, at)).reverse()
    const sum = digits.reduce(
      (total, digit, index) => total + (digit.charCodeAt(0) - 48) * ((index % cycle) + 2),
      0,
    )
    const rest = sum % 11
    return Number(plain[at]) === (rest < 2 ? 0 : 11 - rest)
  })
}

/**
 * Hides all but the middle digits: `***.456.789-**`, `**.345.678/****-**`.
 *
 * @param plain 11 characters (CPF) or 14 (CNPJ), without separators.
 */
export function maskIdentification(plain: string): string {
  return plain.length === 11
    ? `***.${plain.slice(3, 6)}.${plain.slice(6, 9)}-**`
    : `**.${plain.slice(2, 5)}.${plain.slice(5, 8)}/****-**`
}
