/** 14 digits (CNPJ) or 11 (CPF), also with separators; a CNPJ with letters only in its usual form. */
const identifications =
  /(?<!\d)(?:\d(?:[./-]?\d){13}|\d(?:[./-]?\d){10})(?!\d)|[\dA-Z]{2}\.[\dA-Z]{3}\.[\dA-Z]{3}\/[\dA-Z]{4}-\d{2}/g

/** Hides all but the middle digits of whatever may be a CPF or a CNPJ. */
export function maskIdentifications(text: string): string {
  return text.replace(identifications, (found) => maskIdentification(found.replace(/[./-]/g, '')))
}

/**
 * `***.456.789-**`, `**.345.678/****-**`
 *
 * @param plain 11 characters (CPF) or 14 (CNPJ), without separators.
 */
export function maskIdentification(plain: string): string {
  return plain.length === 11
    ? `***.${plain.slice(3, 6)}.${plain.slice(6, 9)}-**`
    : `**.${plain.slice(2, 5)}.${plain.slice(5, 8)}/****-**`
}
