/** The sentences of a text in Markdown, without code blocks and comments: a paragraph, a list's item, a table's cell each begin anew. */
export function sentencesOf(markdown: string): readonly string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, '').replace(/<!--[\s\S]*?-->/g, '')
  const pieces = prose.split(/\n(?=\s*(?:[-*#|]|\d+\. ))|\n\s*\n/).flatMap((piece) => (/^\s*\|/.test(piece) ? piece.split('|') : [piece]))
  return pieces.flatMap((piece) => plain(piece).split(/(?<=[.!?][)"']?)\s+/)).filter(Boolean)
}

/** Words that are spoken: what has a letter or a digit. */
export function wordsOf(sentence: string): readonly string[] {
  return sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
}

function plain(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .trim()
}
