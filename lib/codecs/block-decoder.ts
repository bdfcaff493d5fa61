/** What each codec in this folder gives: a decoder of single blocks. */

/** Decodes one block that should make `outputLength` bytes. The result may be overwritten by the next call. Throws Error
 *  (any) on bad input; must neither hang nor write outside the result. */
export type BlockDecoder = (input: Uint8Array, outputLength: number) => Uint8Array
