// Sizes of clothes and shoes, as they are printed on the label.

const LETTERS = ['S', 'M', 'L', 'XL', 'XXL'];
const CHILDREN = ['104', '116', '128', '140', '152'];
const SHOES: Readonly<Record<string, readonly string[]>> = {
  women: ['36', '37', '38', '39', '40', '41'],
  men: ['40', '41', '42', '43', '44', '45'],
};
const SOCKS: Readonly<Record<string, readonly string[]>> = {
  women: ['35-38', '39-42'],
  men: ['39-42', '43-46'],
  kids: ['23-26', '27-30', '31-34'],
};

/** The sizes of a set (`letters`, `shoes`, `pairs`, `socks`) for women, men or kids; one empty size for none. */
export function sizesOf(set: string, wearer: string | undefined): readonly string[] {
  switch (set) {
    case 'letters':
      return wearer === 'kids' ? CHILDREN : LETTERS;
    case 'pairs':
      return ['S', 'M', 'L'];
    case 'shoes':
      return SHOES[wearer ?? ''] ?? ['40'];
    case 'socks':
      return SOCKS[wearer ?? ''] ?? [''];
    default:
      return [''];
  }
}
