/** Whether two objects of plain values have the same fields with the same values; an absent field equals an undefined one. */
export function hasSameFields(a: object, b: object): boolean {
  return hasFieldsOf(a, b) && hasFieldsOf(b, a);
}

function hasFieldsOf<Fields extends object>(fields: Fields, other: Partial<Fields>): boolean {
  for (const name in fields) if (fields[name] !== other[name]) return false;
  return true;
}
