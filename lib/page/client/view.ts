/** A part of the page with an entry in its navigation and an address of its own: #/ID/... */
import type { FitFileModel, PageModel } from '../model.js'
import type { Source } from './source.js'

export interface View {
  /** In addresses. */
  readonly id: string
  /** In the navigation. */
  readonly title: string
  /** Its places are choices on the same page, which stays where it is scrolled to. */
  readonly keepsPlace?: boolean
  /** Whether there is anything to show. */
  isThere(model: PageModel): boolean
  /** Where Escape leads from a place; null: nowhere. */
  up?(place: readonly string[]): readonly string[] | null
  /** place: what stands in the address after the id, decoded. Called again where the place changes. What it throws is shown. */
  render(place: readonly string[], page: PageContext): HTMLElement | Promise<HTMLElement>
}

export interface PageContext {
  readonly model: PageModel
  readonly source: Source
  /** Goes to a place: go('fits', 'bin3'). */
  go(id: string, ...place: readonly string[]): void
  /** Fits that have been saved. */
  update(file: FitFileModel): void
  /** Says something short, also to screen readers. */
  say(message: string): void
}

export function addressOf(id: string, ...place: readonly string[]): string {
  return `#/${[id, ...place].map(encodeURIComponent).join('/')}`
}

export function placeIn(hash: string): readonly string[] {
  return hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter(part => part !== '')
    .map(part => {
      try {
        return decodeURIComponent(part)
      } catch {
        return part
      }
    })
}
