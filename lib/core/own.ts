/** Looks a name up in a table of ours: names that every JavaScript object has, as `constructor`, are in none. */
export function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
