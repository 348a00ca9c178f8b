const UMLAUTS: readonly (readonly [letter: RegExp, spelled: string])[] = [
  [/ä/gi, 'ae'],
  [/ö/gi, 'oe'],
  [/ü/gi, 'ue'],
  [/ß/g, 'ss'],
];

/** A key made from a label: "Shirt size" becomes `shirtSize`. */
export function attributeName(label: string): string {
  const plain = UMLAUTS.reduce((text, [letter, spelled]) => text.replace(letter, spelled), label);
  const words = plain
    .normalize('NFKD')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const name = words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join('');
  return name.replace(/^[0-9]+/, '').slice(0, 64);
}
