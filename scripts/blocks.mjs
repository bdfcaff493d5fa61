// Parts of documents that are made, not written: between `<!-- made: KIND ARGUMENTS -->` and `<!-- end -->`.

const BLOCK = /(<!-- made: (\w+) ?(.*?) -->\n)[\s\S]*?(<!-- end -->)/g

/** The text with every block of a kind that `makers` has made anew. makers: kind -> function of its arguments. */
export function fillBlocks(text, makers) {
  return text.replace(BLOCK, (all, start, kind, argument, end) =>
    kind in makers ? `${start}\n${makers[kind](argument).trim()}\n\n${end}` : all,
  )
}

/** Arguments of the blocks of one kind. */
export function blockArguments(text, kind) {
  return [...text.matchAll(BLOCK)].filter(block => block[2] === kind).map(block => block[3])
}
