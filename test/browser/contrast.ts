/** Runs in the page: the colour of an element's text, and of what is behind it. */
export const colours = `(element) => {
  let behind = element
  const colourOf = (one) => getComputedStyle(one).backgroundColor
  while (behind.parentElement && colourOf(behind) === 'rgba(0, 0, 0, 0)') behind = behind.parentElement
  return [getComputedStyle(element).color, colourOf(behind)]
}`

/** @see WCAG 2.2, "contrast ratio" */
export function contrast(pair: readonly string[]): number {
  const [lighter = 0, darker = 0] = pair.map(luminance).toSorted((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

/** @see WCAG 2.2, "relative luminance" */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((channel) => {
    const part = Number(channel) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
