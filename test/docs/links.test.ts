/** Links between the documents lead somewhere: files, and headings in them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'

const PAGES = ['README.md', 'CONTRIBUTING.md', 'fixtures/README.md', ...pages().map(name => join('docs', name))]

function pages(): string[] {
  return readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md'))
}

test('relative links and their anchors are there', () => {
  let count = 0
  const broken: string[] = []
  for (const page of PAGES) {
    for (const link of linksOf(readFileSync(page, 'utf8'))) {
      count++
      const [path, anchor] = link.split('#') as [string, string | undefined]
      const target = path === '' ? page : join(dirname(page), path)
      if (!existsSync(target)) broken.push(`${page}: ${link}`)
      else if (anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).has(anchor)) {
        broken.push(`${page}: ${link} (no such heading)`)
      }
    }
  }
  equal(broken, [])
  ok(count > 40)
})

test('the index lists every page', () => {
  const listed = linksOf(readFileSync('docs/README.md', 'utf8'))
  for (const name of pages()) if (name !== 'README.md') ok(listed.includes(name), name)
})

/** Targets of links that are not addresses; code is left out. */
function linksOf(text: string): string[] {
  return [...prose(text).matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)].map(link => link[1]!)
}

/** Names that GitHub gives to headings. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, heading] of prose(text, false).matchAll(/^#+ (.+)$/gm)) {
    const slug = heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-')
    let unique = slug
    for (let i = 1; anchors.has(unique); i++) unique = `${slug}-${i}`
    anchors.add(unique)
  }
  return anchors
}

function prose(text: string, dropCode = true): string {
  const blocks = text.replaceAll(/^```[\s\S]*?^```$/gm, '')
  return dropCode ? blocks.replaceAll(/`[^`\n]*`(?!\])/g, '') : blocks
}

test.run()
